package chromium

// on is a scene with an X server and nothing known of the binary.
func on(milestone int, gpu GPU) Host {
	return Host{Runtime: Electron, Milestone: milestone, GPU: gpu, X11: true, SessionType: "x11"}
}

// GPUs of the table in the facts.
var (
	intel    = GPU{Vendor: "intel", Driver: "i915"}
	amd      = GPU{Vendor: "amd", Driver: "amdgpu"}
	nvidia   = GPU{Vendor: "nvidia", Driver: "nvidia", VADriver: true}
	noDriver = GPU{Vendor: "nvidia", Driver: "nvidia"}
	nouveau  = GPU{Vendor: "nvidia", Driver: "nouveau", VADriver: true}
)

// binary is what a scan of Chromium of that milestone would find.
func binary(milestone int) func(string) Presence {
	return func(name string) Presence {
		if r := Lookup(name); r != nil {
			return r.At(milestone)
		}
		return Unknown
	}
}

// all is a list of everything that notes say.
func all(notes []Decision) (lines []string) {
	for _, n := range notes {
		kind := map[Outcome]string{Emitted: "+ ", Changed: "! ", Dropped: "- ", Needless: "= "}[n.Outcome]
		lines = append(lines, kind+said(n))
	}
	return lines
}

// said is a decision in one line.
func said(d Decision) string { return d.Switch + ": " + d.Reason }
