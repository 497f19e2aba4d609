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

// A statement of a TOML text sets a key, or begins a table by its header.
type statement struct {
	path   []string // from the root
	header bool
	location
}

// visitStatements goes over the statements of a TOML text in their order until visit returns
// false: BurntSushi/toml does not say where keys are. Invalid TOML is skipped without an error.
func visitStatements(text string, visit func(statement) bool) {
	s := scanner{text: text}
	var prefix []string
	for s.skipVoid(); s.i < len(text); s.skipVoid() {
		if text[s.i] == '[' {
			for s.i < len(text) && text[s.i] == '[' {
				s.i++
			}
			s.skipBlank()
			at := s.i
			prefix, _ = s.key()
			if !visit(statement{prefix, true, location{key: at}}) {
				return
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
		if !visit(statement{slices.Concat(prefix, key), false, location{at, value, end}}) {
			return
		}
	}
}

// inlineTable returns the text between the braces of a statement's value, and its offset.
func (st statement) inlineTable(text string) (inside string, offset int, ok bool) {
	if st.value < st.end && text[st.value] == '{' {
		return text[st.value+1 : st.end], st.value + 1, true
	}
	return "", 0, false
}

// shifted is the location in a text around its own, which begins there at an offset.
func (l location) shifted(by int) location {
	if l.end == 0 {
		return location{key: l.key + by}
	}
	return location{l.key + by, l.value + by, l.end + by}
}

// locateKey finds where a TOML text sets the key of that path or, if it is a table, where that
// table first begins.
func locateKey(text string, path []string) (at location, found bool) {
	visitStatements(text, func(st statement) bool {
		if !st.header && slices.Equal(st.path, path) {
			at, found = st.location, true
			return false
		}
		if inside, offset, ok := st.inlineTable(text); ok && begins(path, st.path) {
			if in, ok := locateKey(inside, path[len(st.path):]); ok {
				at, found = in.shifted(offset), true
				return false
			}
		}
		if !found && begins(st.path, path) {
			at, found = location{key: st.key}, true
		}
		return true
	})
	return at, found
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
