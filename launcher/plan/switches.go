package plan

import (
	"slices"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/engine"
	"electroscope/launcher/wrapper"
)

// host is what the switches depend on, as package chromium takes it.
func (s SwitchFacts) host(runtime chromium.Runtime) chromium.Host {
	return chromium.Host{
		Runtime:     runtime,
		Milestone:   s.Engine.Milestone,
		VSCode:      s.VSCode,
		Knows:       knows(s.Engine),
		GPU:         chromium.GPU{Vendor: s.Graphics.Vendor, Driver: s.Graphics.Driver, VADriver: s.Graphics.VADriver != ""},
		X11:         s.Display.X11,
		Wayland:     s.Display.Wayland,
		SessionType: s.Display.SessionType,
	}
}

// switches merges what the wrapper, flags files, wishes and apps.toml ask for
// with the user's arguments. It is pure.
func switches(s catalog.Settings, st SwitchFacts, f Facts) (argv, env []string, notes []chromium.Decision) {
	app := s.App
	host := st.host(app.Runtime)
	wrapping := wrappingOf(f.Program.Chain, st.Flags)
	files, toml := flagsSources(st), tomlSource(app, f)
	typed := chromium.Source{Origin: chromium.Arguments, Switches: f.Args}

	options, notes := wishes(s.GPUTables(st.vendor())).Weigh(host, wrapping.Standing, typed, toml)
	granted, env, said := chromium.Translate(options, host)
	notes = append(notes, said...)
	for i, file := range files {
		files[i], said = options.Overrule(file, host)
		notes = append(notes, said...)
	}
	own := slices.Concat(granted, files, []chromium.Source{toml})
	theirs := wrapping.Lists(own, f.Args)

	raw := slices.Concat(theirs, files, []chromium.Source{toml})
	screened := make([]chromium.Source, len(raw))
	for i, r := range raw {
		screened[i], said = chromium.Filter(r, host, app.Force, slices.Concat(granted, raw[:i], raw[i+1:])...)
		notes = append(notes, said...)
	}
	theirs, files, toml = screened[:len(theirs)], screened[len(theirs):len(raw)-1], screened[len(raw)-1]
	// Rising precedence: a wish beats a flags file, a raw switch of apps.toml beats a wish.
	ours := slices.Concat(files, granted, []chromium.Source{toml})
	for i, o := range ours {
		left, said := wrapping.Beside(o, f.Args)
		notes = append(notes, said...)
		ours[i] = left
	}
	notes = append(notes, wrapping.Given(f.Args)...)
	notes = append(notes, wrapping.Misspelt()...)
	merge := chromium.Merge
	if st.VSCode {
		merge = chromium.MergeBefore
	}
	argv, said = merge(f.Args, slices.Concat(theirs, ours)...)
	return argv, env, toldOnce(notes, said)
}

// flagsSources are the flags files that no wrapper reads, whose switches a launch adds.
func flagsSources(st SwitchFacts) []chromium.Source {
	var files []chromium.Source
	for _, file := range st.Flags {
		if !file.Read {
			files = append(files, chromium.Source{Origin: chromium.Origin(file.Path), Switches: file.Words})
		}
	}
	return files
}

// tomlSource is what apps.toml spells out.
func tomlSource(app catalog.App, f Facts) chromium.Source {
	return chromium.Source{
		Origin: "apps.toml", Switches: app.Switches, EnableFeatures: app.EnableFeatures, DisableFeatures: app.DisableFeatures, Heap: app.HeapIn(f.Machine.RAM),
	}
}

// wrappingOf is what the wrappers of a chain put on the command line, the flags
// files that they read included. Where such a file is only named by a wrapper,
// it is not known on which side its words stand.
func wrappingOf(chain wrapper.Chain, files []FlagsFile) chromium.Wrapping {
	origin := wrapperOrigin(chain)
	var w chromium.Wrapping
	add := func(origin chromium.Origin, words []string, behind, may bool) {
		if len(words) > 0 {
			w.Standing = append(w.Standing, chromium.Standing{Origin: origin, Words: words, Behind: behind, May: may})
		}
	}
	add(origin, chain.Before.Known, false, false)
	add(origin, chain.Before.May, false, true)
	add(origin, chain.After.Known, true, false)
	add(origin, chain.After.May, true, true)
	for _, file := range files {
		before, behind := slices.Contains(chain.Before.Files, file.Path), slices.Contains(chain.After.Files, file.Path)
		if !file.Read {
			continue
		}
		if before || !behind {
			add(chromium.Origin(file.Path), file.Words, false, false)
		}
		if behind || !before {
			add(chromium.Origin(file.Path), file.Words, true, !behind)
		}
	}
	if chain.Before.Unknown {
		w.Unknown = origin
	}
	if chain.After.Unknown {
		w.UnknownBehind = origin
	}
	return w
}

// toldOnce appends the notes of the merge. What it adds need not be told where
// the wish or the doubt about the switch was; what it leaves out was not passed
// on after all.
func toldOnce(notes, merged []chromium.Decision) []chromium.Decision {
	for _, n := range merged {
		passed := func(o chromium.Decision) bool {
			return o.Outcome == chromium.Emitted && o.Switch == n.Switch && o.Origin == n.Origin
		}
		if n.Outcome == chromium.Emitted && (isWish(n.Origin) || slices.ContainsFunc(notes, passed)) {
			continue
		}
		if n.Outcome == chromium.Dropped {
			notes = slices.DeleteFunc(notes, passed)
		}
		notes = append(notes, n)
	}
	return notes
}

func wrapperOrigin(chain wrapper.Chain) chromium.Origin {
	if len(chain.Scripts) == 0 {
		return "the wrapper"
	}
	return chromium.Origin("the wrapper " + chain.Scripts[len(chain.Scripts)-1])
}

// knows answers for a binary whose literals were examined; a name that was not
// looked for stays unknown.
func knows(k engine.Knowledge) func(string) chromium.Presence {
	if k.Milestone == 0 {
		return nil
	}
	asked := map[string]bool{}
	for _, name := range chromium.Names() {
		asked[name] = true
	}
	return func(name string) chromium.Presence {
		switch {
		case k.Knows(name):
			return chromium.Present
		case asked[name]:
			return chromium.Absent
		}
		return chromium.Unknown
	}
}
