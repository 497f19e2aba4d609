package chromium

import "strings"

// Screen takes out of raw what this app's Chromium does not know, what does
// nothing, and what would take the GPU or the app away, with a note for each.
// It is for what stands in configuration, flags files and wrappers; what the
// user types is his own. With force nothing is taken out, and the notes say
// what would have been. Beside are the other sources that leave on the same
// command line, that of [Grant] among them: Vulkan is refused beside a wish to
// decode video.
//
// What is no well-formed switch, V8's flags and the heap are left to [Merge],
// and so are Blink's features, except for VS Code. A switch that nobody knows
// passes, as it may be the app's own; such a feature does unless the binary
// does not have it. At an unknown milestone only that is taken out which harms
// at all of them or which the binary does not have. A native program gets
// nothing.
//
// Screening is idempotent. The result may share memory with raw.
func Screen(raw Wants, s Scene, force bool, beside ...Wants) (Wants, []Note) {
	c := screen{s: &s, from: raw.Origin, force: force}
	c.look(&raw, beside)
	out := raw
	out.Switches = each(raw.Switches, c.raw)
	out.EnableFeatures = c.list(enableFeatures, raw.EnableFeatures)
	out.DisableFeatures = c.list(disableFeatures, raw.DisableFeatures)
	out.DisableBlinkFeatures = c.list(disableBlinkFeatures, raw.DisableBlinkFeatures)
	if s.Runtime == Native {
		out.V8 = each(raw.V8, func(flag string) string { return c.judge(flag, flag, takesNone) })
		if raw.Heap != 0 && c.judge("heap", "heap", takesNone) == "" {
			out.Heap = 0
		}
	}
	return out, c.notes
}

const takesNone = "a native program takes no switches of Chromium's"

// screen is the state of one [Screen].
type screen struct {
	s     *Scene
	from  Origin
	force bool
	around
	notes notes
}

// each passes every text through pass, which returns what is left of it.
func each(texts []string, pass func(string) string) []string {
	var out []string
	same := true
	for i, text := range texts {
		kept := pass(text)
		if same && kept != text {
			out = append(make([]string, 0, len(texts)), texts[:i]...)
			same = false
		}
		if !same && (kept != "" || text == "") {
			out = append(out, kept)
		}
	}
	if same {
		return texts
	}
	return out
}

// judge returns kept if there is no reason against it, or if it is forced.
func (c *screen) judge(kept, text, why string) string {
	switch {
	case why == "":
		return kept
	case c.force:
		c.notes.add(Changed, text, c.from, "forced, though "+why)
		return kept
	}
	c.notes.add(Dropped, text, c.from, why)
	return ""
}

// raw passes one raw switch.
func (c *screen) raw(raw string) string {
	text := unquote(strings.Trim(raw, whitespace))
	name, value, ok := parseSwitch(text)
	if !ok || name == "" {
		return raw
	}
	l := listNamed(name)
	switch {
	case c.s.Runtime == Native:
		return c.judge(raw, text, takesNone)
	case l == jsFlags:
		return raw
	case c.s.VSCode:
		if why := vscodeRefuses(text, name, value); why != "" {
			return c.judge(raw, text, why)
		}
	}
	if l == noList {
		return c.single(raw, text, name, value)
	}
	kept := c.entries(l, value)
	switch kept {
	case value:
		return raw
	case "":
		return ""
	}
	return l.String() + "=" + kept
}

// single passes a switch of which one value holds.
func (c *screen) single(raw, text, name, value string) string {
	r := lookup(name)
	if r == nil {
		if !c.s.VSCode { // whose own list it stands in
			c.notes.add(Emitted, text, c.from, "is none of Chromium's that electroscope knows, passed on as it is")
		}
		return raw
	}
	if why := c.s.lacks(r); why != "" {
		return c.judge(raw, text, why)
	}
	return c.faultless(raw, text, value, r)
}

// list passes the entries of a list switch.
func (c *screen) list(l list, entries []string) []string {
	why := ""
	switch {
	case c.s.Runtime == Native:
		why = takesNone
	case c.s.VSCode:
		why = vscodeRefuses(l.String(), l.String()[2:], "")
	}
	if why == "" {
		return each(entries, func(value string) string { return c.entries(l, value) })
	}
	return each(entries, func(value string) string { return c.judge(value, l.String()+"="+value, why) })
}

// entries passes the names in a value of a list switch. A value of which all
// stays is returned as it was.
func (c *screen) entries(l list, value string) string {
	if l == disableBlinkFeatures {
		return value // not among the names that are looked for
	}
	kept, n, all := "", 0, 0
	for text := range strings.SplitSeq(value, ",") {
		if text = strings.Trim(text, whitespace); text == "" {
			continue
		}
		all++
		if c.feature(l, text) == "" {
			continue
		}
		if n++; n > 1 {
			kept += ","
		}
		kept += text
	}
	if n == all {
		return value
	}
	return kept
}

// feature passes one entry of --enable-features or --disable-features.
func (c *screen) feature(l list, text string) string {
	name, ok := parseFeature(text)
	if !ok {
		return text
	}
	r := lookup(name)
	if r == nil {
		if c.s.knows(name) == Absent {
			return c.judge(text, text, unknownName)
		}
		return text
	}
	if why := c.s.lacks(r); why != "" {
		return c.judge(text, text, why)
	}
	if l == disableFeatures {
		return text
	}
	return c.faultless(text, text, "", r)
}

// faultless passes what none of a row's faults speaks against.
func (c *screen) faultless(raw, text, value string, r *Row) string {
	for i := range r.Faults {
		f := &r.Faults[i]
		if !f.Any && f.Value != value || !c.holds(f.When) {
			continue
		}
		if f.at(c.s.Milestone) {
			verb := ", dropped"
			if c.force {
				verb = ""
			}
			return c.judge(raw, text, f.reason(verb))
		}
		if c.s.Milestone == 0 && f.Harm {
			c.notes.add(Changed, text, c.from, f.Why+"; the milestone of this program is unknown, passed on")
		}
	}
	return raw
}
