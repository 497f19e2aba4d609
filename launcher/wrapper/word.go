package wrapper

import "strings"

// scanWord reads one word as written, an array's NAME=(...) included.
func (p *parser) scanWord() string {
	start := p.pos
	for p.pos < len(p.text) {
		switch p.text[p.pos] {
		case ' ', '\t', '\n', '\r', ';', '&', '|', '<', '>', ')':
			return p.text[start:p.pos]
		case '(':
			if p.pos == start || p.text[p.pos-1] != '=' {
				return p.text[start:p.pos]
			}
			p.pos = skipUntil(p.text, p.pos+1, ')', 0)
		default:
			p.pos = skip(p.text, p.pos, 0)
		}
	}
	return p.text[start:]
}

// skip returns the index after the quotation, expansion or character at i.
func skip(s string, i, depth int) int {
	if depth > maxNesting {
		return len(s)
	}
	next := byte(0)
	if i+1 < len(s) {
		next = s[i+1]
	}
	switch {
	case s[i] == '\\':
		return min(i+2, len(s))
	case s[i] == '\'':
		return after(s, i+1, '\'')
	case s[i] == '"':
		return skipUntil(s, i+1, '"', depth+1)
	case s[i] == '`':
		return skipEscaped(s, i+1, '`')
	case s[i] == '$' && next == '(':
		return skipUntil(s, i+2, ')', depth+1)
	case s[i] == '$' && next == '{':
		return skipUntil(s, i+2, '}', depth+1)
	case s[i] == '$' && next == '\'':
		return skipEscaped(s, i+2, '\'')
	}
	return i + 1
}

// skipUntil returns the index after the closing byte that belongs to what was
// opened just before i, or len(s).
func skipUntil(s string, i int, closing byte, depth int) int {
	for depth <= maxNesting && i < len(s) {
		switch {
		case s[i] == closing:
			return i + 1
		case closing == ')' && s[i] == '(':
			i = skipUntil(s, i+1, ')', depth+1)
		case closing == '"' && s[i] == '\'':
			i++ // an apostrophe
		default:
			i = skip(s, i, depth)
		}
	}
	return len(s)
}

func skipEscaped(s string, i int, closing byte) int {
	for ; i < len(s); i++ {
		switch s[i] {
		case closing:
			return i + 1
		case '\\':
			i++
		}
	}
	return len(s)
}

func after(s string, i int, closing byte) int {
	if n := strings.IndexByte(s[i:], closing); n >= 0 {
		return i + n + 1
	}
	return len(s)
}

// assignment splits NAME=value and NAME+=value, value as written. name keeps
// the + of an append.
func assignment(raw string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(raw, "=")
	bare := strings.TrimSuffix(name, "+")
	if !ok || nameLen(bare) != len(bare) || bare == "" {
		return "", "", false
	}
	return name, value, true
}

// nameLen is the length of the shell name that s begins with (XBD 3.216).
func nameLen(s string) int {
	for i := range len(s) {
		c := s[i]
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return i
		}
	}
	return len(s)
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
