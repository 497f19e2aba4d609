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
	app, chain := s.App, f.Program.Chain
	host := st.host(app.Runtime)
	granted, env, notes := chromium.Translate(wishes(s.GPUFor(st.vendor())), host)

	wrapping := wrappingOf(chain, st.Flags)
	theirs := wrapping.Lists(ownSources(st, app, f, granted), f.Args)
	own := ownSources(st, app, f, chromium.Source{})[1:]
	sources := make([]chromium.Source, 0, len(theirs)+len(own)+1)
	raw := slices.Concat(theirs, own)
	for i, r := range raw {
		beside := append([]chromium.Source{granted}, raw[:i]...)
		screened, said := chromium.Filter(r, host, app.Force, append(beside, raw[i+1:]...)...)
		notes = append(notes, said...)
		if i == len(raw)-1 {
			granted, said = wrapping.Beside(granted, f.Args)
			notes = append(notes, said...)
			sources = append(sources, granted) // a raw switch of apps.toml beats a wish
		}
		if i >= len(theirs) {
			screened, said = wrapping.Beside(screened, f.Args)
			notes = append(notes, said...)
		}
		sources = append(sources, screened)
	}
	notes = append(notes, wrapping.Given(f.Args)...)
	notes = append(notes, wrapping.Misspelt()...)
	merge := chromium.Merge
	if st.VSCode {
		merge = chromium.MergeBefore
	}
	argv, said := merge(f.Args, sources...)
	return argv, env, toldOnce(notes, said)
}

// ownSources are those whose switches a launch adds: wishes, flags files that no
// wrapper reads, apps.toml.
func ownSources(st SwitchFacts, app catalog.App, f Facts, granted chromium.Source) []chromium.Source {
	own := []chromium.Source{granted}
	for _, file := range st.Flags {
		if !file.Read {
			own = append(own, chromium.Source{Origin: chromium.Origin(file.Path), Switches: file.Words})
		}
	}
	return append(own, chromium.Source{
		Origin: "apps.toml", Switches: app.Switches, EnableFeatures: app.EnableFeatures, DisableFeatures: app.DisableFeatures, Heap: app.HeapIn(f.Machine.RAM),
	})
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
		if n.Outcome == chromium.Emitted && (n.Origin == fromWishes || slices.ContainsFunc(notes, passed)) {
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

// fromWishes is the origin of what wishes become.
const fromWishes chromium.Origin = "[gpu]"

func wishes(g catalog.GPU) chromium.GPUOptions {
	return chromium.GPUOptions{
		Origin:          fromWishes,
		VideoDecode:     wish(g.VideoDecode),
		VideoEncode:     wish(g.VideoEncode),
		Raster:          wish(g.Raster),
		ZeroCopy:        wish(g.ZeroCopy),
		IgnoreBlocklist: wish(g.IgnoreBlocklist),
		Backend:         chromium.Backend(g.Backend),
		Ozone:           chromium.Ozone(g.Ozone),
	}
}

func wish(b *bool) chromium.Choice {
	switch {
	case b == nil:
		return chromium.Unset
	case *b:
		return chromium.On
	}
	return chromium.Off
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
