package doctor

import (
	"strconv"
	"strings"
)

// A sysctl is a setting of the kernel's memory management that docs/plan.md wants (0.1). The
// kernel's Documentation/admin-guide/sysctl/vm.rst explains each.
type sysctl struct {
	name  string // in vm.
	want  uint64
	least uint64 // what else is right
	most  uint64
	why   string
}

var sysctls = [...]sysctl{
	{"vfs_cache_pressure", 125, 125, 200, "the caches of names and inodes yield a little earlier than the default"},
	{"overcommit_memory", 0, 0, 0, "Chromium reserves far more than it uses, and 2 refuses that"},
	{"dirty_ratio", 10, 1, 10, "more unwritten pages make a program wait long for the disk at once"},
	{"dirty_background_ratio", 5, 1, 5, "the disk begins to write before programs have to wait"},
	{"panic_on_oom", 0, 0, 0, "otherwise the machine stops where one process would have been ended"},
}

func sysctlChecks() []Check {
	list := []Check{{
		Name: "swappiness", Group: Memory, run: checkSwappiness,
		Wanted: "vm.swappiness 67 with zram (67 to 200), 60 or less with swap on disk",
		Why:    "with zram it is cheap to swap early; on a disk it is not",
		Mend:   sysctlMend("swappiness", 67),
	}}
	for _, s := range sysctls {
		list = append(list, Check{
			Name: strings.ReplaceAll(s.name, "_", "-"), Group: Memory, run: s.check,
			Wanted: "vm." + s.name + " " + s.wanted(), Why: s.why, Mend: sysctlMend(s.name, s.want),
		})
	}
	return append(list, Check{
		Name: "overcommit-ratio", Group: Memory, run: checkOvercommitRatio,
		Wanted: "vm.overcommit_ratio 50, which counts only if vm.overcommit_memory is 2",
		Why:    "with 2 it decides how much may be reserved in all",
		Mend:   sysctlMend("overcommit_ratio", 50),
	})
}

// sysctlMend sets it now and from the next start on (sysctl.d(5)).
func sysctlMend(name string, value uint64) Mend {
	v := strconv.FormatUint(value, 10)
	return Mend{
		Command: "echo vm." + name + "=" + v + " | sudo tee -a /etc/sysctl.d/60-electroscope.conf && sudo sysctl --system",
		NixOS:   `boot.kernel.sysctl."vm.` + name + `" = ` + v + ";",
	}
}

func (s sysctl) wanted() string {
	want := strconv.FormatUint(s.want, 10)
	if s.least == s.most {
		return want
	}
	return want + " (" + strconv.FormatUint(s.least, 10) + " to " + strconv.FormatUint(s.most, 10) + ")"
}

func (m *Machine) sysctl(name string) (value uint64, known bool) {
	return m.number(m.Process.Proc + "/sys/vm/" + name)
}

func (s sysctl) check(m *Machine) Result {
	value, known := m.sysctl(s.name)
	if !known {
		return unknown("vm." + s.name + " cannot be read")
	}
	if value == 0 && s.least > 0 {
		return s.inBytes(m)
	}
	return okIf(value >= s.least && value <= s.most, strconv.FormatUint(value, 10))
}

// inBytes judges a ratio that is 0 because its twin says bytes: dirty_bytes for dirty_ratio.
func (s sysctl) inBytes(m *Machine) Result {
	bytes, _ := m.sysctl(strings.Replace(s.name, "_ratio", "_bytes", 1))
	ram := m.figures().RAM
	if bytes == 0 || ram == 0 {
		return warn("0")
	}
	return okIf(bytes <= ram/100*s.most, size(bytes)+", given in bytes")
}

// checkSwappiness judges by what is swapped to.
func checkSwappiness(m *Machine) Result {
	value, known := m.sysctl("swappiness")
	list, seen := m.swaps()
	if !known || !seen {
		return unknown("vm.swappiness or /proc/swaps cannot be read")
	}
	found := strconv.FormatUint(value, 10)
	_, zram, _ := m.zram()
	switch {
	case len(list) == 0:
		return notHere(found + ", and no swap")
	case zram:
		return okIf(value >= 67 && value <= 200, found+", with zram")
	}
	r := okIf(value <= 60, found+", with swap on disk")
	r.Mend = sysctlMend("swappiness", 60)
	return r
}

func checkOvercommitRatio(m *Machine) Result {
	mode, known := m.sysctl("overcommit_memory")
	ratio, known2 := m.sysctl("overcommit_ratio")
	found := strconv.FormatUint(ratio, 10)
	switch {
	case !known || !known2:
		return unknown("it cannot be read")
	case mode != 2:
		return ok(found + ", without effect")
	}
	return okIf(ratio >= 50, found)
}
