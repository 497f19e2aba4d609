package chromium

import "slices"

// single is a switch of a source of which one value holds.
type single struct {
	name, text string
	origin     Origin
}

// singles are the switches to be added, at most one of a name.
type singles []single

// want adds a switch of a source; an earlier source's of that name goes.
func (s *singles) want(sw single, log *decisionLog) {
	i := slices.IndexFunc(*s, func(old single) bool { return old.name == sw.name })
	if i < 0 {
		*s = append(*s, sw)
		return
	}
	if old := (*s)[i]; old.text != sw.text {
		log.yields(old.text, old.origin, sw.text, sw.origin)
	}
	(*s)[i] = sw
}

// yield removes the switch that the user's arguments have too, as arg.
func (s *singles) yield(name, arg string, log *decisionLog) {
	i := slices.IndexFunc(*s, func(own single) bool { return own.name == name })
	if i < 0 {
		return
	}
	if own := (*s)[i]; own.text != arg {
		log.yields(own.text, own.origin, arg, Arguments)
	}
	*s = slices.Delete(*s, i, i+1)
}
