package chromium

import "strings"

// context is what the sources ask for together, as far as it decides whether one
// of their switches is harmful.
type context struct {
	ozone    string // the platform asked for, if it can be had
	decoding bool   // in hardware, and in a way that Vulkan would end
	vulkan   bool   // draws
	angle    bool   // ANGLE draws by Vulkan, and shares its device
}

// requests are features that the sources switch on or off.
type requests uint8

const (
	toDecode requests = 1 << iota
	toVulkan
	toVulkanFromANGLE
	toANGLEVulkan

	toBothANGLE = toVulkanFromANGLE | toANGLEVulkan
)

func requestsOf(feature string) requests {
	switch feature {
	case "VaapiVideoDecoder", "VaapiVideoDecodeLinuxGL", "VaapiOnNvidiaGPUs",
		"AcceleratedVideoDecoder", "AcceleratedVideoDecodeLinuxGL", "AcceleratedVideoDecodeLinuxZeroCopyGL":
		return toDecode
	case "Vulkan":
		return toVulkan
	case "VulkanFromANGLE":
		return toVulkanFromANGLE
	case "DefaultANGLEVulkan":
		return toANGLEVulkan
	}
	return 0
}

// decodes is the milestone from which Chromium decodes in hardware by default
// (media/base/media_switches.cc).
const decodes = 150

// scan records what all sources ask for: decoding, Vulkan and the platform.
func (f *filter) scan(raw *Source, beside []Source) {
	var on, off requests
	software := false // decoding is switched off
	read := func(w *Source) {
		f.ask(w.EnableFeatures, &on)
		f.ask(w.DisableFeatures, &off)
		for _, text := range w.Switches {
			name, value, _ := parseSwitch(unquote(strings.Trim(text, whitespace)))
			switch name {
			case "enable-features":
				f.askValue(value, &on)
			case "disable-features":
				f.askValue(value, &off)
			case "disable-accelerated-video-decode":
				software = software || f.passes(name)
			case "ozone-platform":
				if (value == "x11" && f.host.X11 || value == "wayland" && f.host.Wayland) && f.passes(name) {
					f.ozone = value
				}
			}
		}
	}
	for i := range beside {
		read(&beside[i])
	}
	read(raw)
	asked := on&toDecode != 0 // also if it has to be asked for in another way now
	on &^= off
	f.angle = on&toBothANGLE == toBothANGLE
	f.decoding = !software && (asked || f.host.Milestone >= decodes) && !f.angle
	f.vulkan = on&toVulkan != 0 && (f.force || !f.decoding && (f.angle || !f.host.onWayland(f.ozone)))
}

func (f *filter) ask(entries []string, into *requests) {
	for _, value := range entries {
		f.askValue(value, into)
	}
}

// askValue reads one list of features. Those with which Vulkan goes count only
// if they will pass.
func (f *filter) askValue(value string, into *requests) {
	for text := range strings.SplitSeq(value, ",") {
		name, _ := parseFeature(strings.Trim(text, whitespace))
		a := requestsOf(name)
		if a == toDecode || a != 0 && f.passes(name) {
			*into |= a
		}
	}
}

// passes reports whether the app's binary may know a name of the table.
func (f *filter) passes(name string) bool { return f.force || f.host.lacks(Lookup(name)) == "" }

// applies reports whether the condition holds.
func (f *filter) applies(w When) bool {
	switch w {
	case Decoding:
		return f.decoding
	case OnWayland:
		return f.host.onWayland(f.ozone)
	case OnWaylandByGL:
		return f.host.onWayland(f.ozone) && !f.angle
	case NoX11:
		return !f.host.X11
	case NoWayland:
		return !f.host.Wayland
	case NoVulkan:
		return !f.vulkan
	}
	return true
}
