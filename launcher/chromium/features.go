package chromium

import (
	"slices"
	"strings"
)

// feature is one entry of a list of names. Its text is kept as written, its
// name is what Chromium compares.
type feature struct {
	text, name string
	origin     Origin
	value      int // which value of the switch it came from, counted from 1
}

// parseFeature takes an entry of --enable-features apart, which may be as much
// as "*Name<Trial.Group:param/value", and returns its bare name (base/feature_list.cc,
// ParseEnableFeatureString and RegisterOverridesFromCommandLine). It reports
// false if Chromium cannot do the same; such an entry is like no feature, and its
// name is its text after a NUL, which no feature's name has.
func parseFeature(text string) (name string, ok bool) {
	head, params, _ := strings.Cut(text, ":")
	head, group, _ := strings.Cut(head, ".")
	name, trial, _ := strings.Cut(strings.TrimPrefix(head, "*"), "<")
	if name == "" || strings.Contains(params, ":") || strings.Contains(group, ".") || strings.Contains(trial, "<") ||
		strings.IndexByte(text, 0) >= 0 { // execve(2)
		return "\x00" + text, false
	}
	return name, true
}

// features is the union of the values of one list switch.
type features struct {
	all    []feature
	at     map[string]int // name -> index in all
	values int            // how many values went in
	wanted bool           // one of them came from a source
}

// want adds the entries of a source, which count as one value.
func (f *features) want(entries []string, from Origin, log *decisionLog) {
	if len(entries) == 0 {
		return
	}
	f.values++
	f.all = slices.Grow(f.all, len(entries))
	for _, value := range entries {
		for text := range strings.SplitSeq(value, ",") {
			text = strings.Trim(text, whitespace)
			name, ok := parseFeature(text)
			switch {
			case ok:
				f.add(feature{text: text, name: name, origin: from, value: f.values}, log)
				f.wanted = true
			case text != "":
				// Seen with Chromium 156: for one "A:b:c" nothing in the list is enabled.
				log.add(Dropped, text, from, "from "+string(from)+", is not of the form Name<Trial.Group:param/value, and would void the whole list")
			}
		}
	}
}

// give adds a value that the user gave, be it well-formed or not.
func (f *features) give(value string, log *decisionLog) {
	f.values++
	for text := range strings.SplitSeq(value, ",") {
		if text = strings.Trim(text, whitespace); text != "" {
			name, _ := parseFeature(text)
			f.add(feature{text: text, name: name, origin: Arguments, value: f.values}, log)
		}
	}
}

// add adds one entry. Within a value the first entry of a name wins, as in
// Chromium; against an earlier value the entry takes the place of the earlier
// one, since whoever comes later knows better.
func (f *features) add(next feature, log *decisionLog) {
	i, known := f.at[next.name]
	if !known {
		if f.at == nil {
			f.at = make(map[string]int)
		}
		f.at[next.name] = len(f.all)
		f.all = append(f.all, next)
		return
	}
	if old := f.all[i]; old.value != next.value && old.text != next.text {
		log.yields(old.text, old.origin, next.text, next.origin)
		f.all[i] = next
	}
}

// find returns the entry of that name.
func (f *features) find(name string) (feature, bool) {
	i, ok := f.at[name]
	if !ok {
		return feature{}, false
	}
	return f.all[i], true
}

// without removes the entries whose names are in off, each with a note, and
// reports whether there were any.
func (f *features) without(off *features, log *decisionLog) bool {
	kept := f.all[:0]
	for _, on := range f.all {
		if by, ok := off.find(on.name); ok {
			log.add(Dropped, enableFeatures.String()+"="+on.text, on.origin,
				"from "+string(on.origin)+", disabled by "+string(by.origin)+", and disabling wins")
			continue
		}
		kept = append(kept, on)
	}
	removed := len(kept) < len(f.all)
	f.all, f.at = kept, nil
	return removed
}

// String returns the value of the switch.
func (f *features) String() string {
	var b strings.Builder
	b.Grow(32 * len(f.all)) // most names are shorter
	for i, one := range f.all {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(one.text)
	}
	return b.String()
}

// origins returns the value with the origin of each part: "A,B from apps.toml,
// C from the arguments".
func (f *features) origins() string {
	var b strings.Builder
	b.Grow(64 * len(f.all))
	for i, one := range f.all {
		if i > 0 {
			if before := f.all[i-1].origin; before != one.origin {
				b.WriteString(" from ")
				b.WriteString(string(before))
				b.WriteString(", ")
			} else {
				b.WriteByte(',')
			}
		}
		b.WriteString(one.text)
	}
	if n := len(f.all); n > 0 {
		b.WriteString(" from ")
		b.WriteString(string(f.all[n-1].origin))
	}
	return b.String()
}
