package doctor

import (
	"path/filepath"
	"strconv"
	"strings"

	"electroscope/launcher/limit"
)

// cpuChecks are about processors, storage, and the system as a whole.
func cpuChecks() []Check {
	return append([]Check{
		{
			Name: "governor", Group: CPU, run: checkGovernor,
			Wanted: "a governor that raises the frequency under load",
			Why:    "powersave without a driver that decides by itself keeps the lowest frequency",
			Mend: Mend{
				Command: "sudo cpupower frequency-set -g schedutil", NixOS: `powerManagement.cpuFreqGovernor = "schedutil";`,
			},
		},
		{
			Name: "user-slice", Group: CPU, run: checkUserSlice,
			Wanted: "MemoryHigh 75%, MemoryMax 87.5% of the RAM and CPUQuota 75% of the threads for a user",
			Why:    "then what one user starts leaves the system enough to answer",
		},
		{
			Name: "display-manager", Group: CPU, run: checkDisplayManager,
			Wanted: "memory kept for the display manager, and no MemoryMax on it",
			Why:    "under X11 the X server runs in that unit, and a limit ends the session",
			Mend: Mend{
				Command: "sudo systemctl set-property display-manager.service MemoryMax=infinity MemoryLow=512M",
				NixOS:   "electroscope.slices.displayManager.capped = false;",
			},
		},
		{
			Name: "io-scheduler", Group: CPU, run: checkScheduler,
			Wanted: "none for NVMe; bfq or mq-deadline for a disk that turns",
			Why:    "an NVMe orders requests by itself; a disk seeks",
			Mend: Mend{
				Command: "echo none | sudo tee /sys/block/DISK/queue/scheduler, and a rule of udev(7) to keep it", NixOS: "electroscope.io.enable = true;",
			},
		},
		{
			Name: "io-uring", Group: CPU, run: checkUring,
			Wanted: "io_uring for all programs",
			Why:    "programs that read and write by it are slower without",
			Mend:   Mend{Command: "sudo sysctl kernel.io_uring_disabled=0", NixOS: `boot.kernel.sysctl."kernel.io_uring_disabled" = 0;`},
		},
	}, systemChecks()...)
}

// checkGovernor reads Documentation/admin-guide/pm/cpufreq.rst. Drivers that decide by
// themselves (intel_pstate and amd_pstate in active mode) call that powersave too.
func checkGovernor(m *Machine) Result {
	var t tally
	for _, file := range m.glob("/sys/devices/system/cpu/cpu[0-9]*/cpufreq/scaling_governor") {
		governor, driver := m.text(file), m.text(filepath.Dir(file)+"/scaling_driver")
		switch {
		case governor == "":
			t.add(Unknown, file+" cannot be read")
		case governor == "powersave" && driver != "intel_pstate" && driver != "amd-pstate-epp":
			t.add(Warn, governor+" of "+or(driver, "an unknown driver"))
		case governor == "userspace":
			t.add(Warn, governor+": a program sets the frequency")
		default:
			t.add(OK, governor+" of "+or(driver, "an unknown driver"))
		}
	}
	return t.result("the kernel sets no frequency here")
}

// checkUserSlice reads the limits of all that this user runs.
func checkUserSlice(m *Machine) Result {
	slice := m.Process.Cgroup + "/user.slice/user-" + strconv.Itoa(m.Process.UID) + ".slice"
	if m.isAbsent(slice) {
		return notHere("this user has no slice")
	}
	f := m.figures()
	var t tally
	for _, want := range []struct {
		limit string
		most  uint64
	}{
		{"MemoryHigh", f.RAM / 100 * 80}, {"MemoryMax", f.RAM / 100 * 92}, {"CPUQuota", uint64(f.Threads) * 1e6},
	} {
		row, _ := limit.ByName(want.limit)
		has, known := row.Read(m.text(slice + "/" + row.File))
		switch {
		case !known:
			t.add(Unknown, want.limit+" cannot be read")
		case has == limit.Infinity:
			t.add(Warn, "no "+want.limit)
		case has > want.most:
			t.add(Warn, row.Spell(has))
		default:
			t.add(OK, row.Spell(has))
		}
	}
	r := t.result("")
	r.Mend = Mend{
		Command: "sudo systemctl set-property user-" + strconv.Itoa(m.Process.UID) + ".slice MemoryHigh=75% MemoryMax=88% CPUQuota=" + strconv.Itoa(f.Threads*75) + "%",
		NixOS:   "electroscope.slices.enable = true;",
	}
	return r
}

func checkDisplayManager(m *Machine) Result {
	if m.isAbsent("/etc/systemd/system/display-manager.service") && len(m.processes(false, displayManagers[:]...)) == 0 {
		return notHere("no display manager")
	}
	values := m.systemctl("show", "--property=MemoryMax", "--property=MemoryLow", "--", "display-manager.service")
	low, known := parseNumber(values["MemoryLow"])
	switch most := values["MemoryMax"]; {
	case most == "":
		return unknown("the unit cannot be asked")
	case most != "infinity":
		n, _ := parseNumber(most)
		return fail("MemoryMax=" + size(n))
	case !known || low == 0:
		return warn("no MemoryLow").mend("sudo systemctl set-property display-manager.service MemoryLow=512M")
	}
	return ok("MemoryLow=" + size(low))
}

var displayManagers = [...]string{"sddm", "gdm", "lightdm", "lxdm", "greetd", "plasmalogin"}

// checkScheduler judges the disks by what they are (Documentation/block/, queue-sysfs).
func checkScheduler(m *Machine) Result {
	var t tally
	for _, file := range m.glob("/sys/block/*/queue/scheduler") {
		disk := filepath.Base(filepath.Dir(filepath.Dir(file)))
		if !isDisk(disk) {
			continue
		}
		scheduler := chosen(m.text(file))
		turns := m.text(filepath.Dir(file)+"/rotational") == "1"
		found := disk + ": " + scheduler
		switch {
		case scheduler == "":
			t.add(Unknown, disk+": not known")
		case strings.HasPrefix(disk, "nvme") && scheduler != "none", turns && !strings.HasPrefix(disk, "vd") && scheduler == "none":
			t.add(Warn, found)
		default:
			t.add(OK, found)
		}
	}
	return t.result("no disk is seen")
}

func isDisk(name string) bool {
	for _, kind := range []string{"nvme", "sd", "vd", "mmcblk"} {
		if strings.HasPrefix(name, kind) {
			return true
		}
	}
	return false
}

// checkUring reads kernel.io_uring_disabled (Documentation/admin-guide/sysctl/kernel.rst, since 6.6).
func checkUring(m *Machine) Result {
	path := m.Process.Proc + "/sys/kernel/io_uring_disabled"
	value, known := m.number(path)
	switch {
	case m.isAbsent(path):
		return unknown("this kernel does not say")
	case !known:
		return unknown(path + " cannot be read")
	case value == 0:
		return ok("on")
	}
	return warn("kernel.io_uring_disabled is " + strconv.FormatUint(value, 10))
}
