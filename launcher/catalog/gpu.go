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

// A GPUTable is a table of options.
type GPUTable struct {
	Name string // "gpu.nvidia"
	GPU
}

// GPUTables are the tables that count for the app on a machine with a GPU of that vendor
// ("none" for a machine without): [gpu], over it [gpu.VENDOR], over it [apps.KEY.gpu].
func (s Settings) GPUTables(vendor string) []GPUTable {
	tables := []GPUTable{{"gpu", s.GPU}}
	if g := s.ByGPU[vendor]; g != nil {
		tables = append(tables, GPUTable{"gpu." + vendor, *g})
	}
	return append(tables, GPUTable{"apps." + s.App.Key + ".gpu", s.App.GPU})
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
