package monitor

import "strings"

// A Rendering says what draws for an app.
type Rendering string

const (
	Hardware   Rendering = "hardware" // a GPU process has a card open
	Software   Rendering = "software" // a GPU process draws on the CPU
	NoGPU      Rendering = "none"     // there is no GPU process
	UnknownGPU Rendering = "unknown"
)

// renderingOf judges by the switches of the GPU process, and by the files that it has open: a
// render node of DRM, or a card of NVIDIA's driver. SwiftShader draws on the CPU
// (ui/gl/gl_switches.cc). seen is false if the files cannot be seen.
func renderingOf(open []string, cmdline string, seen bool) Rendering {
	for _, word := range words(cmdline) {
		if word == "--use-gl=disabled" || word == "--disable-gpu" || strings.HasPrefix(word, "--use-angle=swiftshader") {
			return Software
		}
	}
	for _, path := range open {
		if strings.HasPrefix(path, "/dev/dri/renderD") || path == "/dev/nvidiactl" {
			return Hardware
		}
	}
	if !seen {
		return UnknownGPU
	}
	return Software
}
