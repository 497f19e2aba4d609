package wrapper

import (
	"slices"
	"strings"
)

// Bounds on what expansion may grow to.
const (
	maxAlternatives = 8
	maxText         = 4 << 10
	maxItems        = 256
)

// A text may hold marks. No script that is read holds one of these bytes.
const (
	argsMark    = "\x01" // words of the user's
	mayBegin    = "\x02" // from here
	mayEnd      = "\x03" // to here it holds by some ways through the script only
	fileMark    = "\x04" // the words of a file; a byte behind it says which
	unknownMark = "\x05" // not known
	marks       = argsMark + mayBegin + mayEnd + fileMark + unknownMark
)

// marked reports whether a text holds a mark.
func marked(s string) bool {
	for i := range len(s) {
		if s[i] <= unknownMark[0] && s[i] >= argsMark[0] {
			return true
		}
	}
	return false
}

// value is what a word or a variable may stand for. A variable that is set in
// a branch has alternatives: which one holds is not known, but often only one
// of them is a file. No alternatives means unknown.
type value struct {
	alts   []string
	items  []value // of an array, or of the arguments
	list   bool    // it is one of these
	fields bool    // unquoted: blanks in it separate words
	unsure bool    // by another way through the script it is something else

	// Of a word only:
	args   bool   // it stands for words of the user's, or holds one
	may    bool   // it stands there by some ways through the script only
	file   string // it stands for the words in that file
	prefix string // of a word that is not known: how it begins
	varies bool   // it comes from an expansion
}

func text(s ...string) value { return value{alts: s} }

// arguments are the user's own words.
func arguments() value { return value{list: true, items: []value{text(argsMark)}} }

// someArguments are the user's own words, among others that are not known.
func someArguments() value {
	return value{list: true, items: []value{{}, text(argsMark), {}}}
}

// nothing is what the empty word stands for.
var nothing = []string{""}

// known is the text of a value that can be no other.
func (v value) known() (string, bool) {
	if v.list || len(v.alts) != 1 || v.unsure || v.may || marked(v.alts[0]) {
		return "", false
	}
	return v.alts[0], true
}

// concat joins two values.
func (v value) concat(w value) value {
	out := value{fields: v.fields || w.fields, unsure: v.unsure || w.unsure}
	switch {
	case v.list || w.list:
		return v.concatList(w)
	case slices.Equal(v.alts, nothing):
		out.alts = w.alts
		return out
	case slices.Equal(w.alts, nothing):
		out.alts = v.alts
		return out
	case len(v.alts) == 0 && len(w.alts) == 0:
		return out
	}
	for _, a := range v.orMark() {
		for _, b := range w.orMark() {
			if b == "" {
				out.alts = append(out.alts, a)
				continue
			}
			split := strings.HasSuffix(a, mayEnd) && !isBlank(b[0]) && b[0] != mayBegin[0] // where a word ends is not known
			if len(out.alts) >= maxAlternatives || len(a)+len(b) > maxText || split {
				return value{fields: out.fields}
			}
			out.alts = append(out.alts, a+b)
		}
	}
	return out
}

// concatList joins two values of which one is a list: the last element of the
// one is joined to the first of the other.
func (v value) concatList(w value) value {
	out := value{list: true, fields: v.fields || w.fields, unsure: v.unsure || w.unsure}
	before, behind := v.elements(), w.elements()
	if len(before) == 0 || len(behind) == 0 { // "${none[@]}" is no word at all
		out.items = slices.Concat(before, behind)
		return out
	}
	n := len(before) - 1
	out.items = append(slices.Clone(before[:n]), before[n].concat(behind[0]))
	out.items = append(out.items, behind[1:]...)
	return out
}

// elements are those of a list; a text is one, and the empty text none.
func (v value) elements() []value {
	switch {
	case v.list:
		return v.items
	case slices.Equal(v.alts, nothing):
		return nil
	}
	v.fields = false
	return []value{v}
}

// orMark are the alternatives, or the mark of what is not known.
func (v value) orMark() []string {
	if len(v.alts) == 0 {
		return []string{unknownMark}
	}
	return v.alts
}

// plain gives the alternatives without marks, those that are not known left out.
func (v value) plain() value {
	if !slices.ContainsFunc(v.alts, func(s string) bool { return marked(s) }) {
		return v
	}
	out := v
	out.alts = nil
	for _, a := range v.alts {
		for _, s := range variants(a) {
			if !marked(s) && !slices.Contains(out.alts, s) && len(out.alts) < maxAlternatives {
				out.alts = append(out.alts, s)
				continue
			}
			out.unsure = true
		}
	}
	return out
}

// variants are the texts that one with parts that may hold stands for: without
// the first of them, with it, and so on with the next.
func variants(s string) []string {
	out := []string{""}
	for s != "" {
		at := strings.IndexAny(s, mayBegin+mayEnd)
		if at < 0 {
			at = len(s)
		}
		for i := range out {
			out[i] += s[:at]
		}
		if s = s[at:]; s == "" {
			break
		}
		end := sectionEnd(s)
		inner := variants(strings.TrimSuffix(s[1:end], mayEnd))
		if len(out)*(len(inner)+1) > maxAlternatives {
			return []string{unknownMark}
		}
		var next []string
		for _, a := range out {
			next = append(next, a)
			for _, b := range inner {
				next = append(next, a+b)
			}
		}
		out, s = next, s[end:]
	}
	return out
}

// sectionEnd is the index behind the part that s begins with.
func sectionEnd(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case mayBegin[0]:
			depth++
		case mayEnd[0]:
			if depth--; depth <= 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// each applies f to every alternative and leaves out those it refuses.
func (v value) each(f func(string) (string, bool)) value {
	v = v.plain()
	out := value{fields: v.fields, unsure: v.unsure}
	for _, a := range v.alts {
		if s, ok := f(a); ok && !slices.Contains(out.alts, s) && !marked(s) {
			out.alts = append(out.alts, s)
		}
	}
	return out
}

// first is what an array's name alone stands for.
func (v value) first() value {
	switch {
	case !v.list:
		return v
	case len(v.items) == 0:
		return value{alts: nothing, unsure: v.unsure}
	}
	first := v.items[0]
	if first.may {
		first.alts, first.may = nil, false
	}
	return first
}
