package doctor

import (
	"path/filepath"
	"strconv"
	"strings"

	"electroscope/monitor"
)

const nvidiaLines = "electroscope.nvidiaVaapi.enable = true;"

// gpuChecks are about the graphics card, and who uses it.
func gpuChecks() []Check {
	list := []Check{
		{
			Name: "gpu-driver", Group: GPU, run: checkDriver,
			Wanted: "the vendor's driver; for Maxwell, Pascal and Volta the branch 580",
			Why:    "590 and later no longer know those cards, and Chromium draws on the CPU with nouveau",
			Mend:   Mend{Command: "install the branch 580 of NVIDIA's driver", NixOS: nvidiaLines},
		},
		{
			Name: "modeset", Group: GPU, run: checkModeset,
			Wanted: "nvidia-drm.modeset=1",
			Why:    "without it there is no render node, and no video decoding by VA-API",
			Mend:   Mend{Command: "boot with nvidia-drm.modeset=1", NixOS: "hardware.nvidia.modesetting.enable = true;"},
		},
		{
			Name: "render-node", Group: GPU, run: checkNodes,
			Wanted: "a render node in /dev/dri that this user may open",
			Why:    "an app that may not open it draws on the CPU",
			Mend:   Mend{Command: "sudo usermod -aG render $USER, then log in anew", NixOS: `users.users.NAME.extraGroups = [ "render" "video" ];`},
		},
		{
			Name: "gpu-processes", Group: GPU, run: checkRendering,
			Wanted: "each running app draws on the card",
			Why:    "drawing on the CPU takes the CPU from all else",
			Mend:   Mend{Command: "open chrome://gpu in the app; electroscope explain -v APP says which switches it got"},
		},
	}
	return append(list, videoChecks()...)
}

// A card is a render node's.
type card struct {
	node, vendor, device, driver string
}

// cards are those with a render node (Documentation/gpu/drm-uapi.rst), virtual ones left out.
func (m *Machine) cards() []card {
	var list []card
	for _, node := range m.glob("/sys/class/drm/renderD*") {
		c := card{
			node: filepath.Base(node), vendor: m.text(node + "/device/vendor"), device: m.text(node + "/device/device"),
			driver: filepath.Base(m.link(node + "/device/driver")),
		}
		if c.vendor != "" {
			list = append(list, c)
		}
	}
	return list
}

const vendorNVIDIA = "0x10de" // pci.ids

// nvidia is the card of NVIDIA, with or without a render node.
func (m *Machine) nvidia() (c card, there bool) {
	for _, c := range m.cards() {
		if c.vendor == vendorNVIDIA {
			return c, true
		}
	}
	for _, dir := range m.glob("/sys/bus/pci/devices/*") {
		if m.text(dir+"/vendor") == vendorNVIDIA && strings.HasPrefix(m.text(dir+"/class"), "0x03") { // a display controller
			return card{vendor: vendorNVIDIA, device: m.text(dir + "/device"), driver: filepath.Base(m.link(dir + "/driver"))}, true
		}
	}
	return card{vendor: vendorNVIDIA, driver: "nvidia"}, m.exists("/dev/nvidia0")
}

// nvidiaVersion is that of NVIDIA's kernel module; "" if it is not loaded.
func (m *Machine) nvidiaVersion() string { return m.text("/sys/module/nvidia/version") }

func checkDriver(m *Machine) Result {
	c, isNVIDIA := m.nvidia()
	if !isNVIDIA {
		var t tally
		for _, other := range m.cards() {
			t.add(OK, other.driver)
		}
		return t.result("no graphics card")
	}
	g := generationOf(c.device)
	version := m.nvidiaVersion()
	name := g.described() + ", "
	switch {
	case c.driver == "nouveau":
		return warn(name + "nouveau")
	case leading(version) == 0:
		return unknown(name + "the driver's version cannot be read")
	case g.lastBranch != 0 && leading(version) > g.lastBranch:
		return fail(name + version + ", which no longer knows the card").mend("install the branch " + strconv.Itoa(g.lastBranch) + " of NVIDIA's driver")
	}
	return ok(name + version)
}

func checkModeset(m *Machine) Result {
	c, isNVIDIA := m.nvidia()
	if !isNVIDIA || c.driver == "nouveau" {
		return notHere("no card with NVIDIA's driver")
	}
	switch value := m.text("/sys/module/nvidia_drm/parameters/modeset"); value {
	case "Y", "1":
		return ok("on")
	case "N", "0":
		return fail("off")
	default:
		return unknown("the module nvidia_drm cannot be looked at")
	}
}

func checkNodes(m *Machine) Result {
	nodes := m.glob("/dev/dri/renderD*")
	if len(nodes) == 0 {
		if c, isNVIDIA := m.nvidia(); isNVIDIA {
			return warn("none, though there is a card of NVIDIA (" + or(c.driver, "no driver") + ")")
		}
		return notHere("no graphics card")
	}
	var t tally
	for _, node := range nodes {
		if m.MayUse(node) {
			t.add(OK, node)
		} else {
			t.add(Fail, node+" may not be opened")
		}
	}
	return t.result("")
}

func checkRendering(m *Machine) Result {
	s, err := m.running()
	if err != nil {
		return unknown(err.Error())
	}
	hasCard := len(m.glob("/dev/dri/renderD*")) > 0 || m.exists("/dev/nvidia0")
	var t tally
	for _, a := range s.Apps {
		switch {
		case a.GPU == monitor.Hardware:
			t.add(OK, a.Name)
		case a.GPU == monitor.UnknownGPU:
			t.add(Unknown, a.Name+": its GPU process cannot be looked at")
		case a.GPU == monitor.Software && !hasCard:
			t.add(NotHere, "there is no card to draw on")
		case a.GPU == monitor.Software:
			t.add(Warn, a.Name+" draws on the CPU")
		}
	}
	return t.result("no app with a GPU process runs")
}
