package wrapper

import (
	"slices"
	"strconv"
	"strings"
)

// variable is what $name stands for.
func (sh *shell) variable(name string) value {
	switch {
	case name == "0", name == "BASH_SOURCE":
		return text(sh.zero)
	case name == "@", name == "*":
		return sh.args
	case isNumber(name):
		return sh.argument(name)
	case name == "PWD":
		return sh.dir
	case nameLen(name) == 0:
		return value{}
	}
	if v, ok := sh.state.assigned(name); ok {
		return v
	}
	switch {
	case name == "PATH":
		return text(sh.Path)
	case sh.Env == nil:
		return value{}
	}
	s, set := sh.Env(name)
	switch {
	case !set:
		return text("")
	case marked(s):
		return value{}
	}
	return text(s)
}

// argument is $1 and its like. Of the user's own words none is told from the
// others.
func (sh *shell) argument(number string) value {
	for i, item := range sh.args.items {
		word := item.words(nil)
		switch {
		case item.may, len(word) == 0, len(word[0].alts) == 0 && !word[0].args:
			return value{}
		case word[0].args && i == len(sh.args.items)-1:
			return text(argsMark)
		case word[0].args: // or one behind it
			return value{}
		}
		if strconv.Itoa(i+1) == number {
			return item
		}
	}
	if !sh.args.list {
		return value{}
	}
	return text("")
}

// joined is what "${list[*]}" stands for: the elements, with the first byte of
// IFS between them.
func (sh *shell) joined(v value) value {
	ifs, known := text(" ").known()
	if set, ok := sh.state.assigned("IFS"); ok {
		ifs, known = set.known()
	}
	switch {
	case !v.list:
		return v
	case !known || slices.ContainsFunc(v.items, func(item value) bool { return item.may && len(item.alts) != 1 }):
		return value{}
	case (ifs == "" || !isBlank(ifs[0])) && slices.ContainsFunc(v.items, value.several):
		return value{} // the words of a file become one
	}
	out := text("")
	for i, item := range v.items {
		if i > 0 && !item.may {
			out = out.concat(text(ifs[:min(1, len(ifs))]))
		}
		if !item.may {
			out = out.concat(item)
			continue
		}
		if i == 0 || len(out.alts) == 0 || len(out.alts) > maxAlternatives/2 {
			return value{}
		}
		with := out.concat(text(ifs[:min(1, len(ifs))])).concat(value{alts: item.alts})
		out.alts = append(slices.Clone(out.alts), with.alts...)
	}
	return out
}

// several reports whether an element stands for any number of words: those of a file,
// or the user's.
func (v value) several() bool {
	return slices.ContainsFunc(v.alts, func(s string) bool { return strings.ContainsAny(s, fileMark+argsMark) })
}

// stands reports whether a parameter counts as given for an operator with or
// without its colon: not empty, or set. It is not known if neither is.
func (sh *shell) stands(v value, name, op string) tri {
	switch {
	case v.list && len(v.items) == 0:
		return no
	case v.list && slices.ContainsFunc(v.items, func(item value) bool { return item.equal(text(argsMark)) }), v.unsure:
		return unknown
	case v.list:
		return yes
	case len(v.alts) == 0 || slices.ContainsFunc(v.alts, func(s string) bool { return s == "" || marked(s[:1]) }):
		if op[0] == ':' || len(v.alts) == 0 || nameLen(name) == 0 {
			break
		}
		if _, set := sh.state.assigned(name); !set && sh.Env != nil && name != "PATH" {
			_, set = sh.Env(name)
			return known(set)
		}
		return unknown
	default:
		return yes
	}
	if slices.Equal(v.alts, nothing) && (op[0] == ':' || nameLen(name) > 0) {
		return no
	}
	return unknown
}

// unless is ${name:-word}.
func (sh *shell) unless(v value, name, op string) value {
	word := strings.TrimPrefix(op, ":")[1:]
	switch sh.stands(v, name, op) {
	case yes:
		return v
	case no:
		return sh.expand(word)
	}
	if v.list || len(v.alts) == 0 {
		return value{unsure: true}
	}
	kept := value{unsure: v.unsure}
	for _, s := range v.alts {
		if s != "" || op[0] != ':' {
			kept.alts = append(kept.alts, s)
		}
	}
	return kept.or(sh.expand(word))
}

// when is ${name:+word}.
func (sh *shell) when(v value, name, op string) value {
	word := strings.TrimPrefix(op, ":")[1:]
	out := sh.expand(word)
	switch {
	case name == "1" && op[0] == '+' && out.equal(sh.args):
		return out // ${1+"$@"}: none are the same as none
	case sh.stands(v, name, op) == yes:
		return out
	case sh.stands(v, name, op) == no:
		return text("")
	}
	return text("").or(out)
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
	pattern, known := sh.pieces(from, false).known()
	with, knownToo := sh.pieces(to, false).known()
	if !known || !knownToo || v.list || strings.ContainsAny(pattern, "?[") {
		return value{}
	}
	return v.each(func(s string) (string, bool) { return editText(s, kind, pattern, with) })
}

func editText(s, kind, pattern, with string) (string, bool) {
	head, tail := strings.TrimSuffix(pattern, "*"), strings.TrimPrefix(pattern, "*")
	at := -1
	switch {
	case strings.Contains(strings.Trim(pattern, "*"), "*"), strings.Trim(pattern, "*") == "":
		return "", false
	case kind == "/" && head == pattern && tail == pattern:
		return strings.Replace(s, pattern, with, 1), true
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
