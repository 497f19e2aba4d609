package launcher

import (
	"errors"
	"io/fs"
	"slices"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/limit"
	"electroscope/launcher/systemd"
)

// A job that ended well says that the scope is there, not that it has the limits
// that were asked for: a drop-in of the user's may have changed them, a controller
// may not be there. So they are read back from the kernel.

// A reading is what the kernel has for a property that was asked for.
type reading struct {
	unit  string // the scope or slice
	asked systemd.Property
	limit limit.Limit
	found uint64
	state readState
}

type readState int

const (
	unread  readState = iota // could not be looked at, or says nothing that compares
	inForce                  // the kernel has what was asked for
	differs                  // the kernel has another value
	missing                  // the kernel has no such file there
)

// readback reads what a group's files say of the properties of its unit. What
// is not a limit is left out.
func readback(unit string, asked []systemd.Property, read func(file string) (string, error)) []reading {
	var list []reading
	for _, p := range asked {
		l, known := limit.ByProperty(p.Name)
		if !known {
			continue
		}
		r := reading{unit: unit, asked: p, limit: l}
		text, err := read(l.File)
		want, isNumber := p.Value.(uint64)
		switch value, ok := l.Read(text); {
		case errors.Is(err, fs.ErrNotExist) && isNumber && want == limit.Infinity:
			r.state = inForce // no limit takes no controller
		case errors.Is(err, fs.ErrNotExist):
			r.state = missing
		case err != nil || !l.Readable() || !ok || !isNumber:
		case l.Same(want, value):
			r.state = inForce
		default:
			r.state, r.found = differs, value
		}
		list = append(list, r)
	}
	return list
}

func in(state readState) func(reading) bool {
	return func(r reading) bool { return r.state == state }
}

// realization is how long systemd may take to write into the cgroup tree what it
// has answered for already: it does so when it next has nothing else to do
// (manager_dispatch_cgroup_realize_queue, src/core/cgroup.c).
const realization = 100 * time.Millisecond

// settled reads back until nothing differs, or for as long as systemd may take.
func settled(read func() []reading) []reading {
	list := read()
	if !slices.ContainsFunc(list, in(differs)) {
		return list
	}
	for end := time.Now().Add(systemd.Stretched(realization)); slices.ContainsFunc(list, in(differs)) && time.Now().Before(end); list = read() {
		systemd.Pause(2 * time.Millisecond)
	}
	return list
}

// readUnits reads back the scope and the slices above it. The group is where this
// process is now.
func (scope *scopeRequest) readUnits(sys string, group cgroup.Group) []reading {
	list := scope.readScope(sys, group)
	for _, s := range scope.unit.Slices {
		list = append(list, scope.readSlice(sys, group, s)...)
	}
	return list
}

func (scope *scopeRequest) readScope(sys string, group cgroup.Group) []reading {
	return readback(scope.unit.Name, scope.unit.Properties, func(file string) (string, error) { return group.Read(sys, file) })
}

// readSlice leaves out what somebody else is known to have set, and a slice that
// the scope is not in.
func (scope *scopeRequest) readSlice(sys string, group cgroup.Group, s systemd.Slice) []reading {
	slice := group.Of(s.Name)
	if slice == "" {
		return nil
	}
	list := readback(s.Name, s.Properties, func(file string) (string, error) { return slice.Read(sys, file) })
	return slices.DeleteFunc(list, func(r reading) bool {
		chosen, known := scope.start.Chosen(s.Name, r.asked.Name)
		return r.state == differs && known && r.limit.Same(chosen, r.found)
	})
}
