package wrapper

import (
	"slices"
	"strings"
)

// Words are what wrappers put on one side of the user's own words. What is
// Known arrives, in that order, whenever the program is started. What is in May
// arrives by some ways through a wrapper only, or with other words around it.
// Unknown says that there may be more, which cannot be seen.
type Words struct {
	Known   []string
	May     []string
	Files   []string // the words of these files, as far as the wrapper takes them
	Unknown bool
}

// around puts the words of an inner wrapper before and those of an outer one
// behind.
func (w Words) around(outer Words) Words {
	return Words{
		Known:   slices.Concat(w.Known, outer.Known),
		May:     slices.Concat(w.May, outer.May),
		Files:   slices.Concat(w.Files, outer.Files),
		Unknown: w.Unknown || outer.Unknown,
	}
}

// or are the words where one of two calls is made: what both have is known.
func (w Words) or(v Words) Words {
	out := Words{May: slices.Concat(w.May, v.May), Files: slices.Concat(w.Files, v.Files), Unknown: w.Unknown || v.Unknown}
	rest := slices.Clone(v.Known)
	for _, word := range w.Known {
		if i := slices.Index(rest, word); i >= 0 {
			out.May = append(out.May, rest[:i]...)
			rest = rest[i+1:]
			out.Known = append(out.Known, word)
			continue
		}
		out.May = append(out.May, word)
	}
	out.May = append(out.May, rest...)
	out.May, out.Files = once(out.May), once(out.Files)
	return out
}

// once keeps the first of equal texts.
func once(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// A start is one call of a program that may be the one a script is there for.
type start struct {
	path          string
	before, after Words
	hands         bool // the words that the script was given
}

func (s start) mayHand() bool { return s.hands || s.before.Unknown || s.after.Unknown }

// unite puts together what the calls of the program add. Of a script that hands
// its words on, a call that does not is not the one that it is there for.
func (r *reader) unite() {
	r.hop.deaf = !slices.ContainsFunc(r.starts, func(s start) bool { return s.path == r.hop.next && s.mayHand() })
	first := true
	for _, s := range r.starts {
		switch {
		case s.path != r.hop.next || !r.hop.deaf && !s.mayHand():
		case first:
			r.hop.before, r.hop.after = s.before, s.after
			first = false
		default:
			r.hop.before, r.hop.after = r.hop.before.or(s.before), r.hop.after.or(s.after)
		}
	}
	r.hop.deaf = r.hop.deaf && r.hop.next != ""
	if r.unseen { // and with what words is not known
		r.hop.deaf = false
		r.hop.before, r.hop.after = r.hop.before.doubted(), r.hop.after.doubted()
	}
}

// doubted are words of which none is sure, nor that there are no others.
func (w Words) doubted() Words { return w.either(Words{}) }

// around gives the arguments before and after the script's own. Between several
// words of the user's, and beside some that only may stand there, it may be
// either.
func (c call) around() (before, after Words) {
	users := func(v value) bool { return v.args && v.prefix == "" }
	first, last := slices.IndexFunc(c.words[1:], users), len(c.words)
	var begins, certain bool // the first and the last of the user's do stand there
	for i, v := range c.words[1:] {
		if users(v) {
			last, certain = i, !v.may
			begins = begins || i == first && certain
		}
	}
	for i, v := range c.words[1:] {
		switch {
		case users(v):
		case first < 0 || i < first && begins:
			before.add(v)
		case i > last && certain:
			after.add(v)
		default:
			v.may = true
			before.add(v)
			after.add(v)
		}
	}
	if (before.Unknown || after.Unknown) && !certain { // the user's may be among what is not known
		before, after = before.either(after), after.either(before)
	}
	return before, after
}

// either are words that stand here or there.
func (w Words) either(v Words) Words {
	return Words{May: slices.Concat(w.Known, w.May, v.Known, v.May), Files: slices.Concat(w.Files, v.Files), Unknown: true}
}

// add takes in one word of a call.
func (w *Words) add(v value) {
	switch {
	case v.file != "":
		w.Files = once(append(w.Files, v.file))
	case len(v.alts) == 0:
		w.Unknown = w.Unknown || mayBeList(v.prefix)
	case len(v.alts) == 1 && !v.may && !v.unsure:
		w.Known = append(w.Known, v.alts[0])
	default:
		for _, s := range v.alts {
			if s != "" && !slices.Contains(w.May, s) {
				w.May = append(w.May, s)
			}
		}
	}
}

// mayBeList reports whether a word that begins so may be one of the switches of
// which Chromium obeys only the last, and which hold a list. What stands behind
// the = of another switch is its value, and taken for one word.
func mayBeList(prefix string) bool {
	if prefix == "" {
		return true
	}
	name, _, valued := strings.Cut(prefix, "=")
	return strings.HasPrefix(name, "-") && (!valued || strings.HasSuffix(name, "-features") || strings.HasSuffix(name, "js-flags"))
}
