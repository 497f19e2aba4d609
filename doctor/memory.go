package doctor

import (
	"slices"
	"strconv"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/monitor/budget"
)

// The values that docs/plan.md wants (0.1).
const (
	zramPercent   = 75
	zramAlgorithm = "zstd"
	leastRAM      = 8 << 30
)

const zramLines = "electroscope.zram.enable = true;"

// memoryChecks are about RAM, swap, and who acts when they run out.
func memoryChecks() []Check {
	list := []Check{
		{
			Name: "ram", Group: Memory, run: checkRAM,
			Wanted: "8 GiB of RAM or more",
			Why:    "the apps' own limits are cut for a machine that works within 8 to 10 GB",
			Mend:   Mend{Command: `lower the limits in ~/.config/electroscope/apps.toml: [defaults] memory = "15%"`},
		},
		{
			Name: "memory-use", Group: Memory, run: checkUse,
			Wanted: "below the targets of [budget]: 4G in use while no app runs, 10G at work",
			Why:    "what the system itself takes is not there for apps",
			Mend:   Mend{Command: "ps -eo rss,comm --sort=-rss | head -20 names who has it"},
		},
		{
			Name: "memory-pressure", Group: Memory, run: checkPressure,
			Wanted: "less than 10% of the time spent waiting for memory",
			Why:    "above that the desktop stutters",
			Mend:   Mend{Command: "electroscope status names the app that is slowed; quit one, or give it less"},
		},
		{
			Name: "psi", Group: Memory, run: checkPSI,
			Wanted: "pressure stall information in /proc/pressure",
			Why:    "without it neither electroscope status nor systemd-oomd sees pressure",
			Mend:   Mend{Command: "boot with psi=1", NixOS: `boot.kernelParams = [ "psi=1" ];`},
		},
	}
	return slices.Concat(list, zramChecks(), sysctlChecks(), killerChecks())
}

func checkRAM(m *Machine) Result {
	ram := m.figures().RAM
	if ram == 0 {
		return unknown("/proc/meminfo does not say")
	}
	const missing = 512 << 20 // that the firmware and the kernel keep of 8 GiB
	return okIf(ram >= leastRAM-missing, gib(ram))
}

func checkUse(m *Machine) Result {
	s, err := m.running()
	used, known := s.Machine.Used().Get()
	if !known {
		return unknown("/proc/meminfo does not say")
	}
	all, _ := m.Layers.All()
	idle, work := target(all.Budget.Idle, budget.DefaultIdle, m.figures().RAM), target(all.Budget.Work, budget.DefaultWork, m.figures().RAM)
	switch {
	case err != nil:
		return unknown(gib(used) + " in use; whether apps run is not known")
	case len(s.Apps) == 0:
		return okIf(used < idle, gib(used)+" in use, and no app runs")
	}
	return okIf(used < work, gib(used)+" in use, apps that run: "+strconv.Itoa(len(s.Apps)))
}

// target is what [budget] says, or the plan.
func target(set catalog.Amount, otherwise, ram uint64) uint64 {
	if !set.IsSet() {
		return otherwise
	}
	return set.Of(ram)
}

func checkPressure(m *Machine) Result {
	s, _ := m.running()
	percent, known := s.Machine.Pressure.MemorySome.Get()
	if !known || percent < 0 || percent > 100 {
		return unknown("this kernel does not say")
	}
	return okIf(percent < 10, strconv.FormatFloat(percent, 'f', 0, 64)+"% in the last ten seconds")
}

func checkPSI(m *Machine) Result {
	path := m.Process.Proc + "/pressure/memory"
	text, err := m.read(path)
	switch {
	case err == nil && strings.HasPrefix(text, "some "):
		return ok("on")
	case m.isAbsent(path):
		return warn("off, or not built into this kernel")
	}
	return warn("/proc/pressure/memory cannot be read") // EOPNOTSUPP: built in, and off (kernel/sched/psi.c)
}
