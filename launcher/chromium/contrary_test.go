package chromium

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWeigh: what is stronger than an option, or cannot be taken away, and what is
// said of it.
func TestWeigh(t *testing.T) {
	options := func(change func(*GPUOptions)) GPUOptions {
		o := GPUOptions{Origins: map[string]Origin{}}
		for _, key := range []string{"video-decode", "video-encode", "raster", "zero-copy", "ignore-blocklist", "backend"} {
			o.Origins[key] = "[gpu]"
		}
		change(&o)
		return o
	}
	off := options(func(o *GPUOptions) { o.ZeroCopy, o.IgnoreBlocklist, o.VideoEncode = Off, Off, Off })
	on := options(func(o *GPUOptions) { o.VideoDecode, o.VideoEncode, o.Raster, o.ZeroCopy = On, On, On, On })
	gl := options(func(o *GPUOptions) { o.Backend = BackendGL })
	vulkan := options(func(o *GPUOptions) { o.Backend = BackendVulkan })
	typed := func(words ...string) Source { return Source{Origin: Arguments, Switches: words} }
	for _, tt := range []struct {
		name     string
		options  GPUOptions
		standing []Standing
		stronger Source
		want     string // what the options become
		notes    []string
	}{
		{name: "nothing contrary", options: off, stronger: typed("--disable-gpu", "--enable-features=B"), want: ""},
		{
			name: "typed", options: off, stronger: typed("--enable-zero-copy", "--enable-features=B,AcceleratedVideoEncoder", "--", "--ignore-gpu-blocklist"),
			notes: []string{
				"- video-encode=off: from [gpu], gives way to AcceleratedVideoEncoder from the arguments",
				"- zero-copy=off: from [gpu], gives way to --enable-zero-copy from the arguments",
			},
		},
		{
			name: "spelled out in apps.toml", options: off, stronger: Source{Origin: "apps.toml", EnableFeatures: []string{"AcceleratedVideoEncoder"}},
			notes: []string{"- video-encode=off: from [gpu], gives way to --enable-features=AcceleratedVideoEncoder from apps.toml"},
		},
		{
			name: "dead, so contrary to nothing", options: off, stronger: typed("--enable-features=VaapiVideoEncoder", "--ignore-gpu-blacklist"),
		},
		{
			name: "beside it from a wrapper", options: off,
			standing: []Standing{{Origin: "wrapper", Words: []string{"--ignore-gpu-blocklist", "--enable-features=AcceleratedVideoEncoder"}}},
			want:     "--disable-features=AcceleratedVideoEncoder",
			notes:    []string{"- ignore-blocklist=off: from [gpu], does not hold: --ignore-gpu-blocklist from wrapper stands beside it"},
		},
		{
			name: "perhaps beside it", options: off,
			standing: []Standing{{Origin: "wrapper", May: true, Words: []string{"--enable-zero-copy", "--enable-features=AcceleratedVideoEncoder"}}},
			want:     "--disable-features=AcceleratedVideoEncoder",
			notes:    []string{"! zero-copy=off: from [gpu], may not hold: --enable-zero-copy from wrapper may stand beside it"},
		},
		{
			name: "no GPU", options: on, stronger: typed("--disable-gpu"),
			notes: []string{
				"- video-decode: from [gpu], gives way to --disable-gpu from the arguments",
				"- video-encode: from [gpu], gives way to --disable-gpu from the arguments",
				"- raster: from [gpu], gives way to --disable-gpu from the arguments",
				"- zero-copy: from [gpu], gives way to --disable-gpu from the arguments",
			},
		},
		{
			name: "the features of both", options: on, want: "--enable-zero-copy",
			standing: []Standing{{Origin: "wrapper", Words: []string{"--disable-gpu-rasterization"}}},
			stronger: Source{Origin: "apps.toml", Switches: []string{"'--disable-accelerated-video-decode'"}, DisableFeatures: []string{"A", "AcceleratedVideoEncoder"}},
			notes: []string{
				"- video-decode: from [gpu], gives way to --disable-accelerated-video-decode from apps.toml",
				"- video-encode: from [gpu], gives way to --disable-features=AcceleratedVideoEncoder from apps.toml",
				"- raster: from [gpu], does not hold: --disable-gpu-rasterization from wrapper stands beside it",
			},
		},
		{
			name: "GL beside Vulkan", options: gl, stronger: typed("--enable-features=Vulkan"),
			notes: []string{"- backend=gl: from [gpu], gives way to Vulkan from the arguments"},
		},
		{
			name: "Vulkan beside GL", options: vulkan, stronger: typed("--use-angle=gl"),
			notes: []string{"- backend=vulkan: from [gpu], gives way to --use-angle=gl from the arguments"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			left, notes := tt.options.Weigh(onX11, tt.standing, tt.stronger)
			w, env, _ := translate(left, onX11)
			if got := line(w, env); got != tt.want {
				t.Errorf("the options become %q, want %q", got, tt.want)
			}
			if diff := cmp.Diff(tt.notes, all(notes)); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

var onX11 = on(156, intel)

// TestOverrule: an option takes what is contrary to it out of a flags file.
func TestOverrule(t *testing.T) {
	for _, tt := range []struct {
		options GPUOptions
		file    string
		left    string
		taken   string
	}{
		{GPUOptions{ZeroCopy: Off}, "--enable-zero-copy --a", "--a", "--enable-zero-copy"},
		{GPUOptions{ZeroCopy: Off}, "'--enable-zero-copy'", "", "--enable-zero-copy"},
		{GPUOptions{ZeroCopy: On}, "--enable-zero-copy", "--enable-zero-copy", ""},
		{GPUOptions{IgnoreBlocklist: Off}, "--ignore-gpu-blocklist", "", "--ignore-gpu-blocklist"},
		{GPUOptions{VideoEncode: Off}, "--enable-features=A,AcceleratedVideoEncoder<Trial,B", "--enable-features=A,B", "AcceleratedVideoEncoder<Trial"},
		{GPUOptions{VideoEncode: Off}, `--enable-features="AcceleratedVideoEncoder"`, "", "AcceleratedVideoEncoder"},
		{GPUOptions{VideoEncode: On}, "--disable-features=AcceleratedVideoEncoder,VaapiVideoEncoder", "--disable-features=VaapiVideoEncoder", "AcceleratedVideoEncoder"},
		{GPUOptions{VideoDecode: On}, "--disable-accelerated-video-decode", "", "--disable-accelerated-video-decode"},
		{GPUOptions{VideoDecode: Off}, "--enable-zero-copy --disable-gpu", "--enable-zero-copy --disable-gpu", ""},
		{GPUOptions{Raster: On}, "--disable-gpu-rasterization --disable-gpu", "", "--disable-gpu-rasterization --disable-gpu"},
		{GPUOptions{Backend: BackendGL}, "--use-gl=disabled --use-gl=angle --enable-features=Vulkan,A", "--use-gl=angle --enable-features=A", "--use-gl=disabled Vulkan"},
		{GPUOptions{Backend: BackendVulkan}, "--use-angle=gles --disable-features=Vulkan", "", "--use-angle=gles Vulkan"},
	} {
		left, notes := tt.options.Overrule(Source{Origin: "file", Switches: ParseFlagsFile([]byte(tt.file))}, onX11)
		if got := strings.Join(left.Switches, " "); got != tt.left {
			t.Errorf("of %s %q is left, want %q", tt.file, got, tt.left)
		}
		var taken []string
		for _, n := range notes {
			taken = append(taken, n.Switch)
		}
		if got := strings.Join(taken, " "); got != tt.taken {
			t.Errorf("of %s %q is said to be taken, want %q", tt.file, got, tt.taken)
		}
	}
}
