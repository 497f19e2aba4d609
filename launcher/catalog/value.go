package catalog

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"electroscope/launcher/limit"
)

// A value is a key's value as far as its kind needs it.
type value struct {
	spelled string // texts, words, amounts
	amount  Amount
	list    []string
	number  int
	flag    bool
	unset   bool // of a variable: the app does not get it
}

// parse turns what TOML gave into the key's value, or says what is wrong with it.
func (k *Key) parse(raw any) (v value, wrong string) {
	switch k.Kind {
	case Flag:
		flag, ok := raw.(bool)
		if !ok {
			return v, k.wrongType(raw)
		}
		return value{flag: flag}, ""
	case Number:
		number, ok := raw.(int64)
		if !ok {
			return v, k.wrongType(raw)
		}
		if number < k.Min || number > k.Max {
			return v, strconv.FormatInt(number, 10) + " is out of range"
		}
		return value{number: int(number)}, ""
	case List:
		return k.parseList(raw)
	case Text, Word, Variables: // of Variables, one of them
		if on, isBool := raw.(bool); isBool && !on && k.Kind == Variables {
			return value{unset: true}, ""
		}
		text, ok := raw.(string)
		if !ok {
			return v, k.wrongType(raw)
		}
		if k.Kind == Word && !slices.Contains(k.Words, text) {
			return v, strconv.Quote(text) + " is not one of its words"
		}
		if k.check != nil {
			wrong = k.check(text)
		}
		return value{spelled: text}, wrong
	}
	return k.parseAmount(raw)
}

func (k *Key) parseList(raw any) (v value, wrong string) {
	elements, ok := raw.([]any)
	if !ok {
		return v, k.wrongType(raw)
	}
	v.list = make([]string, len(elements))
	for i, element := range elements {
		text, ok := element.(string)
		if !ok {
			return v, fmt.Sprintf("wrong type: element %d is %s, not a string", i+1, typeName(element))
		}
		if wrong := k.check(text); wrong != "" {
			return v, wrong
		}
		v.list[i] = text
	}
	return v, ""
}

// parseAmount takes a string, or a whole number if the kind has a plain one.
func (k *Key) parseAmount(raw any) (v value, wrong string) {
	switch raw := raw.(type) {
	case string:
		v.spelled = raw
	case int64:
		if k.Kind == Quota || k.Kind == Percent || k.Kind == Span {
			return v, k.wrongType(raw)
		}
		v.spelled = strconv.FormatInt(raw, 10)
	case float64:
		if k.Kind != CPUs {
			return v, k.wrongType(raw)
		}
		v.spelled = strconv.FormatFloat(raw, 'f', -1, 64)
	default:
		return v, k.wrongType(raw)
	}
	v.amount, wrong = k.readAmount(v.spelled)
	if wrong == "" && v.amount.Unit == Plain && !k.within(v.amount.Number) {
		wrong = k.outside(v.amount.Number)
	}
	if wrong != "" {
		wrong = strconv.Quote(v.spelled) + " " + wrong
	}
	return v, wrong
}

func (k *Key) within(n uint64) bool {
	return n >= uint64(k.Min) && n != math.MaxUint64 && (k.Max == 0 || n <= uint64(k.Max))
}

// words are the amounts that have one.
var words = map[string]Unit{"infinity": Infinity, "idle": Idle, "auto": Auto}

func (k *Key) readAmount(text string) (Amount, string) {
	if slices.Contains(k.Words, text) {
		return Amount{Unit: words[text]}, ""
	}
	hundredths, isPercent := parsePercent(text)
	switch k.Kind {
	case Quota: // systemd.resource-control(5): may be above 100%, must be above 0
		if !isPercent {
			return Amount{}, "is not a percentage"
		}
		return Amount{hundredths * 1_000_000 / wholeShare, Plain}, ""
	case CPUs:
		n, ok := parseNumber(text)
		if !ok {
			return Amount{}, "is not a number of CPUs"
		}
		if n > mostCPUs {
			return Amount{}, "is out of range"
		}
		return Amount{uint64(math.Round(n * 1e6)), Plain}, ""
	case Span:
		n, wrong := parseSpan(text)
		return Amount{n, Plain}, wrong
	case Memory, Count, Percent:
		if isPercent {
			if hundredths > wholeShare || hundredths == 0 && k.Min > 0 || k.Kind == Percent && hundredths < leastPercent {
				return Amount{}, "is out of range"
			}
			return Amount{hundredths, Share}, ""
		}
		if k.Kind == Percent {
			return Amount{}, "is not a percentage"
		}
	}
	if k.Kind == Size || k.Kind == Memory {
		n, wrong := ParseSize(text)
		return Amount{n, Plain}, wrong
	}
	if strings.HasPrefix(text, "-") {
		return Amount{}, "is negative"
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return Amount{}, "is not a whole number"
	}
	return Amount{n, Plain}, ""
}

// mostCPUs is more than any machine has.
const mostCPUs = 1e6

// leastPercent is 1% in hundredths.
const leastPercent = 100

// outside says why the key may not have a number.
func (k *Key) outside(n uint64) string {
	switch {
	case n >= uint64(k.Min):
		return "is out of range"
	case k.Min == limit.LeastMemory:
		return "is less than " + limit.SizeText(limit.LeastMemory) + ", in which no program can live"
	case k.Kind == Quota:
		return "is less than " + limit.QuotaText(limit.LeastQuota) + ", with which a program does not get through its start"
	case k.Kind == CPUs:
		return "is less than 0.01, with which a program does not get through its start"
	}
	return "is out of range"
}

// parseNumber reads digits, and a fraction after a point.
func parseNumber(text string) (n float64, ok bool) {
	whole, fraction, dotted := strings.Cut(text, ".")
	if whole == "" || leadingDigits(whole) != whole || leadingDigits(fraction) != fraction || dotted && fraction == "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}

func (k *Key) wrongType(raw any) string {
	return "wrong type: is " + typeName(raw) + ", not " + k.Kind.article()
}

// article names the kind with its article, as a message has it.
func (k Kind) article() string {
	switch k {
	case Word, Text, Quota, Percent, Span:
		return "a string"
	case List:
		return "an array of strings"
	case Flag:
		return "true or false"
	case Number:
		return "a whole number"
	case Variables:
		return "a table of strings"
	case Size, Memory:
		return "a size"
	case CPUs:
		return "a number of CPUs"
	}
	return "a string or whole number"
}

// Allowed says in words what the key may hold, such as: "auto" or "always".
func (k Key) Allowed() string {
	var what string
	switch k.Kind {
	case Word:
		return joinWords(k.Words)
	case Number, Weight:
		what = fmt.Sprintf("a whole number from %d to %d", k.Min, k.Max)
	case Size:
		what = `a size such as "512M" or "2.5G", ` + k.least(limit.SizeText(uint64(k.Min)))
	case Memory:
		what = `a size such as "512M" or "2.5G", ` + k.least(limit.SizeText(uint64(k.Min))) + `a percentage of the RAM such as "40%"`
	case Count:
		what = `a count such as 500, ` + k.least(strconv.FormatInt(k.Min, 10)) + `a percentage of the system's such as "10%"`
	case Quota:
		what = `a percentage such as "150%" (100% is one CPU), ` + k.least(limit.QuotaText(uint64(k.Min)))
	case CPUs:
		what = `a number of CPUs such as 2 or 1.5, ` + k.least("0.01")
	case Percent:
		what = `a percentage from "1%" to "100%"`
	case Span:
		what = fmt.Sprintf(`a time such as "10min" or "1h 30min", from %ds to %dd`, k.Min, k.Max/(24*60*60))
	default:
		what = k.Kind.article()
	}
	if k.form != "" {
		what = k.form
	}
	what = strings.TrimSuffix(what, ", ")
	if len(k.Words) > 0 {
		what += ", or " + joinWords(k.Words)
	}
	return what
}

// least says how much the key's amounts are at least, if that is not obvious.
func (k Key) least(text string) string {
	if k.Min <= 1 {
		return ""
	}
	return "at least " + text + ", "
}

func joinWords(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = strconv.Quote(word)
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	last := len(quoted) - 1
	return strings.Join(quoted[:last], ", ") + " or " + quoted[last]
}

// typeName names the TOML type of what BurntSushi/toml decoded.
func typeName(raw any) string {
	switch raw.(type) {
	case string:
		return "a string"
	case int64:
		return "a whole number"
	case float64:
		return "a number with a fraction"
	case bool:
		return "true or false"
	case time.Time:
		return "a date or time"
	case []any:
		return "an array"
	case map[string]any:
		return "a table"
	case []map[string]any:
		return "an array of tables"
	}
	return "of no known type"
}
