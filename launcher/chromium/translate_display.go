package chromium

import "slices"

func (g *grant) ozone() {
	switch g.w.Ozone {
	case OzoneX11:
		if !g.s.X11 {
			g.nothing("no X server is reachable")
			return
		}
	case OzoneWayland:
		if !g.s.Wayland {
			g.nothing("no compositor is reachable")
			return
		}
	default:
		g.nothing("is no platform")
		return
	}
	g.give(parts{switches: []string{"--ozone-platform=" + string(g.w.Ozone)}})
	if g.s.Runtime == CEF { // kpcyrd/spotify-launcher#108, spicetify/cli#3852
		g.notes.add(Changed, g.wish, g.w.Origin, "not for the child processes: Spotify since 1.2.86 gives them x11 as long as DISPLAY is set")
	}
}

// onWayland is where the app will draw with its wish granted.
func (g *grant) onWayland() bool {
	ozone := ""
	for _, text := range g.wants.Switches {
		if name, value, _ := parseSwitch(text); name == "ozone-platform" {
			ozone = value
		}
	}
	return g.s.onWayland(ozone)
}

func (g *grant) backend() {
	old, angle := "", ""
	switch g.w.Backend {
	case BackendOff:
		g.give(parts{switches: []string{"--disable-gpu"}})
		return
	case BackendVulkan:
		g.vulkan()
		return
	case BackendGL:
		old, angle = "--use-gl=desktop", "--use-angle=gl"
	case BackendGLES:
		old, angle = "--use-gl=egl", "--use-angle=gles-egl"
	default:
		g.nothing("is no backend")
		return
	}
	// From 112 on only ANGLE is left, and --use-angle implies --use-gl=angle
	// (ui/gl/init/gl_factory.cc). Before, X11 took both by themselves; of Wayland
	// it is not known.
	switch m := g.s.Milestone; {
	case m == 0:
		g.nothing(noMilestone)
	case m >= 112:
		g.give(parts{switches: []string{angle}})
	case g.onWayland():
		g.nothing("there is no switch for that on Wayland before 112")
	default:
		g.give(parts{switches: []string{old}})
	}
}

// vulkan switches Vulkan on with the two features without which no video would
// be decoded (media/mojo/services/gpu_mojo_media_client_linux.cc).
func (g *grant) vulkan() {
	software := slices.Contains(g.wants.Switches, noDecoding)
	decoding := g.w.VideoDecode == On || g.s.Milestone >= decodes && !software
	both := g.s.lacks(lookup("VulkanFromANGLE")) == "" && g.s.lacks(lookup("DefaultANGLEVulkan")) == ""
	switch {
	case g.onWayland():
		g.nothing("Chromium calls Vulkan and Wayland incompatible")
	case decoding && !both:
		g.nothing("refused together with video decoding: without VulkanFromANGLE and DefaultANGLEVulkan, which this binary does not know, it decodes in software")
	default:
		g.give(parts{enable: []string{"Vulkan", "VulkanFromANGLE", "DefaultANGLEVulkan"}})
	}
}
