package wrapper

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// condition is what a test(1), [ or [[ command comes to: its words are known, or
// it is not.
func (r *reader) condition(c command) tri {
	if c.words[0] == "[[" {
		return r.conditionalExpression(c.test)
	}
	var words []string
	for _, raw := range c.words[1:] {
		for _, v := range r.expand(raw).words(r.files) {
			s, ok := v.known()
			if !ok {
				return r.lengthOf(c.words[1:])
			}
			words = append(words, s)
		}
	}
	if n := len(words) - 1; c.words[0] == "[" {
		if n < 0 || words[n] != "]" {
			return unknown
		}
		words = words[:n]
	}
	return r.test(words, nil)
}

// lengthOf answers -n and -z for a word that is not known, but known not to be
// empty.
func (r *reader) lengthOf(raws []string) tri {
	if len(raws) < 2 || raws[0] != "-n" && raws[0] != "-z" {
		return unknown
	}
	v := r.expand(raws[1])
	if len(v.alts) == 0 || slices.ContainsFunc(v.alts, func(s string) bool { return s == "" || marked(s[:1]) }) || v.unsure {
		return unknown
	}
	return known(raws[0] == "-n")
}

// test evaluates an expression of up to four words (POSIX.1-2024, test). match
// compares with a pattern, as [[ does; nil compares texts.
func (r *reader) test(w []string, match func(s string) tri) tri {
	switch {
	case len(w) == 0:
		return no
	case len(w) > 1 && len(w) < 5 && w[0] == "!" && (len(w) != 3 || w[1] != "=" && w[1] != "=="):
		return r.test(w[1:], match).negated()
	case len(w) == 1:
		return known(w[0] != "")
	case len(w) == 2:
		return r.unary(w[0], w[1])
	case len(w) == 3:
		return binary(w[0], w[1], w[2], match)
	}
	return unknown
}

func (r *reader) unary(operator, s string) tri {
	switch operator {
	case "-n":
		return known(s != "")
	case "-z":
		return known(s == "")
	case "-e", "-f", "-d", "-s", "-r", "-x", "-L", "-h":
	default:
		return unknown
	}
	name, ok := r.absoluteTo(s)
	if r.looks++; !ok || r.looks > maxLooks {
		return unknown
	}
	var st syscall.Stat_t
	stat := syscall.Stat
	if operator == "-L" || operator == "-h" {
		stat = syscall.Lstat
	}
	if s == "" || stat(name, &st) != nil {
		return no
	}
	mode := st.Mode & syscall.S_IFMT
	switch operator {
	case "-f":
		return known(mode == syscall.S_IFREG)
	case "-d":
		return known(mode == syscall.S_IFDIR)
	case "-L", "-h":
		return known(mode == syscall.S_IFLNK)
	case "-s":
		return known(st.Size > 0)
	case "-r":
		return known(syscall.Faccessat(atFDCWD, name, 4, atEAccess) == nil) // R_OK
	case "-x":
		return known(MayExecute(name) == nil)
	}
	return yes
}

func binary(a, operator, b string, match func(s string) tri) tri {
	switch operator {
	case "=", "==":
		if match != nil {
			return match(a)
		}
		return known(a == b)
	case "!=":
		if match != nil {
			return match(a).negated()
		}
		return known(a != b)
	}
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	if errX != nil || errY != nil {
		return unknown
	}
	switch operator {
	case "-eq":
		return known(x == y)
	case "-ne":
		return known(x != y)
	case "-lt":
		return known(x < y)
	case "-le":
		return known(x <= y)
	case "-gt":
		return known(x > y)
	case "-ge":
		return known(x >= y)
	}
	return unknown
}

// conditionalExpression evaluates what stands between [[ and ]]: tests with && or
// with || between them, no parentheses and no regular expressions.
func (r *reader) conditionalExpression(body string) tri {
	var result, joint tri // joint: yes behind ||, no behind &&
	var words []string
	p := parser{text: body}
	add := func() {
		one := r.bracketTest(words)
		switch {
		case joint == unknown:
			result = one
		case joint == no && (result == no || one == no):
			result = no
		case joint == yes && (result == yes || one == yes):
			result = yes
		case result != one:
			result = unknown
		}
		words = nil
	}
	for p.pos < len(body) {
		var next tri
		switch rest := body[p.pos:]; {
		case isBlank(rest[0]):
			p.pos++
			continue
		case strings.HasPrefix(rest, "&&"):
			next = no
		case strings.HasPrefix(rest, "||"):
			next = yes
		case strings.IndexByte("()<>|&;\r", rest[0]) >= 0:
			return unknown
		default:
			words = append(words, p.scanWord())
			continue
		}
		add()
		if joint != unknown && joint != next {
			return unknown // both kinds: && binds tighter
		}
		joint = next
		p.pos += 2
	}
	add()
	return result
}

// bracketTest evaluates one test of [[: its words are not split.
func (r *reader) bracketTest(raws []string) tri {
	var match func(string) tri
	if n := len(raws); n > 2 {
		pattern := raws[n-1]
		match = func(s string) tri { return r.matches(s, pattern) }
	}
	var words []string
	for i, raw := range raws {
		v := r.expand(raw)
		v.fields = false
		s, ok := v.known()
		if !ok && !(match != nil && i == len(raws)-1) {
			return r.lengthOf(raws)
		}
		words = append(words, s)
	}
	return r.test(words, match)
}

// expr evaluates expr TEXT : PATTERN (POSIX.1-2024, expr), by which Debian's
// chromium leaves out files. The pattern may have dots, also with stars.
func (r *reader) expr(c command) tri {
	if len(c.words) != 4 || c.words[2] != ":" {
		return unknown
	}
	s, ok := r.operandOf(c.words[1]).known()
	pattern, okToo := r.operandOf(c.words[3]).known()
	glob := globOf(pattern) + "*"
	if !ok || !okToo || strings.ContainsAny(glob, `\[^$`) || strings.Count(pattern, "*") != strings.Count(pattern, ".*") {
		return unknown
	}
	return globMatches(s, glob)
}

// globOf writes dots as question marks, those with a star behind them as stars.
func globOf(pattern string) string {
	var glob strings.Builder
	for rest := pattern; rest != ""; rest = rest[1:] {
		switch {
		case strings.HasPrefix(rest, ".*"):
			glob.WriteByte('*')
		case strings.HasPrefix(rest, `\.`):
			glob.WriteByte('.')
		case rest[0] == '.':
			glob.WriteByte('?')
			continue
		default:
			glob.WriteByte(rest[0])
			continue
		}
		rest = rest[1:]
	}
	return glob.String()
}

// matchesAny reports whether the subject of a case matches one of the patterns.
func (r *reader) matchesAny(subject value, patterns []string) tri {
	out := no
	for _, pattern := range patterns {
		one := yes
		if pattern != "*" {
			subject.fields = false
			s, ok := subject.known()
			if one = unknown; ok {
				one = r.matches(s, pattern)
			}
		}
		if one == yes {
			return yes
		}
		if one == unknown {
			out = unknown
		}
	}
	return out
}

// matches compares a text with a pattern as written. Sets of characters, and
// patterns that are quoted in part, are not read.
func (r *reader) matches(s, raw string) tri {
	v := r.expand(raw)
	v.fields = false
	pattern, ok := v.known()
	special := strings.ContainsAny(pattern, `*?[\+@!(`)
	if !ok || special && strings.ContainsAny(raw, `'"\$[+@!(`) || strings.ContainsAny(pattern, `[\`) {
		return unknown
	}
	return globMatches(s, pattern)
}

// globMatches compares a text with a pattern of stars and question marks, which
// match slashes too.
func globMatches(s, pattern string) tri {
	const slash, other = "/", "\x06"
	matched, err := path.Match(strings.ReplaceAll(pattern, slash, other), strings.ReplaceAll(s, slash, other))
	if err != nil {
		return unknown
	}
	return known(matched)
}
