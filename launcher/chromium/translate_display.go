package chromium

import "slices"

func (t *translation) ozone() {
	switch t.options.Ozone {
	case OzoneX11:
		if !t.host.X11 {
			t.nothing("no X server is reachable")
			return
		}
	case OzoneWayland:
		if !t.host.Wayland {
			t.nothing("no compositor is reachable")
			return
		}
	default:
		t.nothing("is not a platform")
		return
	}
	t.give(parts{switches: []string{"--ozone-platform=" + string(t.options.Ozone)}})
	if t.host.Runtime == CEF { // kpcyrd/spotify-launcher#108, spicetify/cli#3852
		t.log.add(Changed, t.option, t.origin, "not for the child processes: Spotify since 1.2.86 gives them x11 as long as DISPLAY is set")
	}
}

// onWayland reports whether the app will draw on Wayland, its ozone option included.
func (t *translation) onWayland() bool {
	ozone := ""
	for _, source := range t.sources {
		for _, text := range source.Switches {
			if name, value, _ := parseSwitch(text); name == "ozone-platform" {
				ozone = value
			}
		}
	}
	return t.host.onWayland(ozone)
}

func (t *translation) backend() {
	old, angle := "", ""
	switch t.options.Backend {
	case BackendOff:
		t.give(parts{switches: []string{"--disable-gpu"}})
		return
	case BackendVulkan:
		t.vulkan()
		return
	case BackendGL:
		old, angle = "--use-gl=desktop", "--use-angle=gl"
	case BackendGLES:
		old, angle = "--use-gl=egl", "--use-angle=gles-egl"
	default:
		t.nothing("is not a backend")
		return
	}
	// From 112 on only ANGLE is left, and --use-angle implies --use-gl=angle
	// (ui/gl/init/gl_factory.cc). Before, X11 took both by themselves; of Wayland
	// it is not known.
	switch m := t.host.Milestone; {
	case m == 0:
		t.nothing(noMilestone)
	case m >= 112:
		t.give(parts{switches: []string{angle}})
	case t.onWayland():
		t.nothing("there is no switch for that on Wayland before 112")
	default:
		t.give(parts{switches: []string{old}})
	}
}

// angleByVulkan is from when on ANGLE is known to draw by Vulkan on Wayland: M120
// wayland_surface_factory.cc refuses it, M150 does not, and RUN156 draws under weston.
const angleByVulkan = 150

// vulkan lets ANGLE draw by Vulkan on Wayland, where Chromium itself does not. Elsewhere
// it switches Vulkan on with the two features without which no video
// would be decoded (media/mojo/services/gpu_mojo_media_client_linux.cc).
func (t *translation) vulkan() {
	software := slices.ContainsFunc(t.sources, func(s Source) bool { return slices.Contains(s.Switches, noDecoding) })
	decoding := t.options.VideoDecode == On || t.host.Milestone >= decodes && !software
	both := t.host.lacks(Lookup("VulkanFromANGLE")) == "" && t.host.lacks(Lookup("DefaultANGLEVulkan")) == ""
	switch {
	case t.onWayland() && t.host.Milestone == 0:
		t.nothing(noMilestone)
	case t.onWayland() && t.host.Milestone < angleByVulkan:
		t.nothing("on Wayland it is known to work from " + decimal(angleByVulkan) + " on")
	case t.onWayland():
		t.give(parts{switches: []string{"--use-angle=vulkan"}})
	case decoding && !both:
		t.nothing("refused together with video decoding: without VulkanFromANGLE and DefaultANGLEVulkan, which this binary does not know, it decodes in software")
	default:
		t.give(parts{enable: []string{"Vulkan", "VulkanFromANGLE", "DefaultANGLEVulkan"}})
	}
}
