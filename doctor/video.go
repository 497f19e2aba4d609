package doctor

import (
	"slices"
	"strconv"
	"strings"
)

// videoChecks are about decoding on the card.
func videoChecks() []Check {
	return []Check{
		{
			Name: "vaapi", Group: GPU, run: checkVAAPI,
			Wanted: "vainfo shows a driver",
			Why:    "Chromium and Firefox decode video on the card by VA-API alone",
			Mend:   Mend{Command: "install vainfo and your card's driver: nvidia-vaapi-driver, intel-media-va-driver or mesa-va-drivers", NixOS: nvidiaLines},
		},
		{
			Name: "vdpau", Group: GPU, run: checkVDPAU,
			Wanted: "vdpauinfo shows a driver with decoders",
			Why:    "some players know VDPAU only",
			Mend:   Mend{Command: "install vdpauinfo and your card's driver, or libvdpau-va-gl", NixOS: nvidiaLines},
		},
		{
			Name: "codecs", Group: GPU, run: checkCodecs,
			Wanted: "VA-API offers what the card can decode",
			Why:    "what it does not offer is decoded on the CPU",
			Mend:   Mend{Command: "update the VA-API driver; NVD_LOG=1 vainfo says what nvidia-vaapi-driver misses", NixOS: nvidiaLines},
		},
		{
			Name: "video-variables", Group: GPU, run: checkVariables,
			Wanted: "LIBVA_DRIVER_NAME, NVD_BACKEND and VDPAU_DRIVER that fit the card",
			Why:    "libva loads the driver that is named, and none if that is another card's",
			Mend: Mend{
				Command: "in ~/.config/environment.d/50-video.conf: LIBVA_DRIVER_NAME=nvidia, NVD_BACKEND=direct, VDPAU_DRIVER=nvidia", NixOS: nvidiaLines,
			},
			Fix: variablesFix((*Machine).videoVariables),
		},
		{
			Name: "firefox", Group: GPU, run: checkFirefox,
			Wanted: "Firefox decodes video on the card",
			Why:    "it has settings of its own, and a sandbox that NVIDIA's VA-API driver does not pass",
			Mend:   Mend{Command: "about:support, Media, says what it decodes; reset media.* in about:config", NixOS: `environment.sessionVariables.MOZ_DISABLE_RDD_SANDBOX = "1";`},
		},
		{
			Name: "gpu-memory", Group: GPU, run: checkGPUMemory,
			Wanted: "a tenth of the card's memory free",
			Why:    "apps that find none draw on the CPU, or end",
			Mend:   Mend{Command: "nvidia-smi names who has it; quit one"},
		},
	}
}

// vainfo asks libva, by the render node, which needs no display.
func (m *Machine) vainfo() Output { return m.run("vainfo", "--display", "drm") }

func checkVAAPI(m *Machine) Result {
	if len(m.glob("/dev/dri/renderD*")) == 0 {
		return notHere("no render node")
	}
	out := m.vainfo()
	switch _, driver, found := strings.Cut(out.Text, "Driver version: "); {
	case out.Absent:
		return unknown("vainfo is not installed")
	case out.TimedOut:
		return unknown("vainfo does not end")
	case out.Failed || !found:
		return fail("vainfo: " + or(complaint(out.Text), "no driver"))
	default:
		return ok(firstLine(driver))
	}
}

// complaint is the line of an output that says what failed.
func complaint(text string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, "failed") || strings.Contains(line, "rror") {
			return strings.TrimSpace(line)
		}
	}
	return firstLine(text)
}

func checkVDPAU(m *Machine) Result {
	if len(m.glob("/dev/dri/renderD*")) == 0 && !m.exists("/dev/nvidia0") {
		return notHere("no graphics card")
	}
	if m.getenv("DISPLAY") == "" {
		return notHere("it needs X11")
	}
	out := m.run("vdpauinfo")
	switch _, driver, found := strings.Cut(out.Text, "Information string: "); {
	case out.Absent:
		return unknown("vdpauinfo is not installed")
	case out.TimedOut:
		return unknown("vdpauinfo does not end")
	case out.Failed || !found:
		return warn("vdpauinfo: " + or(complaint(out.Text), "no driver"))
	default:
		return ok(firstLine(driver) + ", " + strconv.Itoa(len(decoders(out.Text))) + " decoders")
	}
}

// decoders are the names in vdpauinfo's "Decoder capabilities" that are supported.
func decoders(text string) []string {
	_, list, _ := strings.Cut(text, "Decoder capabilities:")
	list, _, _ = strings.Cut(list, "Output surface:")
	var names []string
	for line := range strings.Lines(list) {
		f := strings.Fields(line)
		if len(f) == 5 && f[0] != "name" && !strings.Contains(line, "not supported") {
			names = append(names, f[0])
		}
	}
	return names
}

// profiles are what a decoder of each codec is called in libva (va/va.h).
var profiles = [...]struct {
	codec
	name string
}{
	{h264, "VAProfileH264High"}, {hevc, "VAProfileHEVCMain"}, {hevcMain10, "VAProfileHEVCMain10"},
	{vp8, "VAProfileVP8Version0_3"}, {vp9, "VAProfileVP9Profile0"}, {av1, "VAProfileAV1Profile0"},
}

// offered are the codecs with an entry point for decoding.
func offered(text string) []codec {
	names := map[string]bool{}
	for line := range strings.Lines(text) {
		name, entry, found := strings.Cut(strings.ReplaceAll(line, " ", ""), ":")
		if found && strings.TrimSpace(entry) == "VAEntrypointVLD" {
			names[strings.TrimSpace(name)] = true
		}
	}
	var list []codec
	for _, p := range profiles {
		if names[p.name] {
			list = append(list, p.codec)
		}
	}
	return list
}

// checkCodecs holds what VA-API offers against what the card can do. Of cards other than NVIDIA's
// only H.264 is counted on, which all since 2011 decode.
func checkCodecs(m *Machine) Result {
	out := m.vainfo()
	if out.Absent || out.Failed || out.TimedOut {
		return notHere("vainfo shows nothing")
	}
	wanted := []codec{h264}
	if c, isNVIDIA := m.nvidia(); isNVIDIA {
		if g := generationOf(c.device); g.name != "" {
			wanted = g.decodes
		}
	}
	has := offered(out.Text)
	missing := slices.DeleteFunc(slices.Clone(wanted), func(c codec) bool { return slices.Contains(has, c) })
	if len(missing) > 0 {
		return warn("without " + list(missing))
	}
	found := list(has)
	if !slices.Contains(has, av1) && !slices.Contains(wanted, av1) {
		found += "; no AV1"
	}
	return ok(found)
}

func list(codecs []codec) string {
	words := make([]string, len(codecs))
	for i, c := range codecs {
		words[i] = string(c)
	}
	return strings.Join(words, ", ")
}

// checkVariables reads those of this process, which are those of the session if it was started in
// it. Chromium refuses vdpau as a driver (media/gpu/vaapi/vaapi_wrapper.cc).
func checkVariables(m *Machine) Result {
	c, isNVIDIA := m.nvidia()
	isNVIDIA = isNVIDIA && c.driver != "nouveau"
	if !isNVIDIA && len(m.cards()) == 0 {
		return notHere("no graphics card")
	}
	var t tally
	t.add(OK, "they fit")
	libva, backend, vdpau := m.getenv("LIBVA_DRIVER_NAME"), m.getenv("NVD_BACKEND"), m.getenv("VDPAU_DRIVER")
	switch {
	case isNVIDIA && len(m.cards()) < 2 && libva == "":
		t.add(Warn, "LIBVA_DRIVER_NAME is not set: libva 2.20 and later needs it for NVIDIA")
	case isNVIDIA && len(m.cards()) < 2 && libva != "nvidia", libva == "vdpau":
		t.add(Warn, "LIBVA_DRIVER_NAME="+libva)
	case !isNVIDIA && libva == "nvidia":
		t.add(Warn, "LIBVA_DRIVER_NAME=nvidia, and there is no card of NVIDIA")
	}
	if isNVIDIA && backend != "" && backend != "direct" {
		t.add(Warn, "NVD_BACKEND="+backend+", which driver 525 and later do not take")
	}
	if !isNVIDIA && vdpau == "nvidia" {
		t.add(Warn, "VDPAU_DRIVER=nvidia, and there is no card of NVIDIA")
	}
	return t.result("")
}

// videoVariables are those that a session with NVIDIA's driver, and no other card, lacks.
func (m *Machine) videoVariables() []variable {
	c, isNVIDIA := m.nvidia()
	if !isNVIDIA || c.driver == "nouveau" {
		return nil
	}
	var list []variable
	if len(m.cards()) < 2 && m.getenv("LIBVA_DRIVER_NAME") != "nvidia" {
		list = append(list, variable{"LIBVA_DRIVER_NAME", "nvidia"})
	}
	if backend := m.getenv("NVD_BACKEND"); backend != "" && backend != "direct" {
		list = append(list, variable{"NVD_BACKEND", "direct"})
	}
	return list
}

// checkFirefox reads the user's own settings (Firefox keeps only what differs from the default,
// modules/libpref), and looks at the processes that decode: those with "rdd" or "utility" as their
// last word (toolkit/xre, GeckoChildProcessHost).
func checkFirefox(m *Machine) Result {
	prefs := append(m.glob(m.getenv("HOME")+"/.mozilla/firefox/*/prefs.js"), m.glob(m.xdg().ConfigHome()+"/mozilla/firefox/*/prefs.js")...)
	if len(prefs) == 0 {
		return notHere("no profile of Firefox")
	}
	var t tally
	t.add(OK, "nothing in its settings is against it")
	for _, file := range prefs {
		for line := range strings.Lines(m.text(file)) {
			for _, bad := range [...]string{
				`"media.hardware-video-decoding.enabled", false`, `"layers.acceleration.disabled", true`, `"gfx.webrender.software", true`,
				`"media.rdd-process.enabled", false`,
			} {
				if strings.Contains(line, bad) {
					t.add(Warn, "about:config: "+strings.ReplaceAll(bad, `"`, ""))
				}
			}
		}
	}
	if c, isNVIDIA := m.nvidia(); isNVIDIA && c.driver == "nvidia" && m.getenv("MOZ_DISABLE_RDD_SANDBOX") != "1" {
		t.add(Warn, "MOZ_DISABLE_RDD_SANDBOX is not 1, which NVIDIA's VA-API driver needs")
	}
	return t.result("")
}

func checkGPUMemory(m *Machine) Result {
	if c, isNVIDIA := m.nvidia(); !isNVIDIA || c.driver == "nouveau" {
		return notHere("only NVIDIA's driver says")
	}
	out := m.run("nvidia-smi", "--query-gpu=memory.used,memory.total", "--format=csv,noheader,nounits")
	text, total, _ := strings.Cut(firstLine(out.Text), ",")
	used, known := parseNumber(strings.TrimSpace(text))
	all, known2 := parseNumber(strings.TrimSpace(total))
	if out.Absent || out.Failed || out.TimedOut || !known || !known2 || all == 0 {
		return unknown("nvidia-smi does not say")
	}
	return okIf(used < all/10*9, mib(used<<20)+" of "+mib(all<<20))
}
