package wrapper

import (
	"slices"
	"strings"
)

// shell is what is known of a script's state at some point in it.
type shell struct {
	Search
	zero  string           // $0: the path the script was started by
	dir   value            // current folder
	vars  map[string]value // set by the script; the rest is the environment's
	depth int              // of nested expansions
	looks int              // at the file system
}

// expand evaluates a word as written (POSIX.1-2024, XCU 2.6): tilde, parameter
// and command substitution as far as they are known, quote removal. There is
// no arithmetic and no globbing.
func (sh *shell) expand(raw string) value {
	if !strings.ContainsAny(raw, "\\'\"`$~") {
		return text(raw)
	}
	if rest, ok := strings.CutPrefix(raw, "~"); ok && (rest == "" || rest[0] == '/') {
		return sh.variable("HOME").concat(sh.pieces(rest, false))
	}
	return sh.pieces(raw, false)
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
		v, list := sh.braced(strings.TrimSuffix(s[2:end], "}"))
		if !list {
			v = v.first()
		}
		v.fields, v.list = !quoted, list
		return v, s[end:]
	case strings.HasPrefix(s, "$'") && !quoted:
		if body := strings.TrimSuffix(s[2:end], "'"); !strings.Contains(body, `\`) {
			return text(body), s[end:]
		}
		return value{}, s[end:]
	}
	n := parameterLen(s[1:])
	if n == 0 {
		return text("$"), s[1:]
	}
	v := sh.variable(s[1 : 1+n]).first()
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

// variable is what $name stands for.
func (sh *shell) variable(name string) value {
	switch {
	case name == "0", name == "BASH_SOURCE":
		return text(sh.zero)
	case name == "@", name == "*", isNumber(name):
		return value{args: true}
	case name == "PWD":
		return sh.dir
	case nameLen(name) == 0:
		return value{}
	}
	if v, ok := sh.vars[name]; ok {
		return v
	}
	switch {
	case name == "PATH":
		return text(sh.Path)
	case sh.Env == nil:
		return value{}
	}
	s, _ := sh.Env(name)
	return text(s)
}

// braced evaluates what stands between ${ and }; list says that it was [@].
func (sh *shell) braced(body string) (v value, list bool) {
	n := parameterLen(body)
	if n == 0 || strings.HasPrefix(body, "#") || strings.HasPrefix(body, "!") {
		return value{}, false
	}
	v, op := sh.variable(body[:n]), body[n:]
	if index, rest, ok := strings.Cut(op, "]"); ok && strings.HasPrefix(index, "[") {
		list, op = index == "[@" || index == "[*", rest
	}
	colon := strings.TrimPrefix(op, ":")
	switch {
	case op == "":
		return v, list
	case strings.HasPrefix(colon, "-"):
		return sh.unless(v, colon[1:]), list
	case strings.HasPrefix(colon, "="):
		v = sh.unless(v, colon[1:])
		sh.vars[body[:n]] = v
		return v, list
	case strings.HasPrefix(colon, "+"):
		return sh.when(v, colon[1:]), list
	case strings.HasPrefix(colon, "?"):
		return v, list
	case op[0] == '#' || op[0] == '%' || op[0] == '/':
		return sh.edit(v, op), list
	}
	return value{}, list
}

// unless is ${v:-word}. Unset and empty are not told apart.
func (sh *shell) unless(v value, word string) value {
	if v.args || len(v.alts) > 0 && !slices.Contains(v.alts, "") {
		return v
	}
	kept := v.each(func(s string) (string, bool) { return s, s != "" })
	kept.unsure = v.unsure || len(kept.alts) > 0
	kept.alts = append(kept.alts, sh.pieces(word, false).alts...)
	return kept
}

// when is ${v:+word}.
func (sh *shell) when(v value, word string) value {
	switch {
	case v.args:
		out := sh.pieces(word, false)
		out.unsure = true
		return out
	case len(v.alts) == 0:
		return value{}
	case !slices.ContainsFunc(v.alts, func(s string) bool { return s != "" }):
		return value{alts: nothing, unsure: v.unsure}
	}
	out := sh.pieces(word, false)
	out.unsure = out.unsure || v.unsure || slices.Contains(v.alts, "")
	return out
}

// edit is ${v%/*}, ${v##*/}, ${v/a/b} and their kin, with patterns that are
// literal but for one leading or trailing star.
func (sh *shell) edit(v value, op string) value {
	kind := op[:1]
	if len(op) > 1 && op[1] == op[0] {
		kind = op[:2]
	}
	from, to := op[len(kind):], ""
	if op[0] == '/' {
		end := 0
		for end < len(from) && from[end] != '/' {
			end = skip(from, end, 0)
		}
		if end < len(from) {
			from, to = from[:end], from[end+1:]
		}
	}
	pattern, with := sh.pieces(from, false), sh.pieces(to, false)
	if len(pattern.alts) != 1 || len(with.alts) != 1 || strings.ContainsAny(pattern.alts[0], "?[") {
		return value{}
	}
	return v.each(func(s string) (string, bool) { return editText(s, kind, pattern.alts[0], with.alts[0]) })
}

func editText(s, kind, pattern, with string) (string, bool) {
	head, tail := strings.TrimSuffix(pattern, "*"), strings.TrimPrefix(pattern, "*")
	at := -1
	switch {
	case strings.Contains(strings.Trim(pattern, "*"), "*"), strings.Trim(pattern, "*") == "":
		return "", false
	case kind == "/" && head == pattern && tail == pattern:
		return strings.Replace(s, pattern, with, 1), true
	case kind == "//" && head == pattern && tail == pattern:
		return strings.ReplaceAll(s, pattern, with), true
	case kind[0] == '/':
		return "", false
	case kind[0] == '%' && head == pattern:
		return strings.TrimSuffix(s, pattern), tail == pattern
	case kind[0] == '#' && tail == pattern:
		return strings.TrimPrefix(s, pattern), head == pattern
	case kind == "%":
		at = strings.LastIndex(s, head)
	case kind == "%%":
		at = strings.Index(s, head)
	case kind == "#":
		at = strings.Index(s, tail)
	case kind == "##":
		at = strings.LastIndex(s, tail)
	}
	switch {
	case at < 0:
		return s, true
	case kind[0] == '%':
		return s[:at], true
	}
	return s[at+len(tail):], true
}
