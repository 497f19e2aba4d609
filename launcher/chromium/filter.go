package chromium

import "strings"

// Filter takes out of raw what this app's Chromium does not know, what does
// nothing, and what would take the GPU or the app away, with a decision for each.
// It is for configuration, flags files and wrappers; what the user types is left
// alone. With force nothing is taken out, and the decisions say what would have
// been. Beside are the other sources that leave on the same command line, that of
// [Translate] among them: Vulkan is refused beside an option to decode video.
//
// Malformed switches, V8's flags and the heap are left to [Merge],
// and so are Blink's features, except for VS Code. A switch that nobody knows
// passes, as it may be the app's own; such a feature does unless the binary
// does not have it. At an unknown milestone only that is taken out which harms
// at all of them or which the binary does not have. A native program gets
// nothing.
//
// Filtering is idempotent. The result may share memory with raw.
func Filter(raw Source, host Host, force bool, beside ...Source) (Source, []Decision) {
	f := filter{host: &host, from: raw.Origin, force: force}
	f.scan(&raw, beside)
	out := raw
	out.Switches = each(raw.Switches, f.raw)
	out.EnableFeatures = f.list(enableFeatures, raw.EnableFeatures)
	out.DisableFeatures = f.list(disableFeatures, raw.DisableFeatures)
	out.EnableBlinkFeatures = f.list(enableBlinkFeatures, raw.EnableBlinkFeatures)
	out.DisableBlinkFeatures = f.list(disableBlinkFeatures, raw.DisableBlinkFeatures)
	if host.Runtime == Native {
		out.V8 = each(raw.V8, func(flag string) string { return f.judge(flag, flag, takesNone) })
		if raw.Heap != 0 && f.judge("heap", "heap", takesNone) == "" {
			out.Heap = 0
		}
	}
	return out, f.log
}

const takesNone = "a native program takes no switches of Chromium's"

// filter is the state of one [Filter].
type filter struct {
	host  *Host
	from  Origin
	force bool
	context
	log decisionLog
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
func (f *filter) judge(kept, text, why string) string {
	switch {
	case why == "":
		return kept
	case f.force:
		f.log.add(Changed, text, f.from, "forced, though "+why)
		return kept
	}
	f.log.add(Dropped, text, f.from, why)
	return ""
}

// raw passes one raw switch.
func (f *filter) raw(raw string) string {
	text := unquote(strings.Trim(raw, whitespace))
	name, value, ok := parseSwitch(text)
	if !ok || name == "" {
		return raw
	}
	l := listNamed(name)
	switch {
	case f.host.Runtime == Native:
		return f.judge(raw, text, takesNone)
	case misspelt(text) != "":
		return f.judge(raw, text, misspelt(text))
	case l == jsFlags:
		return raw
	case f.host.VSCode:
		if why := vscodeRefuses(text, name, value); why != "" {
			if f.force && name == strings.TrimLeft(text, "-") { // minimist: an option that it does not know takes the next word
				why += "; without a value it takes the next word for it, be it a folder to open"
			}
			return f.judge(raw, text, why)
		}
	}
	if l == noList {
		return f.single(raw, text, name, value)
	}
	kept := f.entries(l, value)
	switch kept {
	case value:
		return raw
	case "":
		return ""
	}
	return l.String() + "=" + kept
}

// single passes a switch of which one value holds.
func (f *filter) single(raw, text, name, value string) string {
	r := Lookup(name)
	if r == nil {
		if !f.host.VSCode { // whose own list it stands in
			f.log.add(Emitted, text, f.from, "is not a switch of Chromium that electroscope knows, passed on as it is")
		}
		return raw
	}
	if why := f.host.lacks(r); why != "" {
		if r.Option != "" && value != "" && value != "auto" {
			why += "; now it takes " + r.Option + " = \"" + value + "\" under [gpu] in apps.toml"
		}
		return f.judge(raw, text, why)
	}
	return f.uncontested(raw, text, value, r)
}

// list passes the entries of a list switch.
func (f *filter) list(l list, entries []string) []string {
	why := ""
	switch {
	case f.host.Runtime == Native:
		why = takesNone
	case f.host.VSCode:
		why = vscodeRefuses(l.String(), l.String()[2:], "")
	}
	if why == "" {
		return each(entries, func(value string) string { return f.entries(l, value) })
	}
	return each(entries, func(value string) string { return f.judge(value, l.String()+"="+value, why) })
}

// entries passes the names in a value of a list switch. A value of which all
// stays is returned as it was.
func (f *filter) entries(l list, value string) string {
	if l == enableBlinkFeatures || l == disableBlinkFeatures {
		return value // not among the names that are looked for
	}
	kept, n, all := "", 0, 0
	for text := range strings.SplitSeq(value, ",") {
		if text = strings.Trim(text, whitespace); text == "" {
			continue
		}
		all++
		if f.feature(l, text) == "" {
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
func (f *filter) feature(l list, text string) string {
	name, ok := parseFeature(text)
	if !ok {
		return text
	}
	r := Lookup(name)
	if r == nil {
		if f.host.presence(name) == Absent {
			return f.judge(text, text, unknownName)
		}
		return text
	}
	if why := f.host.lacks(r); why != "" {
		return f.judge(text, text, why)
	}
	if l == disableFeatures {
		return text
	}
	return f.uncontested(text, text, "", r)
}

// uncontested passes what no caveat of its row applies to.
func (f *filter) uncontested(raw, text, value string, r *Name) string {
	doubted := false
	for i := range r.Caveats {
		caveat := &r.Caveats[i]
		if !caveat.about(value) || !f.applies(caveat.When) {
			continue
		}
		if caveat.at(f.host.Milestone) {
			verb := ", dropped"
			if f.force {
				verb = ""
			}
			return f.judge(raw, text, caveat.reason(verb))
		}
		if f.host.Milestone == 0 && caveat.Harm && !doubted {
			doubted = true
			f.log.add(Changed, text, f.from, caveat.Why+"; the milestone of this program is unknown, passed on")
		}
	}
	return raw
}
