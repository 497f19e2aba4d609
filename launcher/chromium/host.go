package chromium

// Presence is what is known of a name: whether a binary has it.
type Presence uint8

const (
	Unknown Presence = iota
	Present
	Absent
)

// Host is what an app's switches depend on besides settings: the program, the GPU
// and the session.
type Host struct {
	Runtime   Runtime
	Milestone int  // Chromium's major version, 0 if unknown
	VSCode    bool // of the VS Code family, whose own parser reads the arguments first

	// Knows reports whether the app's binary has a switch (without dashes) or a
	// feature of that name among its literals. It goes before the table. A name
	// that was not looked for, or that was found only as the tail of a longer
	// literal, is Unknown: the linker keeps such a name nowhere else. Nil knows
	// nothing.
	Knows func(name string) Presence

	GPU GPU

	X11, Wayland bool   // a server of that kind is reachable
	SessionType  string // XDG_SESSION_TYPE, by which Chromium chooses from 140 on
}

// GPU is the one the app will draw with.
type GPU struct {
	Vendor   string // nvidia, intel, amd, other, none; empty if unknown
	Driver   string // the kernel's: nvidia, nouveau, i915, xe, amdgpu
	VADriver bool   // NVIDIA's VA-API driver, nvidia_drv_video.so, is installed
}

// nvidia reports whether NVIDIA's own driver runs the GPU. With nouveau it is a
// GPU like any of Mesa's.
func (g GPU) nvidia() bool { return g.Vendor == "nvidia" && g.Driver != "nouveau" }

func (s *Host) presence(name string) Presence {
	if s.Knows == nil {
		return Unknown
	}
	return s.Knows(name)
}

// onWayland reports whether the app will draw on Wayland, if ozone ("", "x11",
// "wayland") is what it is told. By itself Chromium takes X11 before 140, and
// from then on what XDG_SESSION_TYPE says (ui/linux/display_server_utils.cc).
func (s *Host) onWayland(ozone string) bool {
	switch ozone {
	case "wayland":
		return s.Wayland
	case "x11":
		return false
	}
	return s.Wayland && (!s.X11 || s.Milestone >= 140 && s.SessionType == "wayland")
}

// lacks says why the app cannot know the name of a row, or nothing if it may.
func (s *Host) lacks(r *Name) string {
	has := s.presence(r.Name)
	if has == Absent && r.Tail != "" {
		has = Unknown
	}
	switch {
	case has == Present:
		return ""
	case r.Of != "" && s.Runtime != "" && r.Of != s.Runtime:
		return "only " + string(r.Of) + " knows it"
	case has == Unknown && (r.Of != "" || r.At(s.Milestone) != Absent):
		return ""
	case r.Became != "" && (s.Milestone == 0 || s.Milestone >= r.BecameAt):
		return r.renamed(s.Milestone)
	case has == Absent:
		return unknownName
	case s.Milestone <= r.Before:
		return "came after " + decimal(r.Before)
	}
	return "gone by " + decimal(r.Gone)
}

const unknownName = "this binary does not know it"
