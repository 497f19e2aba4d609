package plan

import (
	"slices"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
	"electroscope/launcher/machine"
	"electroscope/launcher/systemd"
)

// Limits turns an app's limits into properties of its scope, under the
// names and in the units that systemd's D-Bus interface has for them
// (org.freedesktop.systemd1(5)): "CPUQuota" is CPUQuotaPerSecUSec there.
//
// MemoryHigh is left out where nothing backs it. Above memory.high the kernel
// reclaims and, if it cannot, makes each allocation wait: without swap an app
// between MemoryHigh and MemoryMax stands still for minutes instead of being
// ended (Documentation/admin-guide/cgroup-v2.rst, mm/memcontrol.c).
func Limits(app catalog.App, m machine.Machine) ([]systemd.Property, []Note) {
	var list []systemd.Property
	var notes []Note
	high, max, swapMax := limitOf(app, "MemoryHigh", m), limitOf(app, "MemoryMax", m), limitOf(app, "MemorySwapMax", m)
	for _, l := range app.Limits {
		switch {
		case tooLittle(l, m):
			notes = append(notes, remark(l, tooLittleNote(l.Name, l.Text(), l.Amount.Of(m.RAM), m)))
		case l.Name == "MemoryHigh" && app.MemoryHighWithoutSwap != catalog.KeepHigh && !backed(high, max, min(swapMax, m.FreeSwap)):
			notes = append(notes, remark(l, unbacked(l.Name)))
		default:
			list = append(list, property(l, m))
		}
	}
	return list, notes
}

// tooLittle reports whether a share of this machine's RAM is less than a program can live in. Of
// sizes package catalog takes none.
func tooLittle(l catalog.Limit, m machine.Machine) bool {
	return (l.Name == "MemoryHigh" || l.Name == "MemoryMax") && l.Amount.Of(m.RAM) < limit.LeastMemory
}

func tooLittleNote(name, spelled string, bytes uint64, m machine.Machine) Note {
	n := Note{
		Failure: true, Without: name,
		Text:   spelled + " of the RAM is " + limit.SizeText(bytes) + ", in which no program can live",
		Remedy: "give it " + limit.SizeText(limit.LeastMemory) + " or more",
	}
	if m.RAM == 0 {
		n.Text, n.Remedy = spelled+" of the RAM is not known: the kernel does not tell how much there is", "give it as a size"
	}
	return n
}

// remark takes from a note about a MemoryHigh that follows MemoryMax what makes it a line at each
// launch: nobody asked for that MemoryHigh.
func remark(l catalog.Limit, n Note) Note {
	if l.Name == "MemoryHigh" && l.From != "" {
		n.Failure, n.Without, n.Text = false, "", "MemoryHigh is left out: "+n.Text
	}
	return n
}

func property(l catalog.Limit, m machine.Machine) systemd.Property {
	row, _ := limit.ByName(l.Name)
	if scaled, ok := limit.ByProperty(row.Scale); ok && l.Amount.Unit == catalog.Share {
		// A share of what the kernel and the slices above allow, which the manager knows.
		return systemd.Property{Name: scaled.Property, Value: scaled.Value(l.Amount.Of(1 << 32))}
	}
	return systemd.Property{Name: row.Property, Value: row.Value(l.Amount.Of(m.RAM)), Default: l.Default}
}

// limitOf is the number of one limit of the app, infinity if it has none.
func limitOf(app catalog.App, name string, m machine.Machine) uint64 {
	if l, ok := app.Limit(name); ok {
		return l.Amount.Of(m.RAM)
	}
	return limit.Infinity
}

// leastSwap is the free swap below which there might as well be none.
const leastSwap = 64 << 20

// backed reports whether there is room to swap out what lies between the two
// limits; if there is no upper one, whether there is swap worth the name.
func backed(high, max, swap uint64) bool {
	switch {
	case high == limit.Infinity:
		return true
	case max == limit.Infinity || max < high:
		return swap >= leastSwap
	}
	return swap >= max-high
}

func unbacked(name string) Note {
	return Note{
		Without: name,
		Text:    "too little free swap, so the app would freeze there instead of being ended",
		Remedy:  `add zram, or set memory-high-without-swap = "keep"`,
	}
}

// Budget has the limits of all apps together.
func Budget(b catalog.Budget, app catalog.App, m machine.Machine) ([]systemd.Property, []Note) {
	var list []systemd.Property
	var notes []Note
	if b.Memory.IsSet() && b.Memory.Unit != catalog.Infinity {
		if bytes := b.Memory.Of(m.RAM); bytes < limit.LeastMemory {
			share := catalog.Limit{Name: "MemoryHigh", Amount: b.Memory}
			notes = append(notes, tooLittleNote("the group's MemoryHigh", share.Text(), bytes, m))
		} else if app.MemoryHighWithoutSwap == catalog.KeepHigh || backed(b.Memory.Of(m.RAM), limit.Infinity, m.FreeSwap) {
			list = append(list, systemd.Property{Name: "MemoryHigh", Value: b.Memory.Of(m.RAM)})
		} else {
			notes = append(notes, unbacked("the group's MemoryHigh"))
		}
	}
	if quota := budgetQuota(b.CPUs, uint64(m.Threads)); quota != limit.Infinity {
		list = append(list, systemd.Property{Name: "CPUQuotaPerSecUSec", Value: quota})
	}
	return list, notes
}

// budgetQuota is the CPU time of all apps together, in microseconds per second. Without a share that
// somebody gave it is half of the threads, and two at least, for a page's renderer and the process
// that draws: half of a single thread cost the apps a third to two thirds of their work, and the
// desktop beside them gained nothing (docs/effect.md).
func budgetQuota(share catalog.Amount, threads uint64) uint64 {
	const second = 1e6 // microseconds
	switch share.Unit {
	case catalog.Unset:
		return limit.Infinity
	case catalog.Auto:
		// More than there is on a small machine: it limits nothing, and keeps the controller at work,
		// for which the apps are then one group beside the others.
		return max(threads*second/2, 2*second)
	}
	return share.Of(threads * second)
}

// Idle returns a note about the properties that have no effect because the
// controller that acts on them is not there.
func Idle(list []systemd.Property, controllers []string) []Note {
	var without, missing []string
	for _, p := range list {
		l, known := limit.ByProperty(p.Name)
		if !known || slices.Contains(controllers, l.Controller) {
			continue
		}
		if !slices.Contains(without, l.Name) {
			without = append(without, l.Name)
		}
		if !slices.Contains(missing, l.Controller) {
			missing = append(missing, l.Controller)
		}
	}
	if missing == nil {
		return nil
	}
	n := Undelegated(missing...)
	n.Failure, n.Without = true, strings.Join(without, ", ")
	return []Note{n}
}

// Undelegated says that controllers are missing.
func Undelegated(controllers ...string) Note {
	return Note{
		Text:   "this user's manager is not given the cgroup controller " + strings.Join(controllers, ", "),
		Remedy: "see Delegate= of user@.service",
	}
}

// Spelled is a property's name as people write it in unit files.
func Spelled(name string) string {
	if l, known := limit.ByProperty(name); known {
		return l.Name
	}
	return name
}
