package chromium

import (
	"strings"
	"testing"
)

// TestTranslateAtItsBoundaries asks on both sides of every milestone at which an
// option becomes something else.
func TestTranslateAtItsBoundaries(t *testing.T) {
	const (
		env   = " $LIBVA_DRIVER_NAME=nvidia $NVD_BACKEND=direct"
		old   = "+VaapiVideoDecoder -UseChromeOSDirectVideoDecoder"
		both  = "+VaapiVideoDecoder,VaapiVideoDecodeLinuxGL -UseChromeOSDirectVideoDecoder"
		vaapi = "+VaapiVideoDecodeLinuxGL"
		accel = "+AcceleratedVideoDecodeLinuxGL"
		draw  = "+Vulkan,VulkanFromANGLE,DefaultANGLEVulkan"
	)
	x11 := Host{Runtime: Electron, X11: true, GPU: intel}
	own := Host{Runtime: Electron, X11: true, GPU: nvidia}
	either := Host{Runtime: Electron, X11: true, Wayland: true, SessionType: "wayland", GPU: intel}
	for _, test := range []struct {
		name    string
		options GPUOptions
		host    Host
		want    map[int]string
	}{
		{"video-decode", GPUOptions{VideoDecode: On}, x11, map[int]string{
			104: old, 111: old, 112: both, 115: both, 116: vaapi, 130: vaapi, 131: accel, 132: accel, 149: accel, 150: ""}},
		{"video-decode by NVIDIA", GPUOptions{VideoDecode: On}, own, map[int]string{
			111: old + env, 112: both + env, 115: both + env, 116: vaapi + env, 120: vaapi + env,
			121: vaapi + ",VaapiOnNvidiaGPUs" + env, 130: vaapi + ",VaapiOnNvidiaGPUs" + env,
			131: "--use-angle=gl " + accel + ",VaapiOnNvidiaGPUs" + env, 132: "--use-angle=gl " + accel + ",VaapiOnNvidiaGPUs" + env,
			149: "--use-angle=gl " + accel + ",VaapiOnNvidiaGPUs" + env, 150: "+VaapiOnNvidiaGPUs" + env}},
		{"video-encode", GPUOptions{VideoEncode: On}, x11, map[int]string{130: "+VaapiVideoEncoder", 131: "+AcceleratedVideoEncoder", 132: "+AcceleratedVideoEncoder"}},
		{"raster", GPUOptions{Raster: On}, x11, map[int]string{87: "--enable-gpu-rasterization", 101: "--enable-gpu-rasterization", 102: ""}},
		{"backend=gl", GPUOptions{Backend: BackendGL}, x11, map[int]string{111: "--use-gl=desktop", 112: "--use-angle=gl"}},
		{"backend=gles", GPUOptions{Backend: BackendGLES}, x11, map[int]string{111: "--use-gl=egl", 112: "--use-angle=gles-egl"}},
		// From 140 on the session's type decides where it draws, and Vulkan is not for Wayland.
		{"backend=vulkan", GPUOptions{Backend: BackendVulkan}, either, map[int]string{132: draw, 139: draw, 140: ""}},
	} {
		for milestone, want := range test.want {
			host := test.host
			host.Milestone = milestone
			source, env, _ := translate(test.options, host)
			if got := line(source, env); got != want {
				t.Errorf("%s at %d: %q, want %q", test.name, milestone, got, want)
			}
		}
	}
}

// TestFilterAtItsBoundaries does the same for raw switches and features.
func TestFilterAtItsBoundaries(t *testing.T) {
	x11 := Host{Runtime: Electron, X11: true}
	wayland := Host{Runtime: Electron, Wayland: true}
	for _, test := range []struct {
		name    string // a switch, or a feature
		host    Host
		passes  []int
		dropped []int
	}{
		{"--use-gl=desktop", x11, []int{104, 111}, []int{112, 156}},
		{"--use-gl=desktop", wayland, nil, []int{104, 111, 112}},
		{"--use-gl=egl", x11, []int{111, 129}, []int{130, 156}},
		{"--use-angle=vulkan", wayland, []int{121, 156}, []int{104, 120}},
		{"--ozone-platform-hint=auto", x11, []int{102, 140}, []int{141, 156}},
		{"--ignore-gpu-blacklist", x11, []int{87, 101}, []int{102}},
		{"--wayland-text-input-version=3", wayland, []int{121, 150}, []int{120}},
		{"VaapiVideoDecoder", x11, []int{102, 119}, []int{120, 130, 131}},
		{"VaapiVideoDecodeLinuxGL", x11, []int{115, 130}, []int{131}},
		{"VaapiVideoEncoder", x11, []int{102, 130}, []int{131}},
		{"AcceleratedVideoDecodeLinuxGL", x11, []int{131, 150}, []int{130}},
		{"AcceleratedVideoDecodeLinuxZeroCopyGL", x11, []int{121, 132}, []int{120}},
		{"VaapiOnNvidiaGPUs", x11, []int{121}, []int{120}},
		{"CanvasOopRasterization", x11, []int{120, 129}, []int{130, 150}},
		{"WebRTCPipeWireCapturer", x11, []int{120, 149}, []int{150}},
	} {
		raw := Source{EnableFeatures: []string{test.name}}
		if strings.HasPrefix(test.name, "--") {
			raw = Source{Switches: []string{test.name}}
		}
		for want, milestones := range map[bool][]int{true: test.passes, false: test.dropped} {
			for _, milestone := range milestones {
				host := test.host
				host.Milestone = milestone
				out, said := Filter(raw, host, false)
				if passed := len(out.Switches)+len(out.EnableFeatures) == 1; passed != want || passed == (len(said) > 0) {
					t.Errorf("%s at %d passes: %v; %q", test.name, milestone, passed, said)
				}
			}
		}
	}
}
