package catalog

import (
	"math"
	"strconv"
	"strings"

	"electroscope/launcher/limit"
)

// near returns what an invalid amount may have been meant as, in TOML: "3G" for 3 or "3g",
// "150%" for 150. It is empty if nothing is near.
func (k *Key) near(raw any) string {
	text := ""
	switch raw := raw.(type) {
	case string:
		text = strings.TrimSpace(raw)
	case int64:
		text = strconv.FormatInt(raw, 10)
	case float64:
		text = strconv.FormatFloat(raw, 'f', -1, 64)
	}
	n, isNumber := parseNumber(text)
	switch k.Kind {
	case Size, Memory:
		if isNumber {
			text += unitFor(n)
		} else {
			text = strings.Replace(strings.ToUpper(text), "IB", "iB", 1)
		}
	case Quota, Percent:
		if !isNumber {
			return ""
		}
		text += "%"
	case Span:
		if !isNumber {
			return ""
		}
		text += "min"
	case CPUs:
		hundredths, _ := parsePercent(text)
		text = limit.Decimal(float64(hundredths) / wholeShare)
	default:
		return ""
	}
	amount, wrong := k.readAmount(text)
	if wrong != "" || amount.Unit == Plain && !k.within(amount.Number) {
		return ""
	}
	if k.Kind == CPUs {
		return text
	}
	return Quoted(text)
}

// unitFor is the unit that a bare number was probably meant in: 3 is gigabytes, 512
// megabytes, 4194304 kilobytes, as ulimit(1) has them.
func unitFor(n float64) string {
	const mostGiB, mostMiB = 64, 1 << 18
	switch {
	case n <= mostGiB:
		return "G"
	case n <= mostMiB:
		return "M"
	case n <= math.MaxUint32:
		return "K"
	}
	return ""
}
