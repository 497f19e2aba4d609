package appstoml

import (
	"strconv"
	"strings"
)

// A statement is a header, or a key with its value. Keys in inline tables are statements
// too.
type statement struct {
	path   []string // whole, with that of the table around it; nil of an array's header
	within int      // how much of the path is that of the table around it
	header bool
	inline bool // in an inline table
	start  int  // of the key, or of the header's bracket
	value  int  // where the value begins
	end    int  // of the value, or of the header's brackets
}

// statements finds those of a text, in order. It knows just enough of TOML to tell them from
// what is in strings, arrays and comments; what is not TOML is passed over.
func statements(text string) []statement {
	s := scanner{text: text}
	var table []string
	for s.skip(" \t\r\n"); s.at < len(text); s.skip(" \t\r\n") {
		switch {
		case text[s.at] == '#':
			s.toLineEnd()
		case text[s.at] == '[':
			table = s.header()
			s.toLineEnd()
		default:
			if !s.assignment(table, false) {
				s.toLineEnd()
			}
		}
	}
	return s.found
}

// A scanner goes over TOML text.
type scanner struct {
	text  string
	at    int
	found []statement
}

func (s *scanner) rest() string { return s.text[s.at:] }

// skip passes over bytes of a set.
func (s *scanner) skip(set string) { s.at = len(s.text) - len(strings.TrimLeft(s.rest(), set)) }

func (s *scanner) toLineEnd() {
	if i := strings.IndexByte(s.rest(), '\n'); i >= 0 {
		s.at += i
	} else {
		s.at = len(s.text)
	}
}

// next passes over a byte, if it is there, with the blanks around it.
func (s *scanner) next(c byte) bool {
	s.skip(" \t")
	if s.at >= len(s.text) || s.text[s.at] != c {
		return false
	}
	s.at++
	s.skip(" \t")
	return true
}

// header reads "[a.b]" or "[[a.b]]".
func (s *scanner) header() []string {
	h := statement{header: true, start: s.at}
	s.at++
	isArray := s.next('[')
	s.skip(" \t")
	path, _ := s.key()
	whole := s.next(']') && (!isArray || s.next(']'))
	h.end = s.at
	if whole && !isArray {
		h.path = path
	}
	s.found = append(s.found, h)
	return path
}

// assignment reads a key and its value, and reports whether there was one.
func (s *scanner) assignment(table []string, inline bool) bool {
	a := statement{within: len(table), inline: inline, start: s.at}
	key, ok := s.key()
	if !ok || !s.next('=') {
		return false
	}
	a.path = append(append([]string{}, table...), key...)
	a.value = s.at
	n := len(s.found)
	s.found = append(s.found, a)
	s.read(a.path)
	s.found[n].end = s.at
	return true
}

// read passes over a value. Those of an inline table that belongs to no path, being in an
// array, are not found.
func (s *scanner) read(path []string) {
	switch rest := s.rest(); {
	case rest == "":
	case rest[0] == '{', rest[0] == '[':
		s.at++
		s.readList(path, rest[0] == '{')
	case rest[0] == '"', rest[0] == '\'':
		s.at += stringLength(rest)
	default:
		if i := strings.IndexAny(rest, "#,]}\n"); i >= 0 {
			rest = rest[:i]
		}
		s.at += len(strings.TrimRight(rest, " \t\r"))
	}
}

// readList passes over what is in an array or an inline table, and its end.
func (s *scanner) readList(path []string, isTable bool) {
	for {
		s.skip(" \t\r\n,")
		switch before := s.at; {
		case s.at == len(s.text):
			return
		case s.text[s.at] == '#':
			s.toLineEnd()
		case s.text[s.at] == '}', s.text[s.at] == ']':
			s.at++
			return
		default:
			if found := s.found; isTable {
				s.assignment(path, true)
				if path == nil {
					s.found = found
				}
			} else {
				s.read(nil)
			}
			if s.at == before {
				s.at++ // not TOML
			}
		}
	}
}

// key reads a bare, quoted or dotted key.
func (s *scanner) key() (path []string, ok bool) {
	for {
		part, ok := s.keyPart()
		if !ok {
			return path, false
		}
		path = append(path, part)
		if !s.next('.') {
			return path, true
		}
	}
}

func (s *scanner) keyPart() (part string, ok bool) {
	rest := s.rest()
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		n := stringLength(rest)
		s.at += n
		return unquoted(rest[:n])
	}
	end := strings.IndexAny(rest, " \t\r\n.=[]{},#\"'")
	if end < 0 {
		end = len(rest)
	}
	s.at += end
	return rest[:end], end > 0
}

// unquoted is the text of a quoted key. TOML's escapes are among Go's, but for \e and \x.
func unquoted(literal string) (text string, ok bool) {
	if len(literal) < 2 || literal[len(literal)-1] != literal[0] {
		return "", false
	}
	if literal[0] == '\'' {
		return literal[1 : len(literal)-1], true
	}
	text, err := strconv.Unquote(literal)
	return text, err == nil
}

// stringLength is the length of the string of any of the four forms that a text begins
// with; of one that does not end, up to the end of its line or of the text.
func stringLength(text string) int {
	quote := text[:1]
	many := strings.HasPrefix(text, strings.Repeat(quote, 3))
	if many {
		quote = text[:3]
	}
	for i := len(quote); i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote[0] == '"':
			i++
		case text[i] == '\n' && !many:
			return i
		case strings.HasPrefix(text[i:], quote):
			end := i + len(quote)
			for n := 0; many && n < 2 && end < len(text) && text[end] == quote[0]; n++ {
				end++ // up to two quotes may stand before the three that end it
			}
			return end
		}
	}
	return len(text)
}
