package plan

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/engine"
	"electroscope/launcher/machine"
	"electroscope/launcher/program"
	"electroscope/launcher/wrapper"
)

// electron43 knows all that Chromium 150 does, and runs on X11.
func electron43() SwitchFacts { return electronOf(150) }

func electronOf(milestone int) SwitchFacts {
	s := SwitchFacts{
		Engine:   engine.Knowledge{Engine: engine.Engine{Runtime: chromium.Electron, Milestone: milestone}},
		Graphics: machine.Graphics{Vendor: "intel", Driver: "i915"},
		Display:  machine.Display{X11: true, SessionType: "x11"},
	}
	for _, name := range chromium.Names() {
		r := chromium.Lookup(name)
		if r.Of == chromium.Electron || r.At(milestone) == chromium.Present {
			s.Engine.Known = append(s.Engine.Known, r.Name)
		}
	}
	return s
}

func electronApp(change func(*catalog.App)) catalog.Settings {
	s := catalog.Settings{App: catalog.App{Key: "chat", ID: "chat", Runtime: chromium.Electron}}
	if change != nil {
		change(&s.App)
	}
	return s
}

func TestSwitches(t *testing.T) {
	yes, no := true, false
	wrapped := wrapper.Chain{
		Scripts: []string{"/bin/chat", "/bin/inner"}, Program: "/lib/chat", Execs: true,
		Before: wrapper.Words{Known: []string{"/share/app.asar", "--ozone-platform-hint=auto", "--enable-features=WaylandWindowDecorations"}},
	}
	vscode := func() SwitchFacts { s := electron43(); s.VSCode = true; return s }
	withFile := func(read bool, words ...string) SwitchFacts {
		s := electron43()
		s.Flags = []FlagsFile{{Path: "/home/u/.config/chat-flags.conf", Words: words, Read: read}}
		return s
	}
	for _, test := range []struct {
		name     string
		settings catalog.Settings
		facts    SwitchFacts
		chain    wrapper.Chain
		args     []string
		want     []string
		notes    []string // among others
	}{
		{
			name:  "nothing asked for, nothing done",
			facts: electron43(), args: []string{"--enable-features=A", "--", "--enable-features=B"},
			want: []string{"--enable-features=A", "--", "--enable-features=B"},
		},
		{
			name:  "the wrapper's list and the user's, which would replace it",
			facts: electron43(), chain: wrapped, args: []string{"--enable-features=A"},
			want:  []string{"--enable-features=WaylandWindowDecorations,A"},
			notes: []string{"--enable-features: WaylandWindowDecorations from the wrapper /bin/inner, A from the arguments"},
		},
		{
			name:  "words of the wrapper behind the user's",
			facts: electron43(), chain: wrapper.Chain{Program: "/lib/chat", After: wrapper.Words{Known: []string{"--disable-features=B", "--foo"}}},
			args:  []string{"--disable-features=A"},
			want:  []string{"--disable-features=A"},
			notes: []string{"--disable-features=A: from the arguments, does not hold: --disable-features=B from the wrapper stands last"},
		},
		{
			name:     "words behind the user's: theirs hold, and so it is said",
			settings: electronApp(func(a *catalog.App) { a.EnableFeatures, a.GPU.Ozone = []string{"Ours"}, "x11" }),
			facts:    electron43(), chain: wrapper.Chain{Program: "/lib/chat", After: wrapper.Words{Known: []string{"--enable-features=B", "--ozone-platform=wayland"}}},
			want: nil,
			notes: []string{
				"--enable-features=Ours: from apps.toml, does not hold: --enable-features=B from the wrapper stands last",
				"--ozone-platform=x11: from [apps.chat.gpu], does not hold: --ozone-platform=wayland from the wrapper stands last",
			},
		},
		{
			name:     "what cannot be seen of the wrapper may be a list: none of ours replaces it",
			settings: electronApp(func(a *catalog.App) { a.EnableFeatures, a.Switches = []string{"Ours"}, []string{"--use-angle=gl"} }),
			facts:    electron43(), chain: wrapper.Chain{Program: "/lib/chat", Before: wrapper.Words{Unknown: true}},
			want:  []string{"--use-angle=gl"},
			notes: []string{"--enable-features=Ours: from apps.toml, would replace a list of the app's own: what the wrapper gives cannot be seen"},
		},
		{
			name:     "what only may stand there is enabled, and disables nothing",
			settings: electronApp(func(a *catalog.App) { a.EnableFeatures = []string{"Ours"} }),
			facts:    electron43(), chain: wrapper.Chain{Program: "/lib/chat", Before: wrapper.Words{May: []string{"--enable-features=B", "--disable-features=Ours"}}},
			want: []string{"--enable-features=B,Ours"},
		},
		{
			name: "wrapper, wish, apps.toml and user in one list; disabling wins",
			settings: catalog.Settings{App: catalog.App{
				Runtime: chromium.Electron, GPU: catalog.GPU{VideoEncode: &yes},
				EnableFeatures: []string{"MyFeature"}, DisableFeatures: []string{"Bad"},
			}},
			facts: electron43(), chain: wrapped, args: []string{"x", "--enable-features=Bad,A", "y"},
			want: []string{"x", "--enable-features=WaylandWindowDecorations,AcceleratedVideoEncoder,MyFeature,A", "y", "--disable-features=Bad"},
			notes: []string{
				"video-encode: --enable-features=AcceleratedVideoEncoder",
				"--enable-features=Bad: from the arguments, disabled by apps.toml, and disabling wins",
			},
		},
		{
			name:     "a flags file that nobody else reads",
			settings: electronApp(nil),
			facts:    withFile(false, "--ozone-platform=x11", "--ozone-platform-hint=auto", "--enable-features=Vulkan,AcceleratedVideoEncoder"),
			want:     []string{"--ozone-platform=x11", "--enable-features=AcceleratedVideoEncoder"},
			notes: []string{
				"--ozone-platform=x11: from /home/u/.config/chat-flags.conf",
				"--ozone-platform-hint=auto: this binary does not know it",
				"--enable-features: AcceleratedVideoEncoder from /home/u/.config/chat-flags.conf",
			},
		},
		{
			name:     "a flags file that the wrapper reads: only its lists",
			settings: electronApp(nil),
			facts:    withFile(true, "--ozone-platform=x11", "--enable-features=AcceleratedVideoEncoder", "--js-flags=--expose-gc"),
			args:     []string{"--js-flags=--stack-size=984"},
			want:     []string{"--js-flags=--stack-size=984 --expose-gc", "--enable-features=AcceleratedVideoEncoder"},
		},
		{
			name:     "a wish beats a flags file",
			settings: electronApp(func(a *catalog.App) { a.GPU.Ozone = "x11" }),
			facts: func() SwitchFacts {
				s := withFile(false, "--ozone-platform=wayland")
				s.Display.Wayland = true
				return s
			}(),
			want:  []string{"--ozone-platform=x11"},
			notes: []string{"--ozone-platform=wayland: from /home/u/.config/chat-flags.conf, gives way to --ozone-platform=x11 from [apps.chat.gpu]"},
		},
		{
			name: "a wish of false beats a flags file too",
			settings: electronApp(func(a *catalog.App) {
				a.GPU = catalog.GPU{ZeroCopy: &no, IgnoreBlocklist: &no, VideoEncode: &no, Raster: &yes}
			}),
			facts: withFile(false, "--enable-zero-copy", "--ignore-gpu-blocklist", "--enable-features=AcceleratedVideoEncoder", "--disable-gpu-rasterization"),
			want:  nil,
			notes: []string{
				"--enable-zero-copy: from /home/u/.config/chat-flags.conf, gives way to zero-copy=off from [apps.chat.gpu]",
				"--ignore-gpu-blocklist: from /home/u/.config/chat-flags.conf, gives way to ignore-blocklist=off from [apps.chat.gpu]",
				"AcceleratedVideoEncoder: from /home/u/.config/chat-flags.conf, gives way to video-encode=off from [apps.chat.gpu]",
				"--disable-gpu-rasterization: from /home/u/.config/chat-flags.conf, gives way to raster from [apps.chat.gpu]",
			},
		},
		{
			name:     "and from a wrapper it cannot be taken: only features can be switched off",
			settings: electronApp(func(a *catalog.App) { a.GPU = catalog.GPU{ZeroCopy: &no, VideoEncode: &no} }),
			facts:    withFile(true, "--enable-zero-copy", "--enable-features=AcceleratedVideoEncoder", "--lang=“de”"),
			want:     []string{"--disable-features=AcceleratedVideoEncoder"},
			notes: []string{
				"zero-copy=off: from [apps.chat.gpu], does not hold: --enable-zero-copy from /home/u/.config/chat-flags.conf stands beside it",
				"--lang=“de”: keeps its quotes: they are typographic, and no shell takes those off",
			},
		},
		{
			name:     "apps.toml beats a wish",
			settings: electronApp(func(a *catalog.App) { a.GPU.Backend, a.Switches = "gl", []string{"--use-angle=gles-egl"} }),
			facts:    electron43(),
			want:     []string{"--use-angle=gles-egl"},
			notes:    []string{"--use-angle=gl: from [apps.chat.gpu], gives way to --use-angle=gles-egl from apps.toml"},
		},
		{
			name:     "the user beats them all, also with what apps.toml may not say",
			settings: electronApp(func(a *catalog.App) { a.GPU.Backend, a.Switches = "gl", []string{"--use-angle=gles-egl"} }),
			facts:    electron43(), args: []string{"--use-angle=vulkan", "--use-gl=desktop"},
			want:  []string{"--use-angle=vulkan", "--use-gl=desktop"},
			notes: []string{"--use-angle=gles-egl: from apps.toml, gives way to --use-angle=vulkan from the arguments"},
		},
		{
			name: "the list of docs/plan.md",
			settings: electronApp(func(a *catalog.App) {
				a.Switches = []string{
					"--use-gl=desktop", "--enable-features=VaapiVideoDecoder,VaapiIgnoreDriverChecks,Vulkan,CanvasOopRasterization",
					"--enable-gpu-rasterization", "--enable-zero-copy", "--ignore-gpu-blocklist", "--ozone-platform=x11",
					"--enable-hardware-overlays", "--enable-native-gpu-memory-buffers", "--js-flags='--max-old-space-size=1024'",
				}
			}),
			facts: electron43(),
			want: []string{
				"--enable-gpu-rasterization", "--enable-zero-copy", "--ignore-gpu-blocklist", "--ozone-platform=x11", "--js-flags=--max-old-space-size=1024",
			},
			notes: []string{
				"--use-gl=desktop: refused since 112, dropped: the GPU process would end, and software would draw",
				"CanvasOopRasterization: this binary does not know it",
			},
		},
		{
			name: "Vulkan beside a wish to decode",
			settings: electronApp(func(a *catalog.App) {
				a.GPU.VideoDecode, a.EnableFeatures = &yes, []string{"Vulkan"}
			}),
			facts: electronOf(140),
			want:  []string{"--enable-features=AcceleratedVideoDecodeLinuxGL"},
			notes: []string{"Vulkan: refused together with video decoding, dropped: without VulkanFromANGLE and DefaultANGLEVulkan it decodes in software"},
		},
		{
			name:     "Vulkan beside a wish to decode in a flags file, by a name that is gone",
			settings: electronApp(func(a *catalog.App) { a.EnableFeatures = []string{"Vulkan"} }),
			facts: func() SwitchFacts {
				s := electronOf(140)
				s.Flags = []FlagsFile{{Path: "/home/u/.config/chat-flags.conf", Words: []string{"--enable-features=VaapiVideoDecodeLinuxGL"}}}
				return s
			}(),
			want:  nil,
			notes: []string{"Vulkan: refused together with video decoding, dropped: without VulkanFromANGLE and DefaultANGLEVulkan it decodes in software"},
		},
		{
			name: "forced",
			settings: electronApp(func(a *catalog.App) {
				a.Switches, a.EnableFeatures, a.Force = []string{"--use-gl=desktop"}, []string{"CanvasOopRasterization"}, true
			}),
			facts: electron43(),
			want:  []string{"--use-gl=desktop", "--enable-features=CanvasOopRasterization"},
			notes: []string{"CanvasOopRasterization: forced, though this binary does not know it"},
		},
		{
			name:     "heap beside the user's V8 flags",
			settings: electronApp(func(a *catalog.App) { a.Heap = 1 << 30 }),
			facts:    electron43(), args: []string{"--js-flags=--expose-gc", "--js-flags=--stack-size=984"},
			want: []string{"--js-flags=--expose-gc --stack-size=984 --max-old-space-size=1024"},
		},
		{
			name:     "the user's own heap",
			settings: electronApp(func(a *catalog.App) { a.Heap = 1 << 30 }),
			facts:    electron43(), args: []string{"--js-flags=--max_old_space_size=512"},
			want:  []string{"--js-flags=--max_old_space_size=512"},
			notes: []string{"--max-old-space-size=1024: from apps.toml, gives way to --max_old_space_size=512 from the arguments"},
		},
		{
			name:     "a heap above V8's cage",
			settings: electronApp(func(a *catalog.App) { a.Heap = 8 << 30 }),
			facts:    electron43(),
			want:     []string{"--js-flags=--max-old-space-size=4096"},
			notes:    []string{"--max-old-space-size=8192: from apps.toml, lowered to 4096: V8's heaps share a cage of 4 GB"},
		},
		{
			name:     "a link for a running app: the URL stays, and nothing follows it",
			settings: electronApp(func(a *catalog.App) { a.Heap, a.EnableFeatures = 1<<30, []string{"AcceleratedVideoEncoder"} }),
			facts:    electron43(), args: []string{"--url", "--", "discord://-/channels/@me"},
			want: []string{"--url", "--enable-features=AcceleratedVideoEncoder", "--js-flags=--max-old-space-size=1024", "--", "discord://-/channels/@me"},
		},
		{
			name:     "a bare URL",
			settings: electronApp(func(a *catalog.App) { a.Heap, a.Switches = 1<<30, []string{"--enable-zero-copy"} }),
			facts:    electron43(), args: []string{"discord://-/invite/x"},
			want: []string{"--enable-zero-copy", "--js-flags=--max-old-space-size=1024", "discord://-/invite/x"},
		},
		{
			name: "VS Code: no features, and what its parser does not know neither",
			settings: electronApp(func(a *catalog.App) {
				a.Heap, a.EnableFeatures, a.Switches = 2<<30, []string{"AcceleratedVideoEncoder"}, []string{"--enable-zero-copy", "--disable-gpu", "--locale"}
			}),
			facts: vscode(), args: []string{"tunnel", "--name", "x"},
			want: []string{"--disable-gpu", "--js-flags=--max-old-space-size=2048", "tunnel", "--name", "x"},
			notes: []string{
				"--enable-zero-copy: VS Code does not know --enable-zero-copy and would print a warning",
				"--locale: without a value, as in --locale=x, VS Code takes the next word for it",
			},
		},
		{
			name:     "VS Code waits for a file",
			settings: electronApp(func(a *catalog.App) { a.Heap = 2 << 30 }),
			facts:    vscode(), args: []string{"--wait", "COMMIT_EDITMSG", "--goto", "a.go:3"},
			want: []string{"--js-flags=--max-old-space-size=2048", "--wait", "COMMIT_EDITMSG", "--goto", "a.go:3"},
		},
		{
			name: "no milestone: what goes with any",
			settings: electronApp(func(a *catalog.App) {
				a.GPU = catalog.GPU{VideoDecode: &yes, ZeroCopy: &yes, Backend: "gl"}
				a.Heap, a.Switches = 1<<30, []string{"--use-gl=desktop", "--ozone-platform=auto", "--ignore-gpu-blocklist"}
			}),
			facts: SwitchFacts{Graphics: machine.Graphics{Vendor: "intel"}, Display: machine.Display{X11: true}},
			want:  []string{"--enable-zero-copy", "--use-gl=desktop", "--ignore-gpu-blocklist", "--js-flags=--max-old-space-size=1024"},
			notes: []string{
				"video-decode: the milestone of this program is unknown, left out",
				"backend=gl: the milestone of this program is unknown, left out",
				"--ozone-platform=auto: refused, dropped: no platform has that name, and the app aborts",
			},
		},
		{
			name: "the vendor's wishes, and nouveau is not the vendor",
			settings: catalog.Settings{
				App: catalog.App{Runtime: chromium.Electron}, ByGPU: map[string]*catalog.GPU{"nvidia": {ZeroCopy: &yes}},
			},
			facts: func() SwitchFacts {
				s := electron43()
				s.Graphics = machine.Graphics{Vendor: "nvidia", Driver: "nouveau"}
				return s
			}(),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.settings.App.Runtime == "" {
				test.settings = electronApp(nil)
			}
			before := slices.Clone(test.args)
			got, _, notes := switches(test.settings, test.facts, Facts{Program: program.Target{Chain: test.chain}, Args: test.args})
			if diff := cmp.Diff(test.want, got, emptyIsNil); diff != "" {
				t.Error(diff)
			}
			if !slices.Equal(before, test.args) {
				t.Errorf("the caller's arguments were changed to %q", test.args)
			}
			var said []string
			for _, n := range notes {
				said = append(said, n.Switch+": "+n.Reason)
			}
			for _, want := range test.notes {
				if !slices.Contains(said, want) {
					t.Errorf("no note %q among %q", want, said)
				}
			}
			again, _, _ := switches(test.settings, test.facts, Facts{Program: program.Target{Chain: test.chain}, Args: got})
			if diff := cmp.Diff(got, again, emptyIsNil); diff != "" {
				t.Errorf("a launch inside this one: %s", diff)
			}
		})
	}
}

var emptyIsNil = cmp.Transformer("list", func(list []string) []string { return append([]string{}, list...) })

// What a wish became is told by the wish, what is doubted by the doubt, and that
// a switch passes not at all where it gives way.
func TestToldOnce(t *testing.T) {
	yes := true
	s := electronApp(func(a *catalog.App) {
		a.GPU.ZeroCopy, a.Switches = &yes, []string{"--ignore-gpu-blocklist", "--own", "--size=1"}
	})
	_, _, notes := switches(s, electron43(), Facts{Args: []string{"--size=2"}})
	var said []string
	for _, n := range notes {
		said = append(said, n.Switch+": "+n.Reason)
	}
	want := []string{
		"zero-copy: --enable-zero-copy",
		"--own: is not a switch of Chromium that electroscope knows, passed on as it is",
		"--size=1: from apps.toml, gives way to --size=2 from the arguments",
		"--ignore-gpu-blocklist: from apps.toml",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
}
