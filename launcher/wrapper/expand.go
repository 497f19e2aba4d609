package wrapper

import (
	"strings"
)

// shell is what is known of a script's state at some point in it.
type shell struct {
	Search
	zero  string            // $0: the path the script was started by
	state                   // at this point
	files []string          // whose words the script reads
	depth int               // of nested expansions
	inner map[string]script // substitutions that were read: each is followed by several ways
	looks int               // at the file system
}

// parsed reads the text of a substitution, once.
func (sh *shell) parsed(body string) script {
	s, known := sh.inner[body]
	if !known {
		s = parse(body)
		if sh.inner == nil {
			sh.inner = make(map[string]script)
		}
		sh.inner[body] = s
	}
	return s
}

// expand evaluates a word as written (POSIX.1-2024, XCU 2.6): tilde, parameter
// and command substitution as far as they are known, quote removal. There is
// no arithmetic and no globbing.
func (sh *shell) expand(raw string) value {
	if isLiteral(raw) {
		return text(raw)
	}
	if rest, ok := strings.CutPrefix(raw, "~"); ok && (rest == "" || rest[0] == '/') {
		return sh.variable("HOME").concat(sh.pieces(rest, false))
	}
	return sh.pieces(raw, false)
}

// isLiteral reports whether a word as written stands for itself.
func isLiteral(raw string) bool {
	for i := range len(raw) {
		switch raw[i] {
		case '\\', '\'', '"', '`', '$', '~':
			return false
		}
	}
	return true
}

// pieces evaluates what stands inside (quoted) or outside of double quotes.
func (sh *shell) pieces(raw string, quoted bool) value {
	if sh.depth > maxNesting {
		return value{}
	}
	sh.depth++
	defer func() { sh.depth-- }()
	out := text("")
	for raw != "" {
		v, rest := sh.piece(raw, quoted)
		out, raw = out.concat(v), rest
	}
	return out
}

// piece evaluates the first quotation, expansion or run of characters of s.
func (sh *shell) piece(s string, quoted bool) (value, string) {
	switch c := s[0]; {
	case c == '\\' && len(s) > 1:
		switch {
		case s[1] == '\n':
			return text(""), s[2:]
		case quoted && strings.IndexByte("$`\"\\", s[1]) < 0:
			return text(s[:2]), s[2:]
		}
		return text(s[1:2]), s[2:]
	case c == '\'' && !quoted:
		end := skip(s, 0, 0)
		return text(strings.TrimSuffix(s[1:end], "'")), s[end:]
	case c == '"' && !quoted:
		end := skip(s, 0, 0)
		return sh.pieces(strings.TrimSuffix(s[1:end], `"`), true), s[end:]
	case c == '`':
		end := skip(s, 0, 0)
		v := sh.substitute(strings.ReplaceAll(strings.TrimSuffix(s[1:end], "`"), "\\`", "`"))
		v.fields = !quoted
		return v, s[end:]
	case c == '$':
		return sh.dollar(s, quoted)
	}
	n := strings.IndexAny(s[1:], "\\'\"`$") + 1
	if n == 0 {
		n = len(s)
	}
	return text(s[:n]), s[n:]
}

// dollar evaluates the expansion that s begins with.
func (sh *shell) dollar(s string, quoted bool) (value, string) {
	end := skip(s, 0, 0)
	switch {
	case strings.HasPrefix(s, "$(("):
		return value{}, s[end:]
	case strings.HasPrefix(s, "$("):
		v := sh.substitute(strings.TrimSuffix(s[2:end], ")"))
		v.fields = !quoted
		return v, s[end:]
	case strings.HasPrefix(s, "${"):
		v, how := sh.braced(strings.TrimSuffix(s[2:end], "}"))
		if how == '*' && quoted {
			v = sh.joined(v)
		}
		v.fields = !quoted
		return v, s[end:]
	case strings.HasPrefix(s, "$'") && !quoted:
		return value{}, s[end:]
	}
	n := parameterLen(s[1:])
	if n == 0 {
		return text("$"), s[1:]
	}
	v := sh.variable(s[1 : 1+n])
	switch s[1] {
	case '@':
	case '*':
		if quoted {
			v = sh.joined(v)
		}
	default:
		v = v.first()
	}
	v.fields = !quoted
	return v, s[1+n:]
}

// parameterLen is the length of the parameter's name that s begins with.
func parameterLen(s string) int {
	n := nameLen(s)
	if n == 0 && s != "" && strings.IndexByte("@*#?$!-0123456789", s[0]) >= 0 {
		return 1
	}
	return n
}

// braced evaluates what stands between ${ and }; how is the @ or * of an array's
// or the arguments' elements.
func (sh *shell) braced(body string) (v value, how byte) {
	n := parameterLen(body)
	if n == 0 || strings.HasPrefix(body, "#") || strings.HasPrefix(body, "!") {
		return value{}, 0
	}
	name, op := body[:n], body[n:]
	v = sh.variable(name)
	if name == "@" || name == "*" {
		how = name[0]
	}
	if index, rest, ok := strings.Cut(op, "]"); ok && strings.HasPrefix(index, "[") {
		if op = rest; index == "[@" || index == "[*" {
			how = index[1]
		} else if index != "[0" {
			return value{}, 0
		}
	}
	if how == 0 {
		v = v.first()
	}
	colon := strings.TrimPrefix(op, ":")
	switch {
	case op == "":
		return v, how
	case strings.HasPrefix(colon, "-"):
		return sh.unless(v, name, op), how
	case strings.HasPrefix(colon, "="):
		v = sh.unless(v, name, op)
		set := v
		sh.state.set(name, &set)
		return v, how
	case strings.HasPrefix(colon, "+"):
		return sh.when(v, name, op), how
	case strings.HasPrefix(colon, "?"):
		return v, how
	case op[0] == '#' || op[0] == '%' || op[0] == '/':
		return sh.edit(v, op), how
	}
	return value{}, how
}
