package catalog

import (
	"slices"
	"strconv"
	"strings"
)

// A location is where a key or table is in a TOML text, as byte offsets. A table found by
// its header has no value.
type location struct {
	key        int
	value, end int // the value is text[value:end]
}

// locateKey finds where a TOML text sets the key of that path or, if it is a table, where that
// table first begins: BurntSushi/toml does not say where keys are. Invalid TOML is skipped without
// an error.
func locateKey(text string, path []string) (location, bool) {
	var (
		s      = scanner{text: text}
		prefix []string
		table  location
		found  bool
	)
	for s.skipVoid(); s.i < len(text); s.skipVoid() {
		if text[s.i] == '[' {
			for s.i < len(text) && text[s.i] == '[' {
				s.i++
			}
			s.skipBlank()
			at := s.i
			prefix, _ = s.key()
			if !found && begins(prefix, path) {
				table, found = location{key: at}, true
			}
			s.skipLine()
			continue
		}
		at := s.i
		key, ok := s.key()
		if !ok || !s.skipByte('=') {
			s.skipLine()
			continue
		}
		value, end := s.skipValue()
		full := slices.Concat(prefix, key)
		switch {
		case slices.Equal(full, path):
			return location{at, value, end}, true
		case begins(path, full) && value < end && text[value] == '{':
			inside, ok := locateKey(text[value+1:end], path[len(full):])
			if ok {
				inside.key += value + 1
				inside.value += value + 1
				inside.end += value + 1
				return inside, true
			}
		case !found && begins(full, path):
			table, found = location{key: at}, true
		}
	}
	return table, found
}

// begins reports whether a path begins with another.
func begins(path, with []string) bool {
	return len(path) >= len(with) && slices.Equal(path[:len(with)], with)
}

// lineColumn turns an offset into a line and column, both from 1, the column in bytes.
func lineColumn(text string, offset int) (line, col int) {
	before := text[:offset]
	return strings.Count(before, "\n") + 1, offset - strings.LastIndexByte(before, '\n')
}

// A scanner goes over TOML text, knowing just enough to tell keys, strings and comments apart.
type scanner struct {
	text string
	i    int
}

// skipVoid skips what may be between statements, and a comma between those of an inline table.
func (s *scanner) skipVoid() {
	for s.i < len(s.text) {
		switch s.text[s.i] {
		case ' ', '\t', '\r', '\n', ',':
			s.i++
		case '#':
			s.skipLine()
		default:
			return
		}
	}
}

func (s *scanner) skipBlank() {
	for s.i < len(s.text) && (s.text[s.i] == ' ' || s.text[s.i] == '\t') {
		s.i++
	}
}

// skipLine skips the rest of the line and its end.
func (s *scanner) skipLine() {
	n := strings.IndexByte(s.text[s.i:], '\n')
	if n < 0 {
		s.i = len(s.text)
		return
	}
	s.i += n + 1
}

// skipByte skips one byte with the blanks around it, if it is the next.
func (s *scanner) skipByte(c byte) bool {
	s.skipBlank()
	if s.i >= len(s.text) || s.text[s.i] != c {
		return false
	}
	s.i++
	s.skipBlank()
	return true
}

// key reads a bare, quoted or dotted key.
func (s *scanner) key() (parts []string, ok bool) {
	for {
		part, ok := s.keyPart()
		if !ok {
			return parts, false
		}
		parts = append(parts, part)
		if !s.skipByte('.') {
			return parts, true
		}
	}
}

func (s *scanner) keyPart() (part string, ok bool) {
	start := s.i
	if start < len(s.text) && (s.text[start] == '"' || s.text[start] == '\'') {
		s.skipString()
		return unquote(s.text[start:s.i])
	}
	for s.i < len(s.text) && (isBare(s.text[s.i]) || s.text[s.i] >= 0x80) {
		s.i++
	}
	return s.text[start:s.i], s.i > start
}

// unquote reads a quoted key. TOML's escapes are among Go's, but for \e.
func unquote(literal string) (text string, ok bool) {
	if len(literal) < 2 || literal[len(literal)-1] != literal[0] {
		return "", false
	}
	inside := literal[1 : len(literal)-1]
	if literal[0] == '\'' || strings.IndexByte(inside, '\\') < 0 {
		return inside, true
	}
	text, err := strconv.Unquote(literal)
	return text, err == nil
}

// skipValue skips a value and returns where it begins and ends, blanks left out.
func (s *scanner) skipValue() (start, end int) {
	start = s.i
	depth := 0
	for s.i < len(s.text) {
		switch s.text[s.i] {
		case '"', '\'':
			s.skipString()
			continue
		case '[', '{':
			depth++
		case ']', '}':
			if depth == 0 { // of the inline table around it
				return start, s.trimmed(start)
			}
			if depth--; depth == 0 {
				s.i++
				return start, s.i
			}
		case '#':
			if depth == 0 {
				return start, s.trimmed(start)
			}
			s.skipLine()
			continue
		case '\n', ',':
			if depth == 0 {
				return start, s.trimmed(start)
			}
		}
		s.i++
	}
	return start, s.trimmed(start)
}

func (s *scanner) trimmed(start int) int {
	return start + len(strings.TrimRight(s.text[start:s.i], " \t\r"))
}

// skipString skips a string of any of the four forms; one that does not end, up to the end
// of its line or of the text.
func (s *scanner) skipString() {
	quote := s.text[s.i]
	many := strings.HasPrefix(s.text[s.i:], strings.Repeat(string(quote), 3))
	s.i++
	if many {
		s.i += 2
	}
	for s.i < len(s.text) {
		c := s.text[s.i]
		switch {
		case c == '\\' && quote == '"':
			s.i = min(s.i+2, len(s.text))
			continue
		case c == '\n' && !many:
			return
		case c == quote && !many:
			s.i++
			return
		case c == quote && strings.HasPrefix(s.text[s.i:], strings.Repeat(string(quote), 3)):
			s.i += 3
			for range 2 { // up to two quotes may precede the three that end it
				if s.i < len(s.text) && s.text[s.i] == quote {
					s.i++
				}
			}
			return
		}
		s.i++
	}
}
