package plan

import (
	"cmp"
	"slices"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
)

// A selection is which of the switches asked for a program is given.
type selection uint8

const (
	nothing    selection = iota
	literal              // those that the user's own apps.toml spells out, and its heap
	everything           // also options, flags files, and what the shipped catalogue has
)

// takes decides it. A parser that does not know a switch may refuse to start:
// so a program that was seen to be no Chromium gets none, whatever apps.toml
// calls it, and one that could not be examined gets what the user vouches for.
func (f Facts) takes(app catalog.App, st SwitchFacts) (selection, []Note) {
	switch seen := st.Engine.Runtime; {
	case app.Runtime == chromium.Native:
		return nothing, nil
	case st.Forwards:
		return nothing, []Note{{Text: "it hands its arguments to an editor that runs already, and gets no switches"}}
	case slices.ContainsFunc(f.Args, isAppImageOption):
		return nothing, []Note{{Text: "an AppImage looks for its own option before all others: it gets no switches beside it"}}
	case seen == chromium.Native:
		return nothing, []Note{{Text: "runtime = \"" + string(app.Runtime) + "\", but " + cmp.Or(f.Program.Chain.Program, f.Program.Path) + " is not built on Chromium: it gets no switches"}}
	case seen != "" || f.SetByUser("runtime"):
		return everything, nil
	}
	unknown := "what " + f.Program.Path + " starts could not be examined"
	if st.Engine.AppImage {
		unknown = cmp.Or(f.Program.Chain.Program, f.Program.Path) + " is an AppImage, whose content is not read"
	}
	return literal, []Note{{
		Text:   unknown + ": it gets the heap, switches and features that your own apps.toml spells out, and no others",
		Remedy: "if it is built on Chromium: runtime = \"" + string(app.Runtime) + "\" in your apps.toml",
	}}
}

// isAppImageOption reports whether an argument is one of the AppImage runtime's own,
// which it heeds only if it is the first that begins with -- (type2-runtime, runtime.c).
func isAppImageOption(arg string) bool { return strings.HasPrefix(arg, "--appimage-") }

// of leaves out settings that are not given. What byUser does not say to be the
// user's is the shipped catalogue's, which does not know what a name leads to here.
func (t selection) of(s catalog.Settings, byUser func(key string) bool) catalog.Settings {
	if t != literal {
		return s
	}
	s.App.GPU, s.GPU, s.ByGPU = catalog.GPU{}, catalog.GPU{}, nil
	if !byUser("heap") {
		s.App.Heap = 0
	}
	for key, list := range map[string]*[]string{
		"switches": &s.App.Switches, "enable-features": &s.App.EnableFeatures, "disable-features": &s.App.DisableFeatures,
	} {
		if !byUser(key) {
			*list = nil
		}
	}
	return s
}

// from leaves out sources that are not given. The lists of a file that a wrapper
// reads are still united with.
func (t selection) from(st SwitchFacts) SwitchFacts {
	if t == literal {
		st.Flags = slices.DeleteFunc(slices.Clone(st.Flags), func(file FlagsFile) bool { return !file.Read })
	}
	return st
}
