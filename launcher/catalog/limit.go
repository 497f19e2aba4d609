package catalog

import (
	"cmp"
	"math"
	"slices"

	"electroscope/launcher/limit"
)

// A Limit is one resource limit, spelled as systemd.resource-control(5) spells it.
type Limit struct {
	Name    string // such as "MemoryHigh"
	Spelled string // as the layer has it, such as "2.5G"; of one that follows another, as a layer would have it
	Amount  Amount // bytes; tasks; for CPUQuota microseconds of CPU time per second
	From    string // the key that says so if it is another: memory, cpus, or the MemoryMax that MemoryHigh follows
	Default bool   // from memory or cpus of [defaults]: the app has no such limit of its own
}

// Text is the limit's amount in the one spelling that all output has.
func (l Limit) Text() string {
	switch l.Amount.Unit {
	case Infinity:
		return "infinity"
	case Idle:
		return "idle"
	case Share:
		return limit.Decimal(float64(l.Amount.Number)/100) + "%"
	}
	row, _ := limit.ByName(l.Name)
	return row.Text(l.Amount.Number)
}

// highPercent is how high MemoryHigh lies below a MemoryMax that it follows: at four fifths, as
// VSCodium's of the shipped catalogue. The kernel slows an app more the further it is above
// MemoryHigh (mm/memcontrol.c), so the gap must be wide enough to swap in, and no wider than
// what there is swap for: otherwise a launch leaves MemoryHigh out.
const highPercent = 80

// resolveLimits returns MemoryHigh, MemoryMax and CPUQuota of an app ("": of [defaults] alone), which more
// than one key can set. The keys count in the order of their layers, [defaults] beneath the app's
// own table; in one table memory and cpus count below a limit that is given in full.
func (m *merged) resolveLimits(app string) [3]Limit {
	var high, most, quota Limit
	for _, e := range m.amounts(app) {
		given := Limit{Name: e.key.Name, Spelled: e.spelled, Amount: e.amount}
		if e.table == inBoth[0] || e.table == inBoth[1] {
			given.From = e.key.Name
			given.Default = e.table == inBoth[1] && m.layers[e.layer].kind != CommandLine
		}
		switch e.key.Name {
		case "cpus":
			given.Name = "CPUQuota"
			quota = given
		case "CPUQuota":
			quota = given
		case "memory":
			given.Name = "MemoryMax"
			most, high = given, following(given)
		case "MemoryMax":
			high = highAfter(high, most, given)
			most = given
		case "MemoryHigh":
			high = given
		}
	}
	return [...]Limit{high, most, quota}
}

// withResolved appends the resolved limit of that name, if it is set. A cap of [defaults] that is
// taken off again is not a limit.
func withResolved(limits []Limit, name string, resolved []Limit) []Limit {
	for _, l := range resolved {
		if l.Name == name && l.Amount.IsSet() && !(l.Default && l.Amount.Unit == Infinity) {
			return append(limits, l)
		}
	}
	return limits
}

// amounts are the entries that resolveLimits goes by, in the order in which they count. The memory of
// [defaults] is for apps that have no limit of memory of their own.
func (m *merged) amounts(app string) []entry {
	var own []entry
	if a := m.apps[app]; a != nil {
		own = a.entries
	}
	ownMemory := slices.ContainsFunc(own, entry.isMemory)
	list := make([]entry, 0, 8)
	for _, e := range m.root {
		if e.table != inBudget[0] && slices.Contains(precedence, e.key.Name) && !(ownMemory && e.key.Name == "memory") {
			list = append(list, e)
		}
	}
	ofAll := len(list)
	for _, e := range own {
		if slices.Contains(precedence, e.key.Name) {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list[:ofAll], byPrecedence)
	slices.SortStableFunc(list[ofAll:], byPrecedence)
	return list
}

// precedence is the order in which the keys of one table count.
var precedence = []string{"memory", "cpus", "MemoryMax", "MemoryHigh", "CPUQuota"}

func byPrecedence(a, b entry) int {
	return cmp.Or(cmp.Compare(a.layer, b.layer), cmp.Compare(slices.Index(precedence, a.key.Name), slices.Index(precedence, b.key.Name)))
}

func (e entry) isMemory() bool {
	return e.key.Name == "memory" || e.key.Name == "MemoryMax" || e.key.Name == "MemoryHigh"
}

// following is the MemoryHigh that goes with a MemoryMax.
func following(most Limit) Limit {
	const mib = 1 << 20
	high := most
	high.Name, high.From = "MemoryHigh", cmp.Or(most.From, most.Name)
	switch n := most.Amount.Number; most.Amount.Unit {
	case Share:
		high.Amount.Number = max(n*highPercent/100, 1)
	case Plain:
		high.Amount.Number = max((n-n/100*(100-highPercent))/mib*mib, limit.LeastMemory)
	}
	high.Spelled = high.Text()
	return high
}

// highAfter returns what becomes of MemoryHigh if a later layer sets MemoryMax alone. A raised
// MemoryMax lifts it; one that reaches down to it takes it along. Otherwise it stays. If a size
// and a share of the RAM meet, it follows: which is more is known on a machine only.
func highAfter(high, before, now Limit) Limit {
	if !high.Amount.IsSet() {
		return high
	}
	follow := following(now)
	below, comparable := now.Amount.compare(high.Amount)
	if !before.Amount.IsSet() {
		if comparable && below <= 0 {
			return follow
		}
		return high
	}
	raised, alike := now.Amount.compare(before.Amount)
	switch {
	case !comparable || !alike:
		return follow
	case raised > 0:
		if lift, _ := follow.Amount.compare(high.Amount); lift > 0 {
			return follow
		}
	case below <= 0:
		return follow
	}
	return high
}

// compare orders two amounts of memory. ok is false for a size and a share.
func (a Amount) compare(b Amount) (order int, ok bool) {
	if a.Unit != b.Unit && a.Unit != Infinity && b.Unit != Infinity {
		return 0, false
	}
	return cmp.Compare(a.top(), b.top()), true
}

func (a Amount) top() uint64 {
	if a.Unit == Infinity {
		return math.MaxUint64
	}
	return a.Number
}
