package chromium

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Source is what one source asks to be put on the command line. All fields may
// be empty. Text may be as people write it in files: blanks around it and one
// pair of shell quotes are taken off, and what cannot be a switch is left out.
// Quotes taken off and text left out give a [Decision].
type Source struct {
	Origin   Origin
	Switches []string // "--use-angle=gl"; a list switch among them is taken apart

	EnableFeatures       []string // feature names, also "Name<Trial" and "Name:param/value"
	DisableFeatures      []string
	EnableBlinkFeatures  []string // Blink's, which are names and no more
	DisableBlinkFeatures []string

	V8   []string // V8's own flags, "--expose-gc"
	Heap uint64   // upper bound of each V8 heap in bytes, 0 for none; gives way to a --max-old-space-size in V8
}

// Lists are the list switches among the words that somebody else will put on
// the command line: a wrapper, or the flags file that it reads. Its other
// switches need no merging; a list of ours would replace its list.
func Lists(from Origin, words []string) Source {
	w := Source{Origin: from}
	for _, word := range words {
		if name, _, ok := parseSwitch(word); ok && listNamed(name) != noList {
			w.Switches = append(w.Switches, word)
		}
	}
	return w
}

// want takes in what one source asks for.
func (m *merge) want(w *Source) {
	if w.Heap != 0 {
		m.v8.want(heapFlag(w.Heap, w.Origin, &m.log), w.Origin, &m.log)
	}
	m.names[enableFeatures].want(w.EnableFeatures, w.Origin, &m.log)
	m.names[disableFeatures].want(w.DisableFeatures, w.Origin, &m.log)
	m.names[enableBlinkFeatures].want(w.EnableBlinkFeatures, w.Origin, &m.log)
	m.names[disableBlinkFeatures].want(w.DisableBlinkFeatures, w.Origin, &m.log)
	for _, text := range w.V8 {
		if text, ok := wellFormed(text, w.Origin, &m.log); ok {
			m.v8.want(text, w.Origin, &m.log)
		}
	}
	m.singles = slices.Grow(m.singles, len(w.Switches))
	for _, text := range w.Switches {
		if text, ok := wellFormed(text, w.Origin, &m.log); ok {
			m.wantSwitch(text, w.Origin)
		}
	}
}

// wantSwitch takes in one raw switch of a source.
func (m *merge) wantSwitch(text string, from Origin) {
	name, value, _ := parseSwitch(text)
	switch l := listNamed(name); l {
	case noList:
		m.singles.want(single{name: name, text: text, origin: from}, &m.log)
	case jsFlags:
		m.v8.want(value, from, &m.log)
	default:
		m.names[l].want([]string{value}, from, &m.log)
	}
}

// wellFormed returns a raw switch or V8 flag of a source as it would be in
// argv, and false if it cannot be one.
func wellFormed(raw string, from Origin, log *decisionLog) (string, bool) {
	text := unquote(strings.Trim(raw, whitespace))
	name, _, ok := parseSwitch(text)
	why := ""
	switch {
	case strings.IndexByte(text, 0) >= 0:
		why = "holds a NUL byte, which no argument can" // execve(2)
	case text == "":
		why = "is empty"
	case !ok || name == "":
		why = "is not of the form --name or --name=value"
	}
	if why != "" {
		log.add(Dropped, raw, from, "from "+string(from)+", "+why)
		return "", false
	}
	if len(text) != len(strings.Trim(raw, whitespace)) {
		log.add(Changed, text, from, "from "+string(from)+", without its quotes: "+whyUnquoted(raw))
	}
	return text, true
}

const typographic = "they are typographic, and no shell takes those off"

func whyUnquoted(raw string) string {
	if strings.ContainsAny(raw, openingQuotes+closingQuotes) {
		return typographic
	}
	return "they are the shell's, and no shell reads this"
}

// misspelt says what is meant by a switch that no program can take as it is written,
// or nothing: people write files as they would type a command, with a blank before
// the value.
func misspelt(text string) string {
	name := text
	if i := strings.IndexAny(text, whitespace+"="); i >= 0 {
		name = text[:i]
	}
	value := strings.Trim(text[len(name):], whitespace+"=")
	l := listNamed(strings.TrimLeft(name, "-"))
	switch {
	case len(name) < len(text) && text[len(name)] != '=':
		return "holds a blank before its value: " + unquote(name+"="+value) + " is meant"
	case len(name) == len(text) && l != noList:
		return "has no value, which belongs behind a =: " + l.String() + "=..."
	}
	return ""
}

// unquote takes one pair of quotes off the whole text, or else off the value
// after its first "=".
func unquote(text string) string {
	if inner, ok := unwrap(text); ok {
		return inner
	}
	if name, value, ok := strings.Cut(text, "="); ok {
		if inner, ok := unwrap(value); ok {
			return name + "=" + inner
		}
	}
	return text
}

// openingQuotes and closingQuotes are typographic, as word processors and web pages
// put them in the place of a shell's.
const openingQuotes, closingQuotes = "“„«‘‚", "”“»’‘"

// unwrap returns s without the quotes around it, and false if there are none or
// if they are more than one pair.
func unwrap(s string) (string, bool) {
	if n := len(s); n >= 2 && (s[0] == '\'' || s[0] == '"') && strings.IndexByte(s[1:], s[0]) == n-2 {
		return s[1 : n-1], true
	}
	first, start := utf8.DecodeRuneInString(s)
	last, end := utf8.DecodeLastRuneInString(s)
	if len(s) >= start+end && start > 0 && strings.ContainsRune(openingQuotes+`"'`, first) && strings.ContainsRune(closingQuotes+`"'`, last) &&
		(start > 1 || end > 1) { // one typographic, and the other perhaps a shell's
		return s[start : len(s)-end], true
	}
	return s, false
}
