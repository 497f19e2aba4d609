package control

import (
	"errors"
	"io/fs"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/limit"
	"electroscope/launcher/systemd"
	"electroscope/monitor"
)

// A Change is what became of one limit of a running unit.
type Change struct {
	Unit          string
	Limit         limit.Limit
	Asked         uint64
	Before, After string // what the kernel's file has, for people; empty: it is not there
	State         State
	Refusal       error // of the manager
}

// A State says whether a limit holds as it was asked for.
type State int

const (
	InForce    State = iota // the kernel has it
	Differs                 // the kernel has another value
	Missing                 // the kernel has no such file there: its controller does not act
	Unreadable              // the manager has taken it; the kernel keeps it in another form
	Refused                 // the manager has not taken it
)

// Holder is the unit that carries the limits of a launch: its own, or the slice of all
// launches of the app (instances = "shared").
func Holder(a monitor.App) cgroup.Group {
	if a.Shared != nil {
		return a.Shared.Path
	}
	return a.Group.Path
}

// realization is how long a limit may take to reach the kernel.
const realization = 200 * time.Millisecond

// Set changes limits of the unit of a group while it runs, and reads them back.
func (c Control) Set(holder cgroup.Group, list []systemd.Property) []Change {
	var changes []Change
	for _, p := range list {
		l, known := limit.ByProperty(p.Name)
		if !known {
			continue
		}
		changes = append(changes, c.set(holder, l, p))
	}
	return changes
}

// Foresee is what Set would do, should nothing keep it from that.
func (c Control) Foresee(holder cgroup.Group, list []systemd.Property) []Change {
	var changes []Change
	for _, p := range list {
		if l, known := limit.ByProperty(p.Name); known {
			before, _ := holder.Read(c.Reader.Cgroup, l.File)
			asked := number(p.Value)
			changes = append(changes, Change{Unit: holder.Name(), Limit: l, Asked: asked, Before: text(l, before), After: l.Text(asked)})
		}
	}
	return changes
}

func (c Control) set(holder cgroup.Group, l limit.Limit, p systemd.Property) Change {
	ch := Change{Unit: holder.Name(), Limit: l, Asked: number(p.Value)}
	before, _ := holder.Read(c.Reader.Cgroup, l.File)
	ch.Before = text(l, before)
	if ch.Refusal = c.Manager.Set(ch.Unit, p); ch.Refusal != nil {
		ch.State, ch.After = Refused, ch.Before
		return ch
	}
	// The manager writes the kernel's files when it next has nothing else to do
	// (manager_dispatch_cgroup_realize_queue, src/core/cgroup.c).
	var after string
	var err error
	within(realization, func() bool {
		after, err = holder.Read(c.Reader.Cgroup, l.File)
		ch.State = stateOf(l, ch.Asked, after, err)
		return ch.State == InForce || ch.State == Unreadable && after != before
	})
	ch.After = text(l, after)
	return ch
}

// stateOf judges what the kernel's file has.
func stateOf(l limit.Limit, asked uint64, found string, err error) State {
	value, ok := l.Read(found)
	switch {
	case errors.Is(err, fs.ErrNotExist) && asked == limit.Infinity:
		return InForce // no limit takes no controller
	case errors.Is(err, fs.ErrNotExist):
		return Missing
	case err != nil || !ok:
		return Unreadable
	case l.Same(asked, value):
		return InForce
	}
	return Differs
}

// text is what a limit's file has, as the limit is spelled.
func text(l limit.Limit, found string) string {
	if value, ok := l.Read(found); ok {
		return l.Text(value)
	}
	return found
}

func number(value any) uint64 {
	switch v := value.(type) {
	case uint64:
		return v
	case uint32:
		return uint64(v)
	}
	return 0
}
