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

	raw := []chromium.Source{chromium.Lists(wrapperOrigin(chain), append(chain.Before[:len(chain.Before):len(chain.Before)], chain.After...))}
	for _, file := range st.Flags {
		if file.Read {
			raw = append(raw, chromium.Lists(chromium.Origin(file.Path), file.Words))
		} else {
			raw = append(raw, chromium.Source{Origin: chromium.Origin(file.Path), Switches: file.Words})
		}
	}
	raw = append(raw, chromium.Source{
		Origin: "apps.toml", Switches: app.Switches, EnableFeatures: app.EnableFeatures, DisableFeatures: app.DisableFeatures, Heap: app.HeapIn(f.Machine.RAM),
	})
	sources := make([]chromium.Source, 0, len(raw)+1)
	for i, r := range raw {
		beside := append([]chromium.Source{granted}, raw[:i]...)
		screened, said := chromium.Filter(r, host, app.Force, append(beside, raw[i+1:]...)...)
		notes = append(notes, said...)
		if i == len(raw)-1 {
			sources = append(sources, granted) // a raw switch of apps.toml beats a wish
		}
		sources = append(sources, screened)
	}
	argv, said := chromium.Merge(f.Args, sources...)
	return argv, env, toldOnce(notes, said)
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
