// Package limit is the one table of the limits that a scope or slice can have:
// what each is called in a unit file, over D-Bus and in the kernel's cgroup files,
// which values it takes and what it is for. Everything that knows limits goes by
// its rows: the keys of apps.toml and their help, the options of electroscope run,
// the properties sent to systemd, unit files, and what is read back from the
// kernel. It rests on systemd.resource-control(5), org.freedesktop.systemd1(5) and
// Documentation/admin-guide/cgroup-v2.rst.
package limit

// A Limit is one row of the table.
type Limit struct {
	Name       string // in unit files and in apps.toml
	Kind       Kind   // what its values are
	Property   string // over D-Bus
	Signature  string // the D-Bus type of that property
	Scale      string // the property for a share of what the system can hold, of type u; empty: shares are of the RAM
	Controller string // the cgroup controller that enforces it
	File       string // where the kernel has it
	Since      int    // the first systemd that has it
	Least      uint64 // the least that apps.toml may say
	Idle       bool   // a weight that may be "idle"
	Cap        bool   // an upper limit: of those along a path in the tree the least holds
	Doc        string // one line, for people
}

// A Kind is what the values of a limit are, and how they are written.
type Kind uint8

const (
	Memory Kind = iota // bytes
	Tasks              // processes and threads
	Quota              // microseconds of CPU time a second
	Weight             // from 1 to MaxWeight; 0 is idle
	Scaled             // a fraction of 2^32; no row has it, see Limit.Scale
)

const (
	// Infinity is the value of a limit that is not set, in systemd's interface and here.
	Infinity = ^uint64(0)

	// MaxWeight is CGROUP_WEIGHT_MAX (src/basic/cgroup-util.h).
	MaxWeight = 10_000

	// LeastMemory is what a limit of memory must leave: below it the kernel kills the
	// launch itself, once it is in its scope.
	LeastMemory = 16 << 20

	// LeastTasks is what the launch itself may need in threads until it becomes the app.
	LeastTasks = 16

	// LeastQuota is 1%: 1 ms in each period of 100 ms is the least that the kernel hands
	// out (kernel/sched/core.c, min_cfs_quota_period).
	LeastQuota = 10_000

	// OldestSystemd is the version that every limit may count on: a later one is named.
	OldestSystemd = 252
)

// All returns the rows, in the order in which they are best listed.
func All() []Limit { return table[:] }

// ByName finds the limit that unit files have under that name.
func ByName(name string) (Limit, bool) {
	for i := range table {
		if table[i].Name == name {
			return table[i], true
		}
	}
	return Limit{}, false
}

// ByProperty finds the limit that systemd's interface has under that name. Of a
// property for shares ([Limit.Scale]) the result is of the kind Scaled.
func ByProperty(property string) (Limit, bool) {
	if property == "" {
		return Limit{}, false
	}
	for i := range table {
		switch property {
		case table[i].Property:
			return table[i], true
		case table[i].Scale:
			scaled := table[i]
			scaled.Kind, scaled.Property, scaled.Signature = Scaled, scaled.Scale, "u"
			return scaled, true
		}
	}
	return Limit{}, false
}

// Caps are the upper limits. A unit that is left takes its own with it.
func Caps() []Limit {
	var caps []Limit
	for i := range table {
		if table[i].Cap {
			caps = append(caps, table[i])
		}
	}
	return caps
}

// Value returns a number as systemd's interface takes it for this limit.
func (l Limit) Value(n uint64) any {
	if l.Signature == "u" {
		return uint32(min(n, 1<<32-1))
	}
	return n
}
