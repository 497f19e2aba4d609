package launcher

import (
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/engine"
	"electroscope/launcher/machine"
	"electroscope/launcher/wrapper"
)

// A stage is what an app's switches depend on, beside its settings.
type stage struct {
	knowledge engine.Knowledge
	graphics  machine.Graphics
	display   machine.Display
	flags     []flagsFile
	vscode    bool
	forwards  bool   // what runs hands its arguments on, to an editor that runs already
	ram       uint64 // bytes
}

// setStage reads what the switches of an app depend on. A native program takes
// none, so nothing is read for it.
func setStage(w World, app catalog.App, chain wrapper.Chain, m machine.Machine) stage {
	if app.Runtime == catalog.Native {
		return stage{}
	}
	s := stage{
		knowledge: examine(w, chain),
		graphics:  machine.ReadGraphics(w.Root, w.Getenv("LIBVA_DRIVERS_PATH")),
		display:   machine.ReadDisplay(w.Getenv),
		vscode:    isVSCode(chain),
		forwards:  forwards(chain, w.Getenv),
		ram:       m.RAM,
	}
	s.flags = flagsFiles(w, app, s.knowledge, chain)
	return s
}

// isVSCode tells the family by its command line script, or by the folder of
// its own code beside the program.
func isVSCode(chain wrapper.Chain) bool {
	if chain.RunAsNode {
		return true
	}
	found, _ := filepath.Glob(filepath.Join(filepath.Dir(chain.Program), "resources/app/out/vs"))
	return chain.Program != "" && len(found) > 0
}

// forwards reports whether the program is VS Code's command line for the editor in
// whose terminal it was typed: in a remote terminal it is found on PATH, and the
// desktop's own script forwards to it (src/vs/server/node/server.cli.ts and
// resources/linux/bin/code.sh). It knows no switches, and warns of each.
func forwards(chain wrapper.Chain, getenv func(string) string) bool {
	remote := func(path string) bool { return strings.Contains(path, "/remote-cli/") }
	if slices.ContainsFunc(chain.Scripts, remote) {
		return true
	}
	if getenv("VSCODE_IPC_HOOK_CLI") == "" && getenv("VSCODE_CLIENT_COMMAND") == "" {
		return false
	}
	return isVSCode(chain) || slices.ContainsFunc(chain.Scripts, func(path string) bool {
		real, err := filepath.EvalSymlinks(path)
		return err == nil && remote(real)
	})
}

// scene is the stage in the words of package chromium.
func (s stage) scene(runtime catalog.Runtime) chromium.Scene {
	return chromium.Scene{
		Runtime:     chromium.Runtime(runtime),
		Milestone:   s.knowledge.Milestone,
		VSCode:      s.vscode,
		Knows:       knows(s.knowledge),
		GPU:         chromium.GPU{Vendor: s.graphics.Vendor, Driver: s.graphics.Driver, VADriver: s.graphics.VADriver != ""},
		X11:         s.display.X11,
		Wayland:     s.display.Wayland,
		SessionType: s.display.SessionType,
	}
}

// vendor is whose table of wishes counts. nouveau is not what [gpu.nvidia] is
// written for: it is on Chromium's list of bad drivers.
func (s stage) vendor() string {
	if s.graphics.Driver == "nouveau" {
		return "nouveau"
	}
	return s.graphics.Vendor
}

// switches merges what the wrapper, flags files, wishes and apps.toml ask for
// with the user's arguments. It is pure.
func switches(s catalog.Settings, st stage, chain wrapper.Chain, args []string) (argv, env []string, notes []chromium.Note) {
	app := s.App
	scene := st.scene(app.Runtime)
	granted, env, notes := chromium.Grant(wishes(s.Wishes(st.vendor())), scene)

	raw := []chromium.Wants{chromium.Lists(wrapperOrigin(chain), append(chain.Before[:len(chain.Before):len(chain.Before)], chain.After...))}
	for _, f := range st.flags {
		if f.read {
			raw = append(raw, chromium.Lists(chromium.Origin(f.path), f.words))
		} else {
			raw = append(raw, chromium.Wants{Origin: chromium.Origin(f.path), Switches: f.words})
		}
	}
	raw = append(raw, chromium.Wants{
		Origin: "apps.toml", Switches: app.Switches, EnableFeatures: app.EnableFeatures, DisableFeatures: app.DisableFeatures, Heap: app.HeapIn(st.ram),
	})
	sources := make([]chromium.Wants, 0, len(raw)+1)
	for i, r := range raw {
		beside := append([]chromium.Wants{granted}, raw[:i]...)
		screened, said := chromium.Screen(r, scene, app.Force, append(beside, raw[i+1:]...)...)
		notes = append(notes, said...)
		if i == len(raw)-1 {
			sources = append(sources, granted) // a raw switch of apps.toml beats a wish
		}
		sources = append(sources, screened)
	}
	argv, said := chromium.Merge(args, sources...)
	return argv, env, toldOnce(notes, said)
}

// toldOnce appends the notes of the merge. What it adds need not be told where
// the wish or the doubt about the switch was; what it leaves out was not passed
// on after all.
func toldOnce(notes, merged []chromium.Note) []chromium.Note {
	for _, n := range merged {
		passed := func(o chromium.Note) bool {
			return o.Kind == chromium.Emitted && o.Switch == n.Switch && o.Origin == n.Origin
		}
		if n.Kind == chromium.Emitted && (n.Origin == fromWishes || slices.ContainsFunc(notes, passed)) {
			continue
		}
		if n.Kind == chromium.Dropped {
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

func wishes(g catalog.GPU) chromium.Wishes {
	return chromium.Wishes{
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

func wish(b *bool) chromium.Wish {
	switch {
	case b == nil:
		return chromium.Unset
	case *b:
		return chromium.On
	}
	return chromium.Off
}
