package machine

import (
	"os"
	"path/filepath"
	"sort"
	"strings"

	"electroscope/launcher/regular"
)

// Graphics are the cards of this machine, as far as an app's switches depend on
// them.
type Graphics struct {
	Vendor   string // nvidia, intel, amd, other; none if there is no card
	Driver   string // the kernel's: nvidia, nouveau, i915, xe, amdgpu, ...; may be empty
	Hybrid   bool   // cards of more than one vendor
	VADriver string // path of the VA-API driver for NVIDIA, empty if it is not installed
}

// vendorName names a PCI vendor (/usr/share/misc/pci.ids), of those that apps.toml has a word for.
func vendorName(id string) string {
	switch id {
	case "0x10de":
		return "nvidia"
	case "0x8086":
		return "intel"
	case "0x1002":
		return "amd"
	}
	return "other"
}

// ReadGraphics looks at the render nodes below root ("/"), as Chromium does, and
// where NVIDIA's driver makes none (without modeset) at its device. Of several
// cards the one that showed the firmware's screen (boot_vga) counts. vaPath is
// LIBVA_DRIVERS_PATH.
func ReadGraphics(root, vaPath string) Graphics {
	cards := renderNodes(root)
	if len(cards) == 0 {
		if _, err := os.Stat(filepath.Join(root, "dev/nvidia0")); err != nil {
			return Graphics{Vendor: "none"}
		}
		cards = []card{{vendor: "nvidia", driver: "nvidia"}}
	}
	sort.SliceStable(cards, func(i, j int) bool { return cards[i].boot && !cards[j].boot })
	g := Graphics{Vendor: cards[0].vendor, Driver: cards[0].driver}
	for _, c := range cards[1:] {
		g.Hybrid = g.Hybrid || c.vendor != g.Vendor
	}
	if g.Vendor == "nvidia" {
		g.VADriver = vaDriver(root, vaPath)
	}
	return g
}

type card struct {
	vendor, driver string
	boot           bool
}

func renderNodes(root string) []card {
	nodes, _ := filepath.Glob(filepath.Join(root, "sys/class/drm/renderD*"))
	var cards []card
	for _, node := range nodes {
		dir := filepath.Join(node, "device")
		id := read(filepath.Join(dir, "vendor"))
		if id == "" {
			continue // no PCI device: vgem, a virtual card
		}
		c := card{vendor: vendorName(id), boot: read(filepath.Join(dir, "boot_vga")) == "1"}
		if driver, err := os.Readlink(filepath.Join(dir, "driver")); err == nil {
			c.driver = filepath.Base(driver)
		}
		cards = append(cards, c)
	}
	return cards
}

func read(file string) string {
	text, _ := regular.Read(file, 4096)
	return strings.TrimSpace(string(text))
}

// vaDriver finds nvidia_drv_video.so where libva looks: LIBVA_DRIVERS_PATH, and
// the folders that distributions build it with.
func vaDriver(root, vaPath string) string {
	dirs := []string{
		"/run/opengl-driver/lib/dri", "/usr/lib/x86_64-linux-gnu/dri", "/usr/lib/aarch64-linux-gnu/dri", "/usr/lib64/dri", "/usr/lib/dri",
	}
	if vaPath != "" {
		dirs = append(strings.Split(vaPath, ":"), dirs...)
	}
	for _, dir := range dirs {
		file := filepath.Join(root, dir, "nvidia_drv_video.so")
		if _, err := os.Stat(file); err == nil {
			return file
		}
	}
	return ""
}
