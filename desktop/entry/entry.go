package entry

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxSize bounds an entry in bytes; the largest of real ones, with all their
// translations, have some 50 KB.
const MaxSize = 1 << 20

// An Entry is the text of a desktop entry and where its keys stand in it.
type Entry struct {
	text string
	keys []key
}

// A key is one line "Name[locale]=value".
type key struct {
	group string
	name  string // without the locale
	line  int    // from 1
	value span   // without the blanks around it
}

// A span is a stretch of bytes.
type span struct{ start, end int }

const mainGroup = "Desktop Entry"

// Parse reads a desktop entry. It refuses what desktops read differently from
// each other: what is not UTF-8, or has [Desktop Entry] never or twice.
func Parse(text string) (*Entry, error) {
	if len(text) > MaxSize {
		return nil, fmt.Errorf("is larger than %d KiB", MaxSize>>10)
	}
	e := &Entry{text: text}
	group, heads := "", 0
	for number, at := 1, 0; at < len(text); number++ {
		line, _, _ := strings.Cut(text[at:], "\n")
		switch trimmed := strings.TrimSpace(line); {
		case !utf8.ValidString(line):
			return nil, fmt.Errorf("is not UTF-8 in line %d", number)
		case strings.ContainsRune(line, 0):
			return nil, fmt.Errorf("has a NUL byte in line %d", number)
		case trimmed == "" || trimmed[0] == '#':
		case trimmed[0] == '[':
			group = strings.TrimSuffix(trimmed[1:], "]")
			if group == mainGroup {
				heads++
			}
		default:
			e.add(group, number, at, line)
		}
		at += len(line) + 1
	}
	switch heads {
	case 0:
		return nil, errors.New("has no group [Desktop Entry]")
	case 1:
		return e, nil
	}
	return nil, errors.New("has more than one group [Desktop Entry]")
}

func (e *Entry) add(group string, number, at int, line string) {
	name, value, found := strings.Cut(line, "=")
	if !found {
		return
	}
	end := at + len(strings.TrimRight(line, " \t\r"))
	start := min(at+len(line)-len(strings.TrimLeft(value, " \t")), end)
	name, _, _ = strings.Cut(strings.TrimSpace(name), "[")
	e.keys = append(e.keys, key{group, name, number, span{start, end}})
}

// Value is what a key of the main group is set to, escapes undone; of several
// the last, as GLib has it. "" if it is not set.
func (e *Entry) Value(name string) string {
	value := ""
	for _, k := range e.keys {
		if k.group == mainGroup && k.name == name {
			value = unescape(e.text, k.value).text()
		}
	}
	return value
}

// IsTrue reports whether a boolean key of the main group is true.
func (e *Entry) IsTrue(name string) bool { return isTrue(e.Value(name)) }

// isTrue is "true", or what older entries have for it.
func isTrue(value string) bool { return value == "true" || value == "1" }
