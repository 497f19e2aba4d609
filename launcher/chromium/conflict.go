package chromium

import "strings"

// around is what the sources ask for together, as far as it decides whether one
// of their switches is harmful.
type around struct {
	ozone    string // the platform asked for, if it can be had
	decoding bool   // in hardware, and in a way that Vulkan would end
	vulkan   bool   // draws
}

// asked are features that the sources switch on or off.
type asked uint8

const (
	toDecode asked = 1 << iota
	toVulkan
	toVulkanFromANGLE
	toANGLEVulkan

	toBothANGLE = toVulkanFromANGLE | toANGLEVulkan
)

func askedBy(feature string) asked {
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

// look reads what all sources ask for.
func (c *screen) look(raw *Wants, beside []Wants) {
	var on, off asked
	software := false // decoding is switched off
	read := func(w *Wants) {
		c.ask(w.EnableFeatures, &on)
		c.ask(w.DisableFeatures, &off)
		for _, text := range w.Switches {
			name, value, _ := parseSwitch(unquote(strings.Trim(text, whitespace)))
			switch name {
			case "enable-features":
				c.askValue(value, &on)
			case "disable-features":
				c.askValue(value, &off)
			case "disable-accelerated-video-decode":
				software = software || c.passes(name)
			case "ozone-platform":
				if (value == "x11" && c.s.X11 || value == "wayland" && c.s.Wayland) && c.passes(name) {
					c.ozone = value
				}
			}
		}
	}
	for i := range beside {
		read(&beside[i])
	}
	read(raw)
	wished := on&toDecode != 0 // also if it has to be asked for in another way now
	on &^= off
	c.decoding = !software && (wished || c.s.Milestone >= decodes) && on&toBothANGLE != toBothANGLE
	c.vulkan = on&toVulkan != 0 && (c.force || !c.decoding && !c.s.onWayland(c.ozone))
}

func (c *screen) ask(entries []string, into *asked) {
	for _, value := range entries {
		c.askValue(value, into)
	}
}

// askValue reads one list of features. Those with which Vulkan goes count only
// if they will pass.
func (c *screen) askValue(value string, into *asked) {
	for text := range strings.SplitSeq(value, ",") {
		name, _ := parseFeature(strings.Trim(text, whitespace))
		a := askedBy(name)
		if a == toDecode || a != 0 && c.passes(name) {
			*into |= a
		}
	}
}

// passes reports whether the app's binary may know a name of the table.
func (c *screen) passes(name string) bool { return c.force || c.s.lacks(lookup(name)) == "" }

// holds reports whether it is so.
func (c *screen) holds(w When) bool {
	switch w {
	case Decoding:
		return c.decoding
	case OnWayland:
		return c.s.onWayland(c.ozone)
	case NoX11:
		return !c.s.X11
	case NoWayland:
		return !c.s.Wayland
	case NoVulkan:
		return !c.vulkan
	}
	return true
}
