package plan

import (
	"strings"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/limit"
	"electroscope/launcher/systemd"
	"electroscope/launcher/unitname"
)

// A launch leaves the unit that it was started in, and the limits of that unit
// with it: those of `systemd-run --user --scope -p MemoryMax=64M discord`, or of
// a slice that the user has for some apps. Of those and ours the tighter holds.

// A LeftLimit is one that a unit or slice has which the launch is about to leave.
type LeftLimit struct {
	Limit limit.Limit
	Value uint64
	Unit  string
}

// leaving are the groups that a process in g leaves for a scope in that slice, from
// the outer to the inner: those below the user's manager, or below the user's slice
// in a login session, which are no slice above the new scope too. From a scope of
// ours, in that slice or in the usual ones, the new one goes away, and leaves its limits
// by intent.
func leaving(g cgroup.Group, slice string) []cgroup.Group {
	if (g.In(slice) || g.In(AppsSlice) || g.In(backgroundSlice)) && unitname.IsLaunch(g.Unit()) {
		return nil
	}
	var left []cgroup.Group
	for i := 1; i < len(g); {
		end := len(g)
		if next := strings.IndexByte(string(g[i:]), '/'); next >= 0 {
			end = i + next
		}
		switch name := string(g[i:end]); {
		case strings.HasPrefix(name, "user@") && strings.HasSuffix(name, ".service"), strings.HasPrefix(name, "user-") && strings.HasSuffix(name, ".slice"), name == slice:
			left = nil
		case !strings.HasPrefix(slice, strings.TrimSuffix(name, ".slice")+"-"):
			left = append(left, g[:end])
		}
		i = end + 1
	}
	return left
}

// tighten gives the unit the limits that are left behind and tighter than those
// it has. TasksMax waits until the scope is there: every unit has one by default,
// and what ours will have only the manager knows (DefaultTasksMax,
// systemd-system.conf(5)).
func tighten(u *systemd.Unit, left []LeftLimit) []Note {
	var notes []Note
	for _, l := range left {
		if l.Limit.Name == "TasksMax" || planned(*u, l.Limit.Property) <= l.Value {
			continue
		}
		u.Properties = WithProperty(u.Properties, systemd.Property{Name: l.Limit.Property, Value: l.Value})
		notes = append(notes, l.Kept())
	}
	return notes
}

// Kept is the note of a limit that stays.
func (l LeftLimit) Kept() Note {
	return Note{Text: l.Limit.Spell(l.Value) + " of " + l.Unit + ", which the launch leaves, is tighter and stays"}
}

// planned is the least that the scope and the slice of its own app allow.
func planned(u systemd.Unit, property string) uint64 {
	least := limit.Infinity
	lists := [][]systemd.Property{u.Properties}
	for _, s := range u.Slices {
		if s.Name == u.Slice {
			lists = append(lists, s.Properties)
		}
	}
	for _, list := range lists {
		for _, p := range list {
			if v, ok := p.Value.(uint64); ok && p.Name == property {
				least = min(least, v)
			}
		}
	}
	return least
}

// WithProperty is the list with the property in the place of one of its name, or
// behind the others.
func WithProperty(list []systemd.Property, p systemd.Property) []systemd.Property {
	for i := range list {
		if list[i].Name == p.Name {
			list[i] = p
			return list
		}
	}
	return append(list, p)
}
