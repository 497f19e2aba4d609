package doctor

import (
	"strconv"
	"strings"
)

// zramChecks are about swap in RAM.
func zramChecks() []Check {
	return []Check{
		{
			Name: "zram", Group: Memory, run: checkZram,
			Wanted: "swap in RAM, compressed",
			Why:    "MemoryHigh acts only with swap behind it, and zram is the fastest there is",
			Mend: Mend{
				Command: "sudo apt install systemd-zram-generator, then a line [zram0] in /etc/systemd/zram-generator.conf", NixOS: zramLines,
			},
		},
		{
			Name: "zram-algorithm", Group: Memory, run: checkZramAlgorithm,
			Wanted: "zram compresses by " + zramAlgorithm,
			Why:    "it makes more of the same RAM than lzo-rle does",
			Mend:   Mend{Command: "in /etc/systemd/zram-generator.conf, [zram0]: compression-algorithm = zstd", NixOS: `zramSwap.algorithm = "zstd";`},
		},
		{
			Name: "zram-size", Group: Memory, run: checkZramSize,
			Wanted: "zram as large as " + strconv.Itoa(zramPercent) + "% of the RAM",
			Why:    "less leaves apps without swap too early, far more can fill the RAM itself",
			Mend:   Mend{Command: "in /etc/systemd/zram-generator.conf, [zram0]: zram-size = ram * 0.75", NixOS: "zramSwap.memoryPercent = 75;"},
		},
		{
			Name: "zram-priority", Group: Memory, run: checkZramPriority,
			Wanted: "zram before any swap on disk",
			Why:    "the kernel fills the swap of the highest priority first",
			Mend:   Mend{Command: "in /etc/systemd/zram-generator.conf, [zram0]: swap-priority = 100", NixOS: "zramSwap.priority = 100;"},
		},
	}
}

// A swap is a line of /proc/swaps (proc_swaps(5)).
type swap struct {
	path     string
	size     uint64
	priority int
}

func (s swap) isZram() bool { return strings.Contains(s.path, "zram") }

func (m *Machine) swaps() (list []swap, known bool) {
	text, err := m.read(m.Process.Proc + "/swaps")
	if err != nil {
		return nil, false
	}
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "Filename" {
			continue
		}
		if len(f) < 5 {
			return nil, false
		}
		kib, right := parseNumber(f[2])
		priority, err := strconv.Atoi(f[4])
		if !right || err != nil {
			return nil, false
		}
		list = append(list, swap{f[0], kib << 10, priority})
	}
	return list, true
}

// zram is the device that is swapped to. known is false if that cannot be told.
func (m *Machine) zram() (z swap, there, known bool) {
	list, known := m.swaps()
	for _, s := range list {
		if s.isZram() {
			return s, true, true
		}
	}
	return swap{}, false, known
}

// device is a file of the zram device in /sys (Documentation/admin-guide/blockdev/zram.rst).
func (s swap) device(file string) string {
	return "/sys/block/" + s.path[strings.LastIndexByte(s.path, '/')+1:] + "/" + file
}

func checkZram(m *Machine) Result {
	list, known := m.swaps()
	z, there, _ := m.zram()
	switch {
	case !known:
		return unknown("/proc/swaps cannot be read")
	case there:
		return ok(z.path + ", " + gib(z.size))
	case len(list) > 0:
		return warn("swap on " + list[0].path + " only")
	}
	return fail("no swap at all, so MemoryHigh is left out at each launch")
}

// withZram is the device, or the result that stands for there being none.
func (m *Machine) withZram() (swap, *Result) {
	z, there, known := m.zram()
	switch {
	case there:
		return z, nil
	case !known:
		r := unknown("/proc/swaps cannot be read")
		return z, &r
	}
	r := notHere("no zram")
	return z, &r
}

func checkZramAlgorithm(m *Machine) Result {
	z, problem := m.withZram()
	if problem != nil {
		return *problem
	}
	algorithm := chosen(m.text(z.device("comp_algorithm")))
	if algorithm == "" {
		return unknown(z.device("comp_algorithm") + " cannot be read")
	}
	return okIf(algorithm == zramAlgorithm, algorithm)
}

func checkZramSize(m *Machine) Result {
	z, problem := m.withZram()
	if problem != nil {
		return *problem
	}
	ram := m.figures().RAM
	if ram == 0 {
		return unknown("the RAM is not known")
	}
	percent := float64(z.size) / float64(ram) * 100
	return okIf(percent > zramPercent-10 && percent < zramPercent+30, gib(z.size)+", "+strconv.FormatFloat(percent, 'f', 0, 64)+"% of "+gib(ram))
}

func checkZramPriority(m *Machine) Result {
	z, problem := m.withZram()
	if problem != nil {
		return *problem
	}
	list, _ := m.swaps()
	for _, s := range list {
		if !s.isZram() && s.priority >= z.priority {
			return warn(s.path + " has " + strconv.Itoa(s.priority) + ", " + z.path + " " + strconv.Itoa(z.priority))
		}
	}
	return ok(strconv.Itoa(z.priority))
}
