package render

import (
	"strconv"

	"electroscope/launcher/limit"
	"electroscope/monitor"
)

// A metric is one family of OpenMetrics 1.0: a name, what it is, and its values.
type metric struct {
	name, kind, unit, help string
	of                     func(monitor.App) (value string, known bool)
}

// appMetrics are those of each app.
func appMetrics() []metric {
	return []metric{
		bytes("app_memory_bytes", "Memory of the app's cgroup, page cache included; of an app outside, the sum over its processes.", monitor.App.Memory),
		bytes("app_memory_peak_bytes", "The most it was.", func(a monitor.App) monitor.Figure { return a.Group.Memory.Peak }),
		bytes("app_memory_high_bytes", "memory.high that holds for the app.", monitor.App.MemoryHigh),
		bytes("app_memory_max_bytes", "memory.max that holds for the app.", func(a monitor.App) monitor.Figure {
			max, _ := a.MemoryMax()
			return max
		}),
		bytes("app_swap_bytes", "Swap of the app's cgroup.", func(a monitor.App) monitor.Figure { return a.Group.Memory.Swap }),
		seconds("app_cpu_seconds", "counter", "CPU time of the app's cgroup.", func(a monitor.App) monitor.Figure { return a.Group.CPU.Usage }),
		seconds("app_cpu_quota_seconds", "gauge", "CPU time in each second that the app may use.", monitor.App.Quota),
		count("app_cpu_periods", "counter", "Periods of the app's CPU quota in which it ran.", func(a monitor.App) monitor.Figure { return a.Group.CPU.Periods }),
		count("app_cpu_throttled_periods", "counter", "Those of them in which the quota was used up.", func(a monitor.App) monitor.Figure { return a.Group.CPU.Throttled }),
		count("app_memory_high_events", "counter", "How often the app was slowed at memory.high.", func(a monitor.App) monitor.Figure { return a.Group.Events.High }),
		count("app_memory_max_events", "counter", "How often the app was at memory.max.", func(a monitor.App) monitor.Figure { return a.Group.Events.Max }),
		count("app_oom_kills", "counter", "Processes of the app that were killed for want of memory.", func(a monitor.App) monitor.Figure { return a.Group.Events.OOMKill }),
		count("app_tasks", "gauge", "Processes and threads of the app's cgroup.", func(a monitor.App) monitor.Figure { return a.Group.Tasks }),
		count("app_processes", "gauge", "Processes of the app.", func(a monitor.App) monitor.Figure { return monitor.Known(uint64(len(a.Processes))) }),
		ratio("app_memory_stall_ratio", "Part of ten seconds in which a process of the app waited for memory.", func(a monitor.App) monitor.Percentage { return a.Group.Pressure.MemorySome }),
		ratio("app_memory_stall_all_ratio", "Part of ten seconds in which all of them did.", func(a monitor.App) monitor.Percentage { return a.Group.Pressure.MemoryFull }),
		ratio("app_cpu_stall_ratio", "Part of ten seconds in which a process of the app waited for a CPU.", func(a monitor.App) monitor.Percentage { return a.Group.Pressure.CPUSome }),
		flag("app_frozen", "1 if the app is frozen.", func(a monitor.App) (is, known bool) {
			n, known := a.Group.Frozen.Get()
			return n == 1, known
		}),
		flag("app_capped", "1 if a limit of memory or CPU holds for the app.", monitor.App.IsCapped),
		flag("app_escaped", "1 if the app's main process has left its unit.", func(a monitor.App) (is, known bool) { return a.HasEscaped(), true }),
		metric{"app_start_time_seconds", "gauge", "seconds", "When the app was started, in Unix time.", func(a monitor.App) (string, bool) {
			return strconv.FormatInt(a.Started.Unix(), 10), !a.Started.IsZero()
		}},
	}
}

// machineMetrics are those of the machine and of all apps together.
func machineMetrics(s monitor.Sample) []metric {
	m := s.Machine
	of := func(f monitor.Figure) func(monitor.App) monitor.Figure {
		return func(monitor.App) monitor.Figure { return f }
	}
	share := func(p monitor.Percentage) func(monitor.App) monitor.Percentage {
		return func(monitor.App) monitor.Percentage { return p }
	}
	list := []metric{
		bytes("machine_memory_bytes", "RAM of the machine.", of(m.RAM)),
		bytes("machine_memory_available_bytes", "RAM that is available without swapping.", of(m.Available)),
		bytes("machine_swap_bytes", "Swap of the machine.", of(m.Swap)),
		bytes("machine_swap_free_bytes", "Swap that is free.", of(m.FreeSwap)),
		ratio("machine_memory_stall_ratio", "Part of ten seconds in which a process waited for memory.", share(m.Pressure.MemorySome)),
		ratio("machine_memory_stall_all_ratio", "Part of ten seconds in which all processes did.", share(m.Pressure.MemoryFull)),
		ratio("machine_cpu_stall_ratio", "Part of ten seconds in which a process waited for a CPU.", share(m.Pressure.CPUSome)),
	}
	if b := s.Budget; b != nil {
		list = append(list,
			bytes("budget_memory_bytes", "Memory of all apps together.", of(b.Memory.Current)),
			bytes("budget_memory_high_bytes", "memory.high of all apps together.", of(b.Memory.High)),
		)
	}
	return list
}

func bytes(name, help string, of func(monitor.App) monitor.Figure) metric {
	return figure(name, "gauge", "bytes", help, 1, of)
}

func count(name, kind, help string, of func(monitor.App) monitor.Figure) metric {
	return figure(name, kind, "", help, 1, of)
}

// seconds takes microseconds.
func seconds(name, kind, help string, of func(monitor.App) monitor.Figure) metric {
	return figure(name, kind, "seconds", help, 1e6, of)
}

func figure(name, kind, unit, help string, per float64, of func(monitor.App) monitor.Figure) metric {
	return metric{name, kind, unit, help, func(a monitor.App) (string, bool) {
		n, known := of(a).Get()
		switch {
		case n == limit.Infinity:
			return "+Inf", known
		case per == 1:
			return strconv.FormatUint(n, 10), known
		}
		return strconv.FormatFloat(float64(n)/per, 'f', -1, 64), known
	}}
}

func ratio(name, help string, of func(monitor.App) monitor.Percentage) metric {
	return metric{name, "gauge", "ratio", help, func(a monitor.App) (string, bool) {
		n, known := of(a).Get()
		return strconv.FormatFloat(n/100, 'g', 6, 64), known
	}}
}

func flag(name, help string, of func(monitor.App) (is, known bool)) metric {
	return metric{name, "gauge", "", help, func(a monitor.App) (string, bool) {
		is, known := of(a)
		if is {
			return "1", known
		}
		return "0", known
	}}
}
