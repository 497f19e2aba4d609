package chromium

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// line is what a grant comes to, on one line.
func line(w Source, env []string) string {
	parts := append([]string{}, w.Switches...)
	if len(w.EnableFeatures) > 0 {
		parts = append(parts, "+"+strings.Join(w.EnableFeatures, ","))
	}
	if len(w.DisableFeatures) > 0 {
		parts = append(parts, "-"+strings.Join(w.DisableFeatures, ","))
	}
	for _, e := range env {
		parts = append(parts, "$"+e)
	}
	return strings.Join(parts, " ")
}

// translate is Translate for options that stand in one table.
func translate(options GPUOptions, host Host) (Source, []string, []Decision) {
	sources, env, notes := Translate(options, host)
	if len(sources) == 0 {
		return Source{}, env, notes
	}
	return sources[0], env, notes
}

// electron is the milestone of each line of Electron that the table is held
// against: one or more in each of its bands.
var electron = map[int]int{20: 104, 22: 108, 24: 112, 30: 124, 33: 130, 34: 132, 38: 140, 41: 146, 43: 150, 45: 156}

// TestDecode is the table of what is right today: a GPU and a band of
// milestones, and what the wish to decode video becomes.
func TestDecode(t *testing.T) {
	const (
		env   = " $LIBVA_DRIVER_NAME=nvidia $NVD_BACKEND=direct"
		vda   = "+VaapiVideoDecoder -UseChromeOSDirectVideoDecoder"
		both  = "+VaapiVideoDecoder,VaapiVideoDecodeLinuxGL -UseChromeOSDirectVideoDecoder"
		vaapi = "+VaapiVideoDecodeLinuxGL"
		accel = "+AcceleratedVideoDecodeLinuxGL"
	)
	mesa := map[int]string{20: vda, 22: vda, 24: both, 30: vaapi, 33: vaapi, 34: accel, 38: accel, 41: accel, 43: "", 45: ""}
	none := map[int]string{20: "", 22: "", 24: "", 30: "", 33: "", 34: "", 38: "", 41: "", 43: "", 45: ""}
	own := map[int]string{
		20: vda + env, 22: vda + env, 24: both + env,
		30: vaapi + ",VaapiOnNvidiaGPUs" + env,
		33: vaapi + ",VaapiOnNvidiaGPUs" + env,
		34: "--use-angle=gl " + accel + ",VaapiOnNvidiaGPUs" + env,
		38: "--use-angle=gl " + accel + ",VaapiOnNvidiaGPUs" + env,
		41: "--use-angle=gl " + accel + ",VaapiOnNvidiaGPUs" + env,
		43: "+VaapiOnNvidiaGPUs" + env,
		45: "+VaapiOnNvidiaGPUs" + env,
	}
	for _, tt := range []struct {
		gpu  GPU
		want map[int]string
	}{
		{intel, mesa},
		{GPU{Vendor: "intel", Driver: "xe"}, mesa},
		{amd, mesa},
		{nouveau, mesa},
		{GPU{Vendor: "other"}, mesa},
		{GPU{}, mesa},
		{nvidia, own},
		{noDriver, none},
		{GPU{Vendor: "none"}, none},
	} {
		for version, milestone := range electron {
			for _, wayland := range []bool{false, true} { // the same
				for _, knows := range []func(string) Presence{nil, binary(milestone)} {
					s := Host{Runtime: Electron, Milestone: milestone, GPU: tt.gpu, Knows: knows, X11: !wayland, Wayland: wayland}
					w, env, notes := translate(GPUOptions{VideoDecode: On}, s)
					if got := line(w, env); got != tt.want[version] {
						t.Errorf("Electron %d on %+v, Wayland %t: %q, want %q", version, tt.gpu, wayland, got, tt.want[version])
					}
					if len(notes) == 0 {
						t.Errorf("Electron %d on %+v: no note", version, tt.gpu)
					}
				}
			}
		}
		if w, env, _ := translate(GPUOptions{VideoDecode: On}, on(0, tt.gpu)); line(w, env) != "" {
			t.Errorf("unknown milestone on %+v: %q", tt.gpu, line(w, env))
		}
		if w, env, notes := translate(GPUOptions{}, on(140, tt.gpu)); line(w, env) != "" || notes != nil {
			t.Errorf("nothing wished on %+v: %q, %q", tt.gpu, line(w, env), notes)
		}
	}
}

func TestTranslate(t *testing.T) {
	wayland := Host{Runtime: Electron, Milestone: 140, GPU: intel, X11: true, Wayland: true, SessionType: "wayland"}
	without := func(s Host, names ...string) Host {
		s.Knows = func(name string) Presence {
			for _, absent := range names {
				if name == absent {
					return Absent
				}
			}
			return Present
		}
		return s
	}
	as := func(s Host, r Runtime) Host { s.Runtime = r; return s }
	at := func(s Host, milestone int) Host { s.Milestone = milestone; return s }
	code := func(s Host) Host { s.VSCode = true; return s }
	for _, tt := range []struct {
		name  string
		w     GPUOptions
		s     Host
		want  string
		notes []string
	}{
		{"decode by default", GPUOptions{VideoDecode: On}, on(150, intel), "", []string{"= video-decode: on by default since 150"}},
		{"decode", GPUOptions{VideoDecode: On}, on(146, amd), "+AcceleratedVideoDecodeLinuxGL",
			[]string{"+ video-decode: --enable-features=AcceleratedVideoDecodeLinuxGL"}},
		{"decode on NVIDIA by default", GPUOptions{VideoDecode: On}, on(150, nvidia), "+VaapiOnNvidiaGPUs $LIBVA_DRIVER_NAME=nvidia $NVD_BACKEND=direct", []string{
			"= video-decode: on by default since 150",
			"+ video-decode: --enable-features=VaapiOnNvidiaGPUs LIBVA_DRIVER_NAME=nvidia NVD_BACKEND=direct",
		}},
		{"decode without the driver", GPUOptions{VideoDecode: On}, on(150, noDriver), "",
			[]string{"- video-decode: NVIDIA's VA-API driver, nvidia_drv_video.so, is not installed, left out"}},
		{"decode, features that the binary has not", GPUOptions{VideoDecode: On}, without(on(140, nvidia), "AcceleratedVideoDecodeLinuxGL", "VaapiOnNvidiaGPUs"), "", []string{
			"- video-decode: AcceleratedVideoDecodeLinuxGL: this binary does not know it, left out",
			"- video-decode: VaapiOnNvidiaGPUs: this binary does not know it, left out",
		}},
		{"decode of unknown age", GPUOptions{VideoDecode: On}, on(0, intel), "",
			[]string{"- video-decode: the milestone of this program is unknown, left out"}},
		{"no decoding", GPUOptions{VideoDecode: Off}, on(0, intel), "--disable-accelerated-video-decode",
			[]string{"+ video-decode=off: --disable-accelerated-video-decode"}},

		{"encode at 120", GPUOptions{VideoEncode: On}, on(120, intel), "+VaapiVideoEncoder", []string{"+ video-encode: --enable-features=VaapiVideoEncoder"}},
		{"encode at 156", GPUOptions{VideoEncode: On}, on(156, intel), "+AcceleratedVideoEncoder", []string{"+ video-encode: --enable-features=AcceleratedVideoEncoder"}},
		{"encode on NVIDIA", GPUOptions{VideoEncode: On}, on(156, nvidia), "", []string{"- video-encode: NVIDIA's VA-API driver only decodes, left out"}},
		{"no encoding", GPUOptions{VideoEncode: Off}, on(156, intel), "", []string{"= video-encode=off: off by default"}},

		{"raster", GPUOptions{Raster: On}, on(0, intel), "", []string{"= raster: on by default since 102"}},
		{"raster at 98", GPUOptions{Raster: On}, on(98, intel), "--enable-gpu-rasterization", []string{"+ raster: --enable-gpu-rasterization"}},
		{"no raster", GPUOptions{Raster: Off}, on(0, intel), "--disable-gpu-rasterization", []string{"+ raster=off: --disable-gpu-rasterization"}},

		{"zero-copy", GPUOptions{ZeroCopy: On}, on(0, intel), "--enable-zero-copy", []string{"+ zero-copy: --enable-zero-copy"}},
		{"zero-copy unknown to the binary", GPUOptions{ZeroCopy: On}, without(on(156, intel), "enable-zero-copy"), "",
			[]string{"- zero-copy: --enable-zero-copy: this binary does not know it, left out"}},
		{"no zero-copy", GPUOptions{ZeroCopy: Off}, on(0, intel), "", []string{"= zero-copy=off: off by default"}},
		{"blocklist", GPUOptions{IgnoreBlocklist: On}, on(0, intel), "--ignore-gpu-blocklist", []string{"+ ignore-blocklist: --ignore-gpu-blocklist"}},

		{"gl at 111", GPUOptions{Backend: BackendGL}, on(111, intel), "--use-gl=desktop", []string{"+ backend=gl: --use-gl=desktop"}},
		{"gl at 112", GPUOptions{Backend: BackendGL}, on(112, intel), "--use-angle=gl", []string{"+ backend=gl: --use-angle=gl"}},
		{"gl on Wayland at 111", GPUOptions{Backend: BackendGL}, Host{Milestone: 111, Wayland: true}, "",
			[]string{"- backend=gl: there is no switch for that on Wayland before 112, left out"}},
		{"gl of unknown age", GPUOptions{Backend: BackendGL}, on(0, intel), "", []string{"- backend=gl: the milestone of this program is unknown, left out"}},
		{"gles at 111", GPUOptions{Backend: BackendGLES}, on(111, intel), "--use-gl=egl", []string{"+ backend=gles: --use-gl=egl"}},
		{"gles at 112", GPUOptions{Backend: BackendGLES}, on(112, intel), "--use-angle=gles-egl", []string{"+ backend=gles: --use-angle=gles-egl"}},
		{"vulkan", GPUOptions{Backend: BackendVulkan, VideoDecode: On}, on(146, intel),
			"+AcceleratedVideoDecodeLinuxGL,Vulkan,VulkanFromANGLE,DefaultANGLEVulkan", []string{
				"+ video-decode: --enable-features=AcceleratedVideoDecodeLinuxGL",
				"+ backend=vulkan: --enable-features=Vulkan,VulkanFromANGLE,DefaultANGLEVulkan",
			}},
		{"vulkan that would end decoding", GPUOptions{Backend: BackendVulkan}, without(on(150, intel), "VulkanFromANGLE"), "",
			[]string{"- backend=vulkan: refused together with video decoding: without VulkanFromANGLE and DefaultANGLEVulkan, which this binary does not know, it decodes in software, left out"}},
		{"vulkan on Wayland", GPUOptions{Backend: BackendVulkan}, at(wayland, 150), "--use-angle=vulkan", []string{"+ backend=vulkan: --use-angle=vulkan"}},
		{"vulkan on Wayland at 149", GPUOptions{Backend: BackendVulkan}, at(wayland, 149), "",
			[]string{"- backend=vulkan: on Wayland it is known to work from 150 on, left out"}},
		{"vulkan on Wayland by option", GPUOptions{Backend: BackendVulkan, Ozone: OzoneWayland}, at(wayland, 156), "--ozone-platform=wayland --use-angle=vulkan",
			[]string{"+ ozone=wayland: --ozone-platform=wayland", "+ backend=vulkan: --use-angle=vulkan"}},
		{"no backend", GPUOptions{Backend: BackendOff, Raster: On, VideoDecode: Off}, on(156, intel), "--disable-accelerated-video-decode --disable-gpu", []string{
			"+ video-decode=off: --disable-accelerated-video-decode",
			"+ backend=off: --disable-gpu",
			"- raster: the GPU is switched off by backend=off, left out",
		}},
		{"a backend that is none", GPUOptions{Backend: "metal"}, on(156, intel), "", []string{"- backend=metal: is not a backend, left out"}},

		{"auto", GPUOptions{Backend: BackendAuto, Ozone: OzoneAuto}, wayland, "", nil},
		{"x11", GPUOptions{Ozone: OzoneX11}, on(0, intel), "--ozone-platform=x11", []string{"+ ozone=x11: --ozone-platform=x11"}},
		{"wayland", GPUOptions{Ozone: OzoneWayland}, wayland, "--ozone-platform=wayland", []string{"+ ozone=wayland: --ozone-platform=wayland"}},
		{"wayland without compositor", GPUOptions{Ozone: OzoneWayland}, on(156, intel), "", []string{"- ozone=wayland: no compositor is reachable, left out"}},
		{"x11 without server", GPUOptions{Ozone: OzoneX11}, Host{Wayland: true}, "", []string{"- ozone=x11: no X server is reachable, left out"}},
		{"a platform that is none", GPUOptions{Ozone: "mir"}, wayland, "", []string{"- ozone=mir: is not a platform, left out"}},
		{"Spotify", GPUOptions{Ozone: OzoneWayland}, as(wayland, CEF), "--ozone-platform=wayland", []string{
			"+ ozone=wayland: --ozone-platform=wayland",
			"! ozone=wayland: not for the child processes: Spotify since 1.2.86 gives them x11 as long as DISPLAY is set",
		}},

		{"Zoom", GPUOptions{VideoDecode: On, ZeroCopy: Off, Ozone: OzoneX11}, as(on(146, nvidia), Native), "", []string{
			"- ozone=x11: a native program takes no switches of Chromium's, left out",
			"- video-decode: a native program takes no switches of Chromium's, left out",
			"- zero-copy=off: a native program takes no switches of Chromium's, left out",
		}},
		{"VS Code", GPUOptions{VideoDecode: On, ZeroCopy: On, Ozone: OzoneX11}, code(on(140, nvidia)), "--ozone-platform=x11", []string{
			"+ ozone=x11: --ozone-platform=x11",
			"- video-decode: AcceleratedVideoDecodeLinuxGL: VS Code does not know --enable-features and would print a warning, left out",
			"- video-decode: VaapiOnNvidiaGPUs: VS Code does not know --enable-features and would print a warning, left out",
			"- zero-copy: --enable-zero-copy: VS Code does not know --enable-zero-copy and would print a warning, left out",
		}},
		{"VS Code without GPU", GPUOptions{Backend: BackendOff}, code(on(140, nvidia)), "--disable-gpu", []string{"+ backend=off: --disable-gpu"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, env, notes := translate(tt.w, tt.s)
			if got := line(w, env); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if diff := cmp.Diff(tt.notes, all(notes)); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

// everyWish goes through all wishes.
func everyWish(yield func(GPUOptions)) {
	wishes := []Choice{Unset, On, Off}
	for _, decode := range wishes {
		for _, encode := range wishes {
			for _, rest := range wishes {
				for _, b := range []Backend{"", BackendGL, BackendGLES, BackendVulkan, BackendOff} {
					for _, o := range []Ozone{"", OzoneX11, OzoneWayland} {
						yield(GPUOptions{VideoDecode: decode, VideoEncode: encode, Raster: rest, ZeroCopy: rest, IgnoreBlocklist: rest, Backend: b, Ozone: o})
					}
				}
			}
		}
	}
}

// everyScene goes through scenes of each kind.
func everyScene(yield func(Host)) {
	for _, m := range []int{0, 98, 104, 111, 112, 115, 116, 120, 121, 124, 130, 131, 140, 149, 150, 156, 160} {
		for _, gpu := range []GPU{intel, nvidia, nouveau, noDriver, {Vendor: "none"}} {
			for display := range 4 {
				for _, knows := range []func(string) Presence{nil, binary(m), binary(108), binary(156), scattered} {
					for kind, r := range []Runtime{Electron, Chromium, CEF, Native, Electron} {
						s := Host{Runtime: r, VSCode: kind == 4, Milestone: m, GPU: gpu, Knows: knows, X11: display&1 != 0, Wayland: display&2 != 0}
						if s.Wayland {
							s.SessionType = "wayland"
						}
						yield(s)
					}
				}
			}
		}
	}
}

// scattered is a binary with only those names whose length is a multiple of 3.
func scattered(name string) Presence {
	if len(name)%3 == 0 {
		return Present
	}
	return Absent
}

// TestTranslatedPassesFilter: no wish becomes what would be taken out again, and
// every wish has its note.
func TestTranslatedPassesFilter(t *testing.T) {
	n := 0
	everyScene(func(s Host) {
		everyWish(func(w GPUOptions) {
			if n++; n%97 != 0 || t.Failed() { // all of them take seconds
				return
			}
			granted, _, notes := translate(w, s)
			screened, said := Filter(granted, s, false)
			if diff := cmp.Diff(granted, screened); diff != "" || len(said) > 0 {
				t.Errorf("%+v in %+v:\n%s%q", w, s, diff, said)
			}
			text := fmt.Sprint(notes)
			for name, value := range map[string]string{
				"video-decode": w.VideoDecode.String(), "video-encode": w.VideoEncode.String(), "raster": w.Raster.String(),
				"backend=": string(w.Backend), "ozone=": string(w.Ozone),
			} {
				if value != "" && !strings.Contains(text, name) {
					t.Errorf("%+v in %+v: no note on %s", w, s, name)
				}
			}
		})
	})
}

// TestTranslateTables: each option names the table that it stands in.
func TestTranslateTables(t *testing.T) {
	all, app := Origin("[gpu.nvidia]"), Origin("[apps.chat.gpu]")
	sources, _, notes := Translate(GPUOptions{
		ZeroCopy: On, Raster: On, Ozone: OzoneX11, Backend: BackendGL,
		Origins: map[string]Origin{"zero-copy": all, "raster": app, "ozone": app, "backend": all},
	}, on(156, nvidia))
	want := []Source{
		{Origin: app, Switches: []string{"--ozone-platform=x11"}},
		{Origin: all, Switches: []string{"--use-angle=gl", "--enable-zero-copy"}},
	}
	if diff := cmp.Diff(want, sources); diff != "" {
		t.Error(diff)
	}
	for _, n := range notes {
		if from := map[string]Origin{"ozone=x11": app, "backend=gl": all, "raster": app, "zero-copy": all}[n.Switch]; n.Origin != from {
			t.Errorf("%s is of %q, want %q", n.Switch, n.Origin, from)
		}
	}
}
