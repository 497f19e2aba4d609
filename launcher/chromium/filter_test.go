package chromium

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// plan is the list of docs/plan.md, 3, word for word.
var plan = Source{Origin: config, Switches: []string{
	"--use-gl=desktop",
	"--enable-features=VaapiVideoDecoder,VaapiIgnoreDriverChecks,Vulkan,CanvasOopRasterization",
	"--enable-gpu-rasterization",
	"--enable-zero-copy",
	"--ignore-gpu-blocklist",
	"--ozone-platform=x11",
	"--enable-hardware-overlays",
	"--enable-native-gpu-memory-buffers",
	"--js-flags=--max-old-space-size=1024",
}}

// TestPlan is what becomes of that list, from Chromium to Chromium.
func TestPlan(t *testing.T) {
	const (
		desktop  = "- --use-gl=desktop: refused since 112, dropped: the GPU process would end, and software would draw"
		default_ = "- VaapiVideoDecoder: on by default since 120, dropped: where GL draws it takes VaapiVideoDecodeLinuxGL"
		renamed  = "- VaapiVideoDecoder: renamed AcceleratedVideoDecoder at 131"
		checks   = "- VaapiIgnoreDriverChecks: read only where Vulkan draws, dropped"
		vulkan   = "- Vulkan: refused together with video decoding, dropped: without VulkanFromANGLE and DefaultANGLEVulkan it decodes in software"
		canvas   = "- CanvasOopRasterization: on by default since 130, dropped"
		unknown  = "- CanvasOopRasterization: this binary does not know it"
		overlays = "- --enable-hardware-overlays: refused without a list, dropped: an empty list switches overlays off"
		buffers  = "- --enable-native-gpu-memory-buffers: makes nothing faster, dropped: it only allows more buffer formats that the CPU can map"
	)
	rest := []string{"--enable-gpu-rasterization", "--enable-zero-copy", "--ignore-gpu-blocklist", "--ozone-platform=x11"}
	for _, tt := range []struct {
		milestone int
		first     []string // before the rest
		features  string
		notes     []string
	}{
		{0, []string{"--use-gl=desktop"}, "--enable-features=VaapiVideoDecoder,CanvasOopRasterization", []string{
			"! --use-gl=desktop: refused since 112; the milestone of this program is unknown, passed on",
			checks, vulkan, overlays, buffers,
		}},
		{108, []string{"--use-gl=desktop"}, "--enable-features=VaapiVideoDecoder,CanvasOopRasterization", []string{checks, vulkan, overlays, buffers}},
		{124, nil, "--enable-features=CanvasOopRasterization", []string{desktop, default_, checks, vulkan, overlays, buffers}},
		{130, nil, "", []string{desktop, default_, checks, vulkan, canvas, overlays, buffers}},
		{132, nil, "", []string{desktop, renamed, checks, vulkan, canvas, overlays, buffers}},
		{140, nil, "", []string{desktop, renamed, checks, vulkan, canvas, overlays, buffers}},
		{146, nil, "", []string{desktop, renamed, checks, vulkan, canvas, overlays, buffers}},
		{150, nil, "", []string{desktop, renamed + ", on by default since 150", checks, vulkan, unknown, overlays, buffers}},
		{156, nil, "", []string{desktop, renamed + ", on by default since 150", checks, vulkan, unknown, overlays, buffers}},
	} {
		s := on(tt.milestone, nvidia)
		s.Knows = binary(tt.milestone)
		got, notes := Filter(plan, s, false)
		if diff := cmp.Diff(tt.notes, all(notes)); diff != "" {
			t.Errorf("%d: notes (-want +got):\n%s", tt.milestone, diff)
		}
		argv, _ := Merge([]string{"discord://x"}, got)
		want := slices.Concat(tt.first, rest)
		if tt.features != "" {
			want = append(want, tt.features)
		}
		want = append(want, "--js-flags=--max-old-space-size=1024", "discord://x")
		if diff := cmp.Diff(want, argv); diff != "" {
			t.Errorf("%d: argv (-want +got):\n%s", tt.milestone, diff)
		}

		forced, notes := Filter(plan, s, true)
		if diff := cmp.Diff(plan, forced); diff != "" {
			t.Errorf("%d, forced (-want +got):\n%s", tt.milestone, diff)
		}
		for _, n := range notes {
			if n.Outcome != Changed {
				t.Errorf("%d, forced: %s", tt.milestone, said(n))
			}
		}
		if tt.milestone > 111 && !slices.Contains(all(notes), "! --use-gl=desktop: forced, though refused since 112: the GPU process would end, and software would draw") {
			t.Errorf("%d, forced: notes %q", tt.milestone, notes)
		}
	}
}

func TestFilter(t *testing.T) {
	wayland := Host{Runtime: Electron, Milestone: 140, Wayland: true, X11: true, SessionType: "wayland"}
	knowing := func(s Host, k func(string) Presence) Host { s.Knows = k; return s }
	one := func(name string, k Presence) func(string) Presence {
		return func(asked string) Presence {
			if asked == name {
				return k
			}
			return Unknown
		}
	}
	as := func(s Host, r Runtime) Host { s.Runtime = r; return s }
	code := on(140, intel)
	code.VSCode = true
	for _, tt := range []struct {
		name  string
		raw   string // switches with blanks between them
		s     Host
		want  string
		notes []string
	}{
		// What is wrong with that list, row by row.
		{"2: use-gl=desktop, before 112", "--use-gl=desktop", on(111, nvidia), "--use-gl=desktop", nil},
		{"2: use-gl=desktop, before 112 on Wayland", "--ozone-platform=wayland -use-gl=desktop", Host{Milestone: 108, Wayland: true, X11: true}, "--ozone-platform=wayland",
			[]string{"- -use-gl=desktop: refused on Wayland, dropped: the GPU process would end, and software would draw"}},
		{"2: use-gl=desktop", "'--use-gl=desktop'", on(112, nvidia), "",
			[]string{"- --use-gl=desktop: refused since 112, dropped: the GPU process would end, and software would draw"}},
		{"2: use-gl=egl", "--use-gl=egl", on(132, intel), "",
			[]string{"- --use-gl=egl: refused since 130, dropped: the GPU process would end, and software would draw"}},
		{"2: use-gl=egl at 120", "--use-gl=egl", on(120, intel), "--use-gl=egl", nil},
		{"2: what stands in its place", "--use-gl=angle --use-angle=gl", on(156, intel), "--use-gl=angle --use-angle=gl", nil},
		{"3: VaapiVideoDecoder", "--enable-features=VaapiVideoDecoder,AcceleratedVideoDecodeLinuxGL", on(132, intel), "--enable-features=AcceleratedVideoDecodeLinuxGL",
			[]string{"- VaapiVideoDecoder: renamed AcceleratedVideoDecoder at 131"}},
		{"3: VaapiVideoDecodeLinuxGL", "--enable-features=VaapiVideoDecodeLinuxGL", on(151, intel), "",
			[]string{"- VaapiVideoDecodeLinuxGL: renamed AcceleratedVideoDecodeLinuxGL at 131, on by default since 150"}},
		{"3: too early", "--enable-features=AcceleratedVideoDecodeLinuxGL", on(130, intel), "",
			[]string{"- AcceleratedVideoDecodeLinuxGL: came after 130"}},
		{"4: VaapiIgnoreDriverChecks", "--enable-features=VaapiIgnoreDriverChecks<T.G:a/b", on(140, nvidia), "",
			[]string{"- VaapiIgnoreDriverChecks<T.G:a/b: read only where Vulkan draws, dropped"}},
		{"4: where Vulkan draws", "--enable-features=VaapiIgnoreDriverChecks,Vulkan", on(140, nvidia), "--enable-features=VaapiIgnoreDriverChecks,Vulkan", nil},
		{"4: VaapiOnNvidiaGPUs", "--enable-features=VaapiOnNvidiaGPUs", on(120, nvidia), "", []string{"- VaapiOnNvidiaGPUs: came after 120"}},
		{"5: Vulkan where decoding is the default", "--enable-features=Vulkan", on(150, intel), "",
			[]string{"- Vulkan: refused together with video decoding, dropped: without VulkanFromANGLE and DefaultANGLEVulkan it decodes in software"}},
		{"5: Vulkan where decoding is off", "--enable-features=Vulkan --disable-accelerated-video-decode", on(150, intel), "--enable-features=Vulkan --disable-accelerated-video-decode", nil},
		{"5: Vulkan with its two", "--enable-features=Vulkan,VulkanFromANGLE,DefaultANGLEVulkan", on(150, intel), "--enable-features=Vulkan,VulkanFromANGLE,DefaultANGLEVulkan", nil},
		{"5: Vulkan with one of the two disabled", "--enable-features=Vulkan,VulkanFromANGLE,DefaultANGLEVulkan --disable-features=VulkanFromANGLE", on(150, intel),
			"--enable-features=VulkanFromANGLE,DefaultANGLEVulkan --disable-features=VulkanFromANGLE",
			[]string{"- Vulkan: refused together with video decoding, dropped: without VulkanFromANGLE and DefaultANGLEVulkan it decodes in software"}},
		{"5: Vulkan on Wayland", "--enable-features=Vulkan", wayland, "",
			[]string{"- Vulkan: refused on Wayland, dropped: without VulkanFromANGLE and DefaultANGLEVulkan Chromium calls the two incompatible"}},
		{"5: no Vulkan", "--disable-features=Vulkan", on(156, intel), "--disable-features=Vulkan", nil},
		{"6: CanvasOopRasterization", "--enable-features=CanvasOopRasterization", on(151, intel), "", []string{"- CanvasOopRasterization: gone by 150"}},
		{"7: hardware overlays", "--enable-hardware-overlays=", on(0, intel), "",
			[]string{"- --enable-hardware-overlays=: refused without a list, dropped: an empty list switches overlays off"}},
		{"7: hardware overlays with a list", "--enable-hardware-overlays=single-fullscreen,underlay", on(156, intel), "--enable-hardware-overlays=single-fullscreen,underlay", nil},
		{"8: native buffers", "--enable-native-gpu-memory-buffers", on(0, intel), "",
			[]string{"- --enable-native-gpu-memory-buffers: makes nothing faster, dropped: it only allows more buffer formats that the CPU can map"}},
		{"9: x11 without server", "--ozone-platform=x11", Host{Milestone: 0, Wayland: true}, "",
			[]string{"- --ozone-platform=x11: no X server is reachable, dropped: the app would not start"}},
		{"9: wayland without compositor", "--ozone-platform=wayland", on(140, intel), "",
			[]string{"- --ozone-platform=wayland: no compositor is reachable, dropped: the app would not start"}},
		{"9: auto", "--ozone-platform=auto", wayland, "",
			[]string{"- --ozone-platform=auto: refused, dropped: no platform has that name, and the app aborts"}},
		{"9: hint", "--ozone-platform-hint=auto", on(146, intel), "", []string{"- --ozone-platform-hint=auto: gone by 141"}},
		{"9: hint that keeps an app on XWayland", "--ozone-platform-hint=x11", on(146, intel), "",
			[]string{"- --ozone-platform-hint=x11: gone by 141; now it takes ozone = \"x11\" under [gpu] in apps.toml"}},
		{"10: blocklist", "--ignore-gpu-blocklist --ignore-gpu-blacklist", on(156, intel), "--ignore-gpu-blocklist",
			[]string{"- --ignore-gpu-blacklist: renamed ignore-gpu-blocklist at 87"}},
		{"11, 12: V8's flags are for Merge", "--js-flags='--max-old-space-size=8192'", on(156, intel), "--js-flags='--max-old-space-size=8192'", nil},
		{"14: Zoom", "--enable-zero-copy --js-flags=--a --enable-features=A", as(on(146, intel), Native), "", []string{
			"- --enable-zero-copy: a native program takes no switches of Chromium's",
			"- --js-flags=--a: a native program takes no switches of Chromium's",
			"- --enable-features=A: a native program takes no switches of Chromium's",
		}},

		{"the binary goes before the table", "--enable-features=VaapiVideoDecoder --ozone-platform-hint=x11", knowing(on(146, intel), func(string) Presence { return Present }),
			"--ozone-platform-hint=x11", []string{"- VaapiVideoDecoder: on by default since 120, dropped: where GL draws it takes VaapiVideoDecodeLinuxGL"}},
		{"a switch that the binary has not", "--enable-zero-copy", knowing(on(0, intel), one("enable-zero-copy", Absent)), "",
			[]string{"- --enable-zero-copy: this binary does not know it"}},
		{"a name that hides in another", "--enable-features=AcceleratedVideoDecoder", knowing(on(140, intel), one("AcceleratedVideoDecoder", Absent)),
			"--enable-features=AcceleratedVideoDecoder", nil},
		{"an unknown switch may be the app's", "--start-minimized", knowing(on(140, intel), one("start-minimized", Absent)), "--start-minimized",
			[]string{"+ --start-minimized: is not a switch of Chromium that electroscope knows, passed on as it is"}},
		{"an unknown feature", "--enable-features=A,B --disable-features=A", knowing(on(140, intel), one("A", Absent)), "--enable-features=B",
			[]string{"- A: this binary does not know it", "- A: this binary does not know it"}},
		{"an unknown feature of an unknown binary", "--enable-features=A,,B", on(140, intel), "--enable-features=A,,B", nil},
		{"a dead feature may not be disabled either", "--disable-features=UseChromeOSDirectVideoDecoder,Other", on(150, intel), "--disable-features=Other",
			[]string{"- UseChromeOSDirectVideoDecoder: gone by 120"}},
		{"Electron's own", "--enable-features=WaylandWindowDecorations", on(156, intel), "--enable-features=WaylandWindowDecorations", nil},
		{"Electron's own in Chromium", "--enable-features=WaylandWindowDecorations", as(on(140, intel), Chromium), "",
			[]string{"- WaylandWindowDecorations: only electron knows it"}},
		{"use-angle=vulkan on Wayland", "--use-angle=vulkan", Host{Milestone: 120, Wayland: true}, "",
			[]string{"- --use-angle=vulkan: refused on Wayland at 120, dropped: the GPU process would end, and software would draw"}},
		{"what is no switch is for Merge", "word -- - --=x", on(156, intel), "word -- - --=x", nil},

		{"values that end the GPU process", "--use-gl=swiftshader --use-gl=osmesa --use-gl --use-gl=angle --use-gl=disabled --use-angle=egl --use-angle=any --use-angle=gl-egl", on(156, intel),
			"--use-gl=angle --use-gl=disabled --use-angle=gl-egl", []string{
				"- --use-gl=swiftshader: refused since 130, dropped: the GPU process would end, and software would draw",
				"- --use-gl=osmesa: refused since 130, dropped: the GPU process would end, and software would draw",
				"- --use-gl: refused since 130, dropped: the GPU process would end, and software would draw",
				"- --use-angle=egl: refused since 130, dropped: the GPU process would end, and software would draw",
				"- --use-angle=any: refused since 130, dropped: the GPU process would end, and software would draw",
			}},
		{"values that abort", "--ozone-platform=Wayland --ozone-platform=drm --ozone-platform --ozone-platform=headless", on(120, intel),
			"--ozone-platform=headless", []string{
				"- --ozone-platform=Wayland: refused, dropped: no platform has that name, and the app aborts",
				"- --ozone-platform=drm: refused, dropped: no platform has that name, and the app aborts",
				"- --ozone-platform: refused, dropped: no platform has that name, and the app aborts",
			}},
		{"names that people pass around", "--enable-features=WaylandLinuxDrmSyncobj,UseSkiaRenderer --enable-raw-draw --canvas-oop-rasterization --enable-blink-features=A", on(156, intel),
			"--enable-blink-features=A", []string{
				"- WaylandLinuxDrmSyncobj: gone by 150", "- UseSkiaRenderer: gone by 120",
				"- --enable-raw-draw: gone by 150", "- --canvas-oop-rasterization: gone by 150",
			}},

		{"VS Code", "--js-flags=--a --disable-gpu --ozone-platform=x11 --disable-extensions --enable-zero-copy --ozone-platform -disable-gpu --enable-features=A", code,
			"--js-flags=--a --disable-gpu --ozone-platform=x11 --disable-extensions", []string{
				"- --enable-zero-copy: VS Code does not know --enable-zero-copy and would print a warning",
				"- --ozone-platform: without a value, as in --ozone-platform=x, VS Code takes the next word for it",
				"- -disable-gpu: VS Code takes one dash for letters, and would print a warning",
				"- --enable-features=A: VS Code does not know --enable-features and would print a warning",
			}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, notes := Filter(Source{Switches: strings.Fields(tt.raw)}, tt.s, false)
			if diff := cmp.Diff(tt.want, strings.Join(got.Switches, " ")); diff != "" {
				t.Errorf("switches (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.notes, all(notes)); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestFilterLists: features, V8's flags and the heap beside the switches, and
// what other sources ask for.
func TestFilterLists(t *testing.T) {
	raw := Source{
		EnableFeatures:       []string{"Vulkan, VaapiVideoEncoder", "A", "VulkanFromANGLE"},
		DisableFeatures:      []string{"B,VaapiVideoDecoder"},
		DisableBlinkFeatures: []string{"C"},
		V8:                   []string{"--a"}, Heap: 1 << 30,
	}
	before := Source{EnableFeatures: slices.Clone(raw.EnableFeatures), DisableFeatures: slices.Clone(raw.DisableFeatures)}
	rest := Source{DisableBlinkFeatures: raw.DisableBlinkFeatures, V8: raw.V8, Heap: raw.Heap}

	want := rest
	want.EnableFeatures, want.DisableFeatures = []string{"Vulkan", "A", "VulkanFromANGLE"}, []string{"B"}
	got, _ := Filter(raw, on(140, intel), false)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("alone (-want +got):\n%s", diff)
	}
	decode := Source{Switches: []string{"--enable-features=AcceleratedVideoDecodeLinuxGL"}}
	want.EnableFeatures = []string{"A", "VulkanFromANGLE"}
	if got, _ = Filter(raw, on(140, intel), false, decode); !cmp.Equal(want, got) {
		t.Errorf("beside decoding (-want +got):\n%s", cmp.Diff(want, got))
	}
	want.EnableFeatures = []string{"Vulkan", "A", "VulkanFromANGLE"}
	if got, _ = Filter(raw, on(140, intel), false, decode, Source{EnableFeatures: []string{"DefaultANGLEVulkan"}}); !cmp.Equal(want, got) {
		t.Errorf("beside decoding and ANGLE's Vulkan (-want +got):\n%s", cmp.Diff(want, got))
	}

	code := on(140, intel)
	code.VSCode = true
	if got, _ = Filter(raw, code, false); !cmp.Equal(Source{V8: raw.V8, Heap: raw.Heap}, got, emptyIsNil) {
		t.Errorf("VS Code: %+v", got)
	}
	bare := Source{Switches: []string{"--enable-zero-copy", "--use-gl=desktop"}}
	_, notes := Filter(bare, code, true)
	if diff := cmp.Diff([]string{
		"! --enable-zero-copy: forced, though VS Code does not know --enable-zero-copy and would print a warning; without a value it takes the next word for it, be it a folder to open",
		"! --use-gl=desktop: forced, though VS Code does not know --use-gl and would print a warning",
	}, all(notes)); diff != "" {
		t.Errorf("VS Code, forced: %s", diff)
	}

	native := on(140, intel)
	native.Runtime = Native
	got, notes = Filter(raw, native, false)
	if !cmp.Equal(Source{}, got, emptyIsNil) || len(notes) != 7 {
		t.Errorf("native: %+v, %q", got, notes)
	}
	if got, _ = Filter(raw, native, true); !cmp.Equal(raw, got) {
		t.Errorf("native, forced: %+v", got)
	}
	if !slices.Equal(before.EnableFeatures, raw.EnableFeatures) || !slices.Equal(before.DisableFeatures, raw.DisableFeatures) {
		t.Errorf("the input was changed: %+v", raw)
	}
}

var emptyIsNil = cmp.Transformer("emptyIsNil", func(s []string) []string {
	if len(s) == 0 {
		return nil
	}
	return s
})

// TestFilterThenMerge holds random switches in all scenes against the promises:
// screened once is screened for good, and of what leaves nothing is refused,
// also where sources meet.
func TestFilterThenMerge(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var features, switches []string
	for _, name := range Names() {
		r := Lookup(name)
		if r.Feature {
			features = append(features, r.Name)
		} else {
			switches = append(switches, "--"+r.Name, "--"+r.Name+"=x")
			for _, f := range r.Caveats {
				switches = append(switches, "--"+r.Name+"="+f.Value)
			}
		}
	}
	features = append(features, "Own", "Vulkan", "Vulkan", "VulkanFromANGLE", "DefaultANGLEVulkan", "A:b:c", "", "Vulkan<T:a/b")
	switches = append(switches, plan.Switches...)
	switches = append(switches, "--own=1", "'--use-gl=desktop'", "-use-gl=desktop", "word", "--ozone-platform=x11", "--ozone-platform=wayland")
	some := func(words []string) (out []string) {
		for range rng.IntN(5) {
			out = append(out, words[rng.IntN(len(words))])
		}
		return out
	}
	source := func() Source {
		return Source{
			Switches:       append(some(switches), "--enable-features="+strings.Join(some(features), ",")),
			EnableFeatures: some(features), DisableFeatures: some(features[len(features)/2:]),
		}
	}
	everyScene(func(s Host) {
		if t.Failed() {
			return
		}
		granted, _, _ := translate(GPUOptions{VideoDecode: Choice(rng.IntN(3)), Ozone: []Ozone{"", OzoneX11, OzoneWayland}[rng.IntN(3)]}, s)
		a, b := source(), source()
		first, _ := Filter(a, s, false, granted, b)
		if again, _ := Filter(first, s, false, granted, b); !cmp.Equal(first, again) {
			t.Errorf("screened twice: %s\nin %+v", cmp.Diff(first, again), s)
		}
		second, _ := Filter(b, s, false, granted, a)
		argv, _ := Merge(nil, granted, first, second)
		if bad := refused(argv, s); bad != "" {
			t.Errorf("%q leaves in %+v\nfirst  %+v\nsecond %+v\nargv   %q", bad, s, a, b, argv)
		}
	})
}

// refused finds, in the test's own words, what kills the GPU or the app in a
// command line.
func refused(argv []string, s Host) string {
	c := read(argv)
	on, off := names(c.values[enableFeatures]), names(c.values[disableFeatures])
	has := func(feature string) bool { return on[feature] && !off[feature] }
	value, overlays := c.singles["enable-hardware-overlays"]
	gl, m := c.singles["use-gl"], s.Milestone
	_, software := c.singles["disable-accelerated-video-decode"]
	decodes := !software && (m >= 150 || has("VaapiVideoDecoder") || has("VaapiVideoDecodeLinuxGL") || has("AcceleratedVideoDecodeLinuxGL"))
	switch ozone := c.singles["ozone-platform"]; {
	case s.Runtime == Native:
		return strings.Join(argv, " ")
	case ozone == "auto" || ozone == "x11" && !s.X11 || ozone == "wayland" && !s.Wayland:
		return "ozone-platform=" + ozone
	case gl == "desktop" && m >= 112 || gl == "egl" && m >= 130:
		return "use-gl=" + gl
	case overlays && value == "":
		return "enable-hardware-overlays"
	case has("Vulkan") && decodes && !(has("VulkanFromANGLE") && has("DefaultANGLEVulkan")):
		return "Vulkan"
	}
	for _, list := range []map[string]bool{on, off} {
		for name := range list {
			if r := Lookup(name); r != nil && r.Tail == "" && s.presence(name) == Absent || r != nil && s.presence(name) != Present && r.Gone != 0 && m >= r.Gone {
				return name
			}
		}
	}
	if s.VSCode && len(on)+len(off) > 0 {
		return "a list of features"
	}
	return ""
}

// BenchmarkGrantAndScreen is what a launch asks: all wishes, and that list
// beside them.
func BenchmarkGrantAndScreen(b *testing.B) {
	s := on(146, nvidia)
	s.Knows = binary(146)
	w := GPUOptions{VideoDecode: On, Raster: On, ZeroCopy: On, IgnoreBlocklist: On, Ozone: OzoneX11}
	b.ReportAllocs()
	for b.Loop() {
		granted, _, _ := translate(w, s)
		Filter(plan, s, false, granted)
	}
}

// BenchmarkGrant is a launch with the shipped defaults and no raw switches.
func BenchmarkGrant(b *testing.B) {
	s := on(146, nvidia)
	w := GPUOptions{VideoDecode: On, Raster: On, ZeroCopy: On, IgnoreBlocklist: On}
	b.ReportAllocs()
	for b.Loop() {
		granted, _, _ := translate(w, s)
		Filter(Source{}, s, false, granted)
	}
}

// FuzzScreen feeds text that need not be well-formed, in the form of FuzzMerge:
// screening twice is screening once, and what is forced stays as it is.
func FuzzScreen(f *testing.F) {
	f.Add("s--use-gl=desktop\x00eVulkan,VaapiVideoDecoder\x00s--enable-features=\x00s' --ozone-platform=auto '", uint16(156), false)
	f.Add("s-enable-features=\"A,,Vulkan<T.G:a/b, *VulkanFromANGLE\"\x00dDefaultANGLEVulkan\x00v--a", uint16(0), true)
	f.Fuzz(func(t *testing.T, text string, milestone uint16, vscode bool) {
		s := on(int(milestone), nvidia)
		s.VSCode, s.Knows = vscode, binary(int(milestone))
		raw := parseWants(text)
		once, _ := Filter(raw, s, false)
		if again, notes := Filter(once, s, false); !cmp.Equal(once, again, emptyIsNil) {
			t.Errorf("screened twice: %s%q", cmp.Diff(once, again), notes)
		}
		if forced, _ := Filter(raw, s, true); !cmp.Equal(raw, forced) {
			t.Errorf("forced: %s", cmp.Diff(raw, forced))
		}
	})
}
