package wrapper

import "slices"

// or is what a variable holds where two ways through the script meet. Where the
// one added to what the other has, that part may hold.
func (v value) or(w value) value {
	switch {
	case v.list && w.list:
		return v.orList(w)
	case v.list && slices.Equal(w.alts, nothing):
		return v.orList(value{list: true})
	case w.list && slices.Equal(v.alts, nothing):
		return value{list: true}.orList(w)
	case v.list || w.list, len(v.alts) == 0 || len(w.alts) == 0:
		return value{unsure: true}
	}
	out := value{unsure: v.unsure || w.unsure}
	if len(v.alts) == 1 && len(w.alts) == 1 {
		if both, ok := appended(v.alts[0], w.alts[0]); ok {
			out.alts = []string{both}
			return out
		}
	}
	out.alts = slices.Clone(v.alts)
	for _, a := range w.alts {
		if !slices.Contains(out.alts, a) {
			out.alts = append(out.alts, a)
		}
	}
	if len(out.alts) > maxAlternatives || slices.ContainsFunc(out.alts, func(s string) bool { return len(s) > maxText }) {
		return value{unsure: true}
	}
	return out
}

// orList is or for lists: what both begin with holds, all else may.
func (v value) orList(w value) value {
	n := 0
	for n < min(len(v.items), len(w.items)) && v.items[n].equal(w.items[n]) {
		n++
	}
	out := value{list: true, unsure: v.unsure || w.unsure, items: slices.Clone(v.items[:n])}
	for _, item := range slices.Concat(v.items[n:], w.items[n:]) {
		item.may = true
		if !slices.ContainsFunc(out.items[n:], item.equal) {
			out.items = append(out.items, item)
		}
	}
	if len(out.items) > maxItems {
		return value{unsure: true}
	}
	return out
}

// appended is the text that stands for two of which each is the same beginning
// with more words, or none, behind it: these may hold.
func appended(a, b string) (string, bool) {
	n := 0 // of the common beginning, where it ends in a whole word and outside of a part that may hold
	for i, depth := 0, 0; i <= min(len(a), len(b)); i++ {
		if depth == 0 && endsWord(a, i) && endsWord(b, i) {
			n = i
		}
		if i == len(a) || i == len(b) || a[i] != b[i] {
			break
		}
		switch a[i] {
		case mayBegin[0]:
			depth++
		case mayEnd[0]:
			depth--
		}
	}
	if !endsWord(a, n) || !endsWord(b, n) || len(a)+len(b) > maxText {
		return "", false
	}
	return a[:n] + optional(a[n:]) + optional(b[n:]), true
}

func endsWord(s string, i int) bool { return i == len(s) || isBlank(s[i]) || s[i] == mayBegin[0] }

// optional marks a text as one that may hold, unless all of it is marked so.
func optional(s string) string {
	for rest := s; ; {
		if rest == "" {
			return s
		}
		if rest[0] != mayBegin[0] {
			return mayBegin + s + mayEnd
		}
		rest = rest[sectionEnd(rest):]
	}
}

func (v value) equal(w value) bool {
	return slices.Equal(v.alts, w.alts) && v.list == w.list && slices.EqualFunc(v.items, w.items, value.equal) &&
		v.unsure == w.unsure && v.may == w.may && v.prefix == w.prefix
}
