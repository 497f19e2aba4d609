package chromium

import "strings"

// Grant returns the switches that wishes become in a scene, the environment
// variables (NAME=value) that go with them, and at least one note for each
// wish: what it became, or why nothing. What it returns passes [Screen] as it
// is. Without a milestone nothing is given whose name depends on it.
func Grant(w Wishes, s Scene) (Wants, []string, []Note) {
	g := grant{w: &w, s: &s, wants: Wants{Origin: w.Origin}}
	g.each("ozone", string(w.Ozone), string(OzoneAuto), g.ozone)
	g.each("video-decode", w.VideoDecode.String(), "", g.decode)
	g.each("backend", string(w.Backend), string(BackendAuto), g.backend) // looks at the two before
	g.each("video-encode", w.VideoEncode.String(), "", g.encode)
	g.each("raster", w.Raster.String(), "", g.raster)
	g.each("zero-copy", w.ZeroCopy.String(), "", g.zeroCopy)
	g.each("ignore-blocklist", w.IgnoreBlocklist.String(), "", g.ignoreBlocklist)
	return g.wants, g.env, g.notes
}

// grant is the state of one [Grant].
type grant struct {
	w     *Wishes
	s     *Scene
	wish  string // the one at hand, as notes call it
	wants Wants
	env   []string
	notes notes
}

// each grants one wish, unless nothing is wished for or nothing can be.
func (g *grant) each(name, value, auto string, grant func()) {
	if value == "" || value == auto {
		return
	}
	if g.wish = name + "=" + value; value == "on" {
		g.wish = name
	}
	switch {
	case g.s.Runtime == Native:
		g.nothing(takesNone)
	case g.w.Backend == BackendOff && value == "on":
		g.nothing("the GPU is switched off by backend=off")
	default:
		grant()
	}
}

// nothing notes why the wish becomes nothing.
func (g *grant) nothing(why string) { g.notes.add(Dropped, g.wish, g.w.Origin, why+", left out") }

// needless notes that the wish is met without a switch.
func (g *grant) needless(why string) { g.notes.add(Needless, g.wish, g.w.Origin, why) }

const noMilestone = "the milestone of this program is unknown"

// parts are what a wish becomes, each list in the order given.
type parts struct {
	switches  []string
	enable    []string
	disable   []string // this, switches and variables are of use only with the features above
	with, env []string
}

// give adds what the binary knows of the parts, and notes it.
func (g *grant) give(p parts) {
	said := g.switches(p.switches, nil)
	said = g.features(enableFeatures, p.enable, &g.wants.EnableFeatures, said)
	if len(said) == 0 {
		return
	}
	said = g.features(disableFeatures, p.disable, &g.wants.DisableFeatures, said)
	said = g.switches(p.with, said)
	g.env = append(g.env, p.env...)
	g.notes.add(Emitted, g.wish, g.w.Origin, strings.Join(append(said, p.env...), " "))
}

// switches adds switches, also to said.
func (g *grant) switches(texts, said []string) []string {
	for _, text := range texts {
		name, value, _ := parseSwitch(text)
		if g.passes(text, name, value, name) {
			g.wants.Switches = append(g.wants.Switches, text)
			said = append(said, text)
		}
	}
	return said
}

// features adds names to a list, and to said the switch that they make.
func (g *grant) features(l list, names []string, to *[]string, said []string) []string {
	first := len(*to)
	for _, name := range names {
		if g.passes(name, l.String()[2:], name, name) {
			*to = append(*to, name)
		}
	}
	if given := (*to)[first:]; len(given) > 0 {
		said = append(said, l.String()+"="+strings.Join(given, ","))
	}
	return said
}

// passes reports whether the app will take a switch silently and its binary
// knows the name, which is the switch's or a feature's, and notes if not.
func (g *grant) passes(text, name, value, known string) bool {
	why := g.s.lacks(lookup(known))
	if g.s.VSCode && why == "" {
		if listNamed(name) == noList {
			why = vscodeRefuses(text, name, value)
		} else {
			why = vscodeRefuses("--"+name, name, value)
		}
	}
	if why != "" {
		g.nothing(text + ": " + why)
	}
	return why == ""
}
