package monitor

import (
	"bufio"
	"strconv"
	"strings"

	"electroscope/launcher/cgroup"
)

// A Group is what the kernel says of one cgroup, which is that of a unit.
type Group struct {
	Path     cgroup.Group `json:"path"`
	Memory   Memory       `json:"memory"`
	Events   Events       `json:"events"`
	CPU      CPU          `json:"cpu"`
	Tasks    Figure       `json:"tasks"` // processes and threads
	TasksMax Figure       `json:"tasks_max"`
	Pressure Pressure     `json:"pressure"`
	Frozen   Figure       `json:"frozen"` // 1 or 0
}

// Memory is in bytes. Current counts the page cache of the group too.
type Memory struct {
	Current Figure `json:"current"`
	Peak    Figure `json:"peak"` // since Linux 5.19
	High    Figure `json:"high"`
	Max     Figure `json:"max"`
	Swap    Figure `json:"swap"`
	SwapMax Figure `json:"swap_max"`
	Anon    Figure `json:"anon"`
	File    Figure `json:"file"`
}

// Events are counts since the group was made: how often it was slowed at memory.high, was at
// memory.max, and how many of its processes were killed for that.
type Events struct {
	High    Figure `json:"high"`
	Max     Figure `json:"max"`
	OOM     Figure `json:"oom"`
	OOMKill Figure `json:"oom_kill"`
}

// CPU is in microseconds, but for the counts of periods of cpu.max. Quota is per second.
type CPU struct {
	Usage         Figure `json:"usage"`
	Periods       Figure `json:"periods"`
	Throttled     Figure `json:"throttled_periods"`
	ThrottledTime Figure `json:"throttled"`
	Quota         Figure `json:"quota"`
}

// Pressure is the share of the last ten seconds in which some, or all, of the processes
// waited for memory, a CPU, or a disk.
type Pressure struct {
	MemorySome Percentage `json:"memory_some"`
	MemoryFull Percentage `json:"memory_full"`
	CPUSome    Percentage `json:"cpu_some"`
	IOSome     Percentage `json:"io_some"`
	IOFull     Percentage `json:"io_full"`
}

// IsKnown reports whether any of it is known.
func (p Pressure) IsKnown() bool {
	return p.MemorySome.known || p.MemoryFull.known || p.CPUSome.known || p.IOSome.known || p.IOFull.known
}

// Group reads the figures of a cgroup.
func (r Reader) Group(g cgroup.Group) Group {
	number := func(file string) Figure {
		text, err := g.Read(r.Cgroup, file)
		if err != nil {
			return Figure{}
		}
		return ParseFigure(text)
	}
	keyed := func(file string) fields {
		text, _ := g.Read(r.Cgroup, file) // an absent file has no fields, and each is unknown
		return parseFields(text)
	}
	stat, events, cpu := keyed("memory.stat"), keyed("memory.events"), keyed("cpu.stat")
	quota, _ := g.Read(r.Cgroup, "cpu.max")
	return Group{
		Path: g,
		Memory: Memory{
			Current: number("memory.current"), Peak: number("memory.peak"), High: number("memory.high"), Max: number("memory.max"),
			Swap: number("memory.swap.current"), SwapMax: number("memory.swap.max"), Anon: stat["anon"], File: stat["file"],
		},
		Events: Events{High: events["high"], Max: events["max"], OOM: events["oom"], OOMKill: events["oom_kill"]},
		CPU: CPU{
			Usage: cpu["usage_usec"], Periods: cpu["nr_periods"], Throttled: cpu["nr_throttled"], ThrottledTime: cpu["throttled_usec"],
			Quota: parseQuota(quota),
		},
		Tasks: number("pids.current"), TasksMax: number("pids.max"),
		Pressure: pressureOf(func(resource string) string {
			text, _ := g.Read(r.Cgroup, resource+".pressure")
			return text
		}),
		Frozen: keyed("cgroup.events")["frozen"],
	}
}

// fields are those of a flat keyed file: "KEY VALUE" lines.
type fields map[string]Figure

func parseFields(text string) fields {
	f := fields{}
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		key, value, _ := strings.Cut(lines.Text(), " ")
		f[key] = ParseFigure(value)
	}
	return f
}

// parseQuota reads cpu.max, "QUOTA PERIOD", as microseconds a second.
func parseQuota(text string) Figure {
	quota, period, _ := strings.Cut(text, " ")
	q, p := ParseFigure(quota), ParseFigure(period)
	if !q.IsSet() {
		return q
	}
	if !p.IsSet() || p.n == 0 {
		return Figure{}
	}
	perSecond := float64(q.n) / float64(p.n) * 1e6
	if perSecond >= 1<<64 {
		return Figure{}
	}
	return Known(uint64(perSecond))
}

// pressureOf is the pressure by the text that read has for each resource.
func pressureOf(read func(resource string) string) Pressure {
	memory, io := read("memory"), read("io")
	return Pressure{
		MemorySome: parsePressure(memory, "some"), MemoryFull: parsePressure(memory, "full"), CPUSome: parsePressure(read("cpu"), "some"),
		IOSome: parsePressure(io, "some"), IOFull: parsePressure(io, "full"),
	}
}

// parsePressure reads avg10 of a line of a pressure file: "some avg10=0.00 avg60=…".
func parsePressure(text, line string) Percentage {
	for l := range strings.Lines(text) {
		rest, ok := strings.CutPrefix(l, line+" avg10=")
		if !ok {
			continue
		}
		number, _, _ := strings.Cut(rest, " ")
		if p, err := strconv.ParseFloat(number, 64); err == nil && p >= 0 && p <= 100 { // not NaN, which ParseFloat takes
			return Percent(p)
		}
	}
	return Percentage{}
}
