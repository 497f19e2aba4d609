package wrapper

import (
	"slices"
	"strings"
)

// Bounds on what expansion may grow to.
const (
	maxAlternatives = 8
	maxText         = 4 << 10
)

// An array's elements are kept in one text, with a NUL between them, which no
// script's text holds. Elements that are not known stand as marks.
const (
	separator   = "\x00"
	argsMark    = "\x01@"
	unknownMark = "\x01?"
)

// value is what a word or a variable may stand for. A variable that is set in
// a branch has alternatives: which one holds is not known, but often only one
// of them is a file. No alternatives means unknown.
type value struct {
	alts   []string
	args   bool // holds the arguments of the script: $@, $*, $1
	fields bool // unquoted: blanks in it separate words
	list   bool // an array's elements: NULs in it separate words
	unsure bool // by another way through the script it is something else
	varies bool // comes from an expansion
}

func text(s ...string) value { return value{alts: s} }

// nothing is what the empty word stands for.
var nothing = []string{""}

// concat joins two values; it is unknown as soon as one of them is.
func (v value) concat(w value) value {
	out := value{args: v.args || w.args, fields: v.fields || w.fields, list: v.list || w.list, unsure: v.unsure || w.unsure}
	switch {
	case slices.Equal(v.alts, nothing):
		out.alts = w.alts
		return out
	case slices.Equal(w.alts, nothing):
		out.alts = v.alts
		return out
	}
	for _, a := range v.alts {
		for _, b := range w.alts {
			if len(out.alts) < maxAlternatives && len(a)+len(b) <= maxText {
				out.alts = append(out.alts, a+b)
			}
		}
	}
	return out
}

// each applies f to every alternative and leaves out those it refuses.
func (v value) each(f func(string) (string, bool)) value {
	out := value{args: v.args, fields: v.fields, list: v.list, unsure: v.unsure}
	for _, a := range v.alts {
		if s, ok := f(a); ok && !slices.Contains(out.alts, s) {
			out.alts = append(out.alts, s)
		}
	}
	return out
}

// first is what an array's name alone stands for.
func (v value) first() value {
	if !slices.ContainsFunc(v.alts, func(s string) bool { return strings.ContainsAny(s, separator+"\x01") }) {
		return v
	}
	return v.each(func(s string) (string, bool) {
		s, _, _ = strings.Cut(s, separator)
		return s, s != argsMark && s != unknownMark
	})
}

// words separates a value into words, if it is one whose words can be told.
func (v value) words() []value {
	if !v.fields && !v.list || len(v.alts) != 1 || v.args && !v.list {
		return []value{v}
	}
	var out []value
	for item := range strings.SplitSeq(v.alts[0], separator) {
		switch {
		case item == argsMark:
			out = append(out, value{args: true})
		case item == unknownMark:
			out = append(out, value{})
		case v.fields:
			for _, word := range strings.Fields(item) {
				out = append(out, value{alts: []string{word}, unsure: v.unsure})
			}
		case v.alts[0] != "": // "${none[@]}" is no word at all
			out = append(out, value{alts: []string{item}, unsure: v.unsure})
		}
	}
	return out
}

// split gives the known words of the last alternative, the one most was done
// for: a script adds its switches under conditions, and one that is kept in
// vain does less harm than one that is lost.
func (v value) split() []string {
	if len(v.alts) == 0 {
		return nil
	}
	v.alts = v.alts[len(v.alts)-1:]
	var out []string
	for _, word := range v.words() {
		out = append(out, word.alts...)
	}
	return out
}

// or is the variable's value after an assignment of w that may not have
// happened. Adding to the end of a text (FLAGS="$FLAGS --more") counts as done.
func (v value) or(w value) value {
	if len(w.alts) == 0 {
		v.args, v.unsure = v.args || w.args, true
		return v
	}
	out := value{args: v.args || w.args, unsure: true}
	for _, old := range v.alts {
		if !slices.ContainsFunc(w.alts, func(s string) bool { return strings.HasPrefix(s, old) }) {
			out.alts = append(out.alts, old)
		}
	}
	out.alts = append(out.alts, w.alts...)
	out.alts = out.alts[:min(len(out.alts), maxAlternatives)]
	return out
}
