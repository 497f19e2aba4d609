package catalog

import "strings"

// A GPU holds the options for the graphics of an app. What an option means for the app's
// Chromium, the card and the session is package chromium's knowledge. Nil and "" are unset.
type GPU struct {
	VideoDecode     *bool
	VideoEncode     *bool
	Raster          *bool
	ZeroCopy        *bool
	IgnoreBlocklist *bool
	Backend         string // auto, gl, gles, vulkan, off
	Ozone           string // auto, x11, wayland
}

// GPUFor returns what holds for the app on a machine with a GPU of that vendor ("none" for a
// machine without): [gpu], over it [gpu.VENDOR], over it the app's own [apps.KEY.gpu].
func (s Settings) GPUFor(vendor string) GPU {
	all := s.GPU
	if g := s.ByGPU[vendor]; g != nil {
		all = g.over(all)
	}
	return s.App.GPU.over(all)
}

func (g GPU) over(lower GPU) GPU {
	return GPU{
		VideoDecode:     first(g.VideoDecode, lower.VideoDecode),
		VideoEncode:     first(g.VideoEncode, lower.VideoEncode),
		Raster:          first(g.Raster, lower.Raster),
		ZeroCopy:        first(g.ZeroCopy, lower.ZeroCopy),
		IgnoreBlocklist: first(g.IgnoreBlocklist, lower.IgnoreBlocklist),
		Backend:         firstWord(g.Backend, lower.Backend),
		Ozone:           firstWord(g.Ozone, lower.Ozone),
	}
}

func first(option, lower *bool) *bool {
	if option != nil {
		return option
	}
	return lower
}

func firstWord(option, lower string) string {
	if option != "" {
		return option
	}
	return lower
}

// gpuIn is where the options of a table go: "gpu", "gpu.nvidia", "apps.*.gpu".
func (s *Settings) gpuIn(table string) *GPU {
	vendor, isVendor := strings.CutPrefix(table, "gpu.")
	switch {
	case table == "gpu":
		return &s.GPU
	case !isVendor:
		return &s.App.GPU
	}
	if s.ByGPU[vendor] == nil {
		if s.ByGPU == nil {
			s.ByGPU = make(map[string]*GPU)
		}
		s.ByGPU[vendor] = &GPU{}
	}
	return s.ByGPU[vendor]
}
