package wrapper

import (
	"slices"
	"strings"
)

// words separates a value into words, as far as they can be told.
func (v value) words(files []string) []value { return v.appendWords(nil, files) }

// appendWords is words behind others.
func (v value) appendWords(out []value, files []string) []value {
	switch {
	case v.list:
		for _, item := range v.items {
			item.fields = v.fields
			n := len(out)
			out = item.appendWords(out, files)
			for i := range out[n:] {
				out[n+i].may = out[n+i].may || item.may || v.unsure
			}
		}
	case !v.fields || len(v.alts) == 0 || v.oneWord():
		return append(out, v.word(files))
	case len(v.alts) > 1:
		var either []value
		for i, a := range v.alts {
			one := value{alts: []string{a}, fields: true, unsure: v.unsure}
			either = eitherWords(either, one.words(files), i > 0)
		}
		return append(out, either...)
	default:
		for _, word := range split(v.alts[0]) {
			may := strings.HasPrefix(word, mayBegin) && sectionEnd(word) == len(word)
			w := value{alts: []string{strings.TrimSuffix(strings.TrimPrefix(word, mayBegin), mayEnd)}}
			if !may {
				w.alts = []string{word}
			}
			w = w.word(files)
			w.may = may || v.unsure
			out = append(out, w)
		}
	}
	return out
}

// oneWord reports whether each alternative is one word of its own.
func (v value) oneWord() bool {
	return len(v.alts) > 1 && !slices.ContainsFunc(v.alts, func(s string) bool {
		return s == "" || strings.ContainsAny(s, marks+" \t\n")
	})
}

// word is a value that stands for one word, its marks read.
func (v value) word(files []string) value {
	out := v
	if len(v.alts) != 1 || !marked(v.alts[0]) {
		return out
	}
	s := v.alts[0]
	out.args = strings.Contains(s, argsMark)
	if n, ok := strings.CutPrefix(s, fileMark); ok && len(n) == 1 && int(n[0]-firstFile) < len(files) {
		out.alts, out.file = nil, files[n[0]-firstFile]
		return out
	}
	if at := strings.IndexAny(s, argsMark+fileMark+unknownMark); at >= 0 {
		out.alts, out.prefix = nil, strings.Map(dropMark, s[:at])
		return out
	}
	out.alts = variants(s)
	if slices.Contains(out.alts, unknownMark) {
		out.alts = nil
	}
	return out
}

// firstFile is the byte that stands for the first file a script reads. It is no
// mark and no blank.
const firstFile = '0'

func dropMark(r rune) rune {
	if strings.ContainsRune(marks, r) {
		return -1
	}
	return r
}

// split takes a text apart at its blanks. Each word has the marks of what it
// stands in.
func split(s string) []string {
	var words []string
	var cur strings.Builder
	depth, open := 0, 0 // of the parts that may hold; those that the current word has opened
	end := func() {
		word := cur.String() + strings.Repeat(mayEnd, open)
		for strings.Contains(word, mayBegin+mayEnd) {
			word = strings.ReplaceAll(word, mayBegin+mayEnd, "")
		}
		if word != "" {
			words = append(words, word)
		}
		cur.Reset()
		cur.WriteString(strings.Repeat(mayBegin, depth))
		open = depth
	}
	for i := range len(s) {
		switch c := s[i]; {
		case isBlank(c):
			end()
		case c == mayBegin[0]:
			depth, open = depth+1, open+1
			cur.WriteByte(c)
		case c == mayEnd[0] && depth > 0:
			depth, open = depth-1, open-1
			cur.WriteByte(c)
		default:
			cur.WriteByte(c)
		}
	}
	end()
	return words
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// eitherWords unites the words of two alternatives. What both have, in the same
// order, stands there; a word of one only may.
func eitherWords(a, b []value, both bool) []value {
	if !both {
		return b
	}
	var out []value
	doubt := func(words []value) {
		for _, w := range words {
			w.may = true
			out = append(out, w)
		}
	}
	for _, w := range a {
		i := slices.IndexFunc(b, func(v value) bool { return w.equal(v) && w.args == v.args && w.file == v.file })
		if i < 0 {
			doubt([]value{w})
			continue
		}
		doubt(b[:i])
		out, b = append(out, w), b[i+1:]
	}
	doubt(b)
	return out
}

// split gives the words of a value that are known or may be.
func (v value) split() []string {
	var out []string
	for _, word := range v.words(nil) {
		out = append(out, word.alts...)
	}
	return out
}
