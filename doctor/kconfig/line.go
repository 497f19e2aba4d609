package kconfig

import (
	"strconv"
	"strings"
)

// A line is what one line of a file says, as KConfigIniBackend::parseConfig reads it
// (KConfig, src/core/kconfigini.cpp).
type line struct {
	kind  kind
	group string // the one that it begins, or is in; parts of a nested one have nested between them

	key, locale, value          string // of an entry
	immutable, deleted, expands bool   // [$i], [$d], [$e]; a header has the first alone
}

type kind int

const (
	other  kind = iota // blank, a comment, or what KDE takes no notice of
	header             // [GROUP], [GROUP][SUBGROUP] or [GROUP][$i]
	closed             // [$i]: nothing may change the keys of this file and its groups
	entry              // KEY[LOCALE][$OPTIONS]=VALUE
)

const (
	// nested stands between the parts of a group's name.
	nested = "\x1d"
	// outside is the group of what stands above the first header.
	outside = "<default>"
	// blanks are those that QByteArray::trimmed takes away. A byte of UTF-8 is none.
	blanks = " \t\n\v\f\r"
)

// parse reads a line of a file. group is the one that it is in.
func parse(text, group string) line {
	text = strings.Trim(text, blanks)
	switch {
	case text == "" || text[0] == '#':
		return line{group: group}
	case text[0] == '[':
		return parseHeader(text, group)
	}
	return parseEntry(text, group)
}

func parseHeader(text, group string) line {
	h := line{kind: header}
	var parts []string
	for rest := text; strings.HasPrefix(rest, "["); {
		part, after, found := strings.Cut(rest[1:], "]")
		switch {
		case !found:
			return line{group: group} // an invalid header: the group goes on
		case part == "$i" && after == "":
			h.immutable = true
		default:
			parts = append(parts, plain(part))
		}
		rest = after
	}
	h.group = strings.Join(parts, nested)
	if h.group == "" && h.immutable {
		h.kind = closed
	}
	return h
}

func parseEntry(text, group string) line {
	key, value, hasValue := strings.Cut(text, "=")
	e := line{kind: entry, group: group, key: strings.Trim(key, blanks), value: plain(strings.Trim(value, blanks))}
	for !e.deleted { // what stands before [$d] is all of it the key
		start := strings.LastIndexByte(e.key, '[')
		if start < 0 {
			break
		}
		in, _, found := strings.Cut(e.key[start+1:], "]")
		options, isOptions := strings.CutPrefix(in, "$")
		switch {
		case !found, !isOptions && e.locale != "":
			return line{group: group}
		case isOptions:
			options, _, e.deleted = strings.Cut(options, "d") // and what stands behind it is not read
			e.immutable = e.immutable || strings.Contains(options, "i")
			e.expands = e.expands || strings.Contains(options, "e")
		default:
			e.locale = in
		}
		e.key = e.key[:start]
	}
	e.key = plain(e.key)
	if e.key == "" || !hasValue && !e.deleted {
		return line{group: group}
	}
	return e
}

// plain is a text without its escapes (KConfigIniBackend::printableToString). In lists, \, and \;
// are read later.
func plain(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		switch c := text[i]; c {
		case 's':
			b.WriteByte(' ')
		case 't':
			b.WriteByte('\t')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case '\\':
			b.WriteByte('\\')
		case ';', ',':
			b.WriteByte('\\')
			b.WriteByte(c)
		case 'x':
			if n, err := strconv.ParseUint(text[i+1:min(i+3, len(text))], 16, 8); err == nil && i+2 < len(text) {
				b.WriteByte(byte(n))
				i += 2
			}
		default:
			b.WriteByte('\\')
		}
	}
	return b.String()
}

// escaped is a value as a file has it (KConfigIniBackend::stringToPrintable).
func escaped(value string) string {
	const hex = "0123456789abcdef"
	var b strings.Builder
	for i := range len(value) {
		switch c := value[i]; {
		case c == ' ' && (i == 0 || i == len(value)-1):
			b.WriteString(`\s`)
		case c == '\t':
			b.WriteString(`\t`)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c == '\\':
			b.WriteString(`\\`)
		case c < ' ':
			b.WriteString(`\x` + string([]byte{hex[c>>4], hex[c&15]}))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
