package chromium

import (
	"slices"
	"strings"
)

// v8Flag is one flag in the value of --js-flags.
type v8Flag struct {
	text, name string
	origin     Origin
}

// v8Flags is the union of the values of --js-flags.
type v8Flags struct {
	wanted []v8Flag // of the sources, at most one of a name
	given  []string // the user's values, as they were written
}

// want adds the flags in a source's text; an earlier one of the same name goes.
func (v *v8Flags) want(text string, from Origin, log *decisionLog) {
	flags := splitV8(text)
	if len(flags) == 0 && text != "" {
		log.add(Dropped, jsFlags.String()+"="+text, from, "from "+string(from)+", holds no V8 flag: they begin with a dash")
	}
	for _, flag := range flags {
		next := v8Flag{text: flag, name: v8Name(flag), origin: from}
		i := slices.IndexFunc(v.wanted, func(old v8Flag) bool { return old.name == next.name })
		if i < 0 {
			v.wanted = append(v.wanted, next)
			continue
		}
		if old := v.wanted[i]; old.text != next.text {
			log.yields(old.text, old.origin, next.text, from)
		}
		v.wanted[i] = next
	}
}

// give adds a value that the user gave. Of two equal values the later one
// stays, since V8 lets the last flag win.
func (v *v8Flags) give(value string) {
	if value == "" {
		return
	}
	v.given = slices.DeleteFunc(v.given, func(old string) bool { return old == value })
	v.given = append(v.given, value)
}

// yield removes the flags that the user's arguments have too.
func (v *v8Flags) yield(log *decisionLog) {
	if len(v.wanted) == 0 {
		return
	}
	for _, value := range v.given {
		for _, flag := range splitV8(value) {
			name := v8Name(flag)
			i := slices.IndexFunc(v.wanted, func(own v8Flag) bool { return own.name == name })
			if i < 0 {
				continue
			}
			if own := v.wanted[i]; own.text != flag {
				log.yields(own.text, own.origin, flag, Arguments)
			}
			v.wanted = slices.Delete(v.wanted, i, i+1)
		}
	}
}

// String returns the value of the switch: the user's text untouched, ours
// after it. A space separates flags, because Electron's main process
// hands the text to V8 as it is, and only gin also splits it at commas
// (gin/v8_initializer.cc; shell/browser/javascript_environment.cc).
func (v *v8Flags) String() string {
	parts := make([]string, 0, len(v.given)+len(v.wanted))
	parts = append(parts, v.given...)
	for _, flag := range v.wanted {
		parts = append(parts, flag.text)
	}
	return strings.Join(parts, " ")
}

// origins returns the value with the origin of each part.
func (v *v8Flags) origins() string {
	parts := make([]string, 0, len(v.given)+len(v.wanted))
	for _, value := range v.given {
		parts = append(parts, value+" from "+string(Arguments))
	}
	for _, flag := range v.wanted {
		parts = append(parts, flag.text+" from "+string(flag.origin))
	}
	return strings.Join(parts, ", ")
}

// splitV8 takes a value of --js-flags apart into its flags. A word without a
// dash belongs to the flag before it: V8 knows "--stack-size 984".
func splitV8(text string) []string {
	var flags []string
	isBlank := func(r rune) bool { return strings.ContainsRune(whitespace, r) }
	for _, word := range strings.FieldsFunc(strings.ReplaceAll(text, ",-", " -"), isBlank) {
		switch n := len(flags); {
		case word == "-" || word == "--": // no flag for V8 either
		case word[0] == '-':
			flags = append(flags, word)
		case n > 0:
			flags[n-1] += " " + word
		}
	}
	return flags
}

// v8Name returns the name by which V8 knows a flag: one or two dashes, "_" for
// "-" and a negating "no" or "no-" before the name make no difference to it
// (v8/src/flags/flags.cc, SplitArgument and EqualNames).
func v8Name(flag string) string {
	name := strings.TrimPrefix(strings.TrimPrefix(flag, "-"), "-")
	if i := strings.IndexAny(name, "= "); i >= 0 {
		name = name[:i]
	}
	name = strings.ReplaceAll(name, "_", "-")
	if positive, ok := strings.CutPrefix(name, "no"); ok {
		name = strings.TrimPrefix(positive, "-")
	}
	return name
}
