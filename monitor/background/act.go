package background

import (
	"context"
	"strconv"
	"time"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/monitor"
	"electroscope/monitor/control"
)

// Lowered is the CPUWeight of an app in the background: a tenth of the usual
// (systemd.resource-control(5)).
const Lowered = 10

// act does to a launch what its policy says. What fails is tried again after as long.
func (k *Keeper) act(ctx context.Context, l *launch, now time.Time) {
	w := Word{App: l.app.Name, Done: l.policy.Do, After: l.policy.After}
	if g, known := k.group(l.app.Main); !known || !isIn(g, l.app.Group.Path) {
		l.stay = stay{since: now} // the main process has left the scope: what is done to that would not be done to the app
		return
	}
	var err error
	switch l.policy.Do {
	case catalog.BackgroundReclaim:
		var reclaiming context.Context
		reclaiming, l.stop = context.WithCancel(ctx)
		go k.reclaim(reclaiming, l.app, w) // it may take its time
		return
	case catalog.BackgroundFreeze:
		if k.Reader.Group(l.app.Group.Path).Frozen.Or(0) == 1 {
			return // by the user, who will thaw it
		}
		err = k.hold(l, held{Done: l.policy.Do}, func() error { return k.Acts.Freeze(l.app) })
	case catalog.BackgroundWeight:
		var before uint64
		if before, err = k.Acts.CPUWeight(l.app); err == nil && before <= Lowered {
			return // there is nothing to lower
		}
		if err == nil {
			err = k.hold(l, held{Done: l.policy.Do, Weight: before}, func() error { return k.Acts.SetCPUWeight(l.app, Lowered) })
		}
	}
	if err != nil {
		l.stay = stay{since: now}
		k.tell(Word{App: l.app.Name, Problem: err})
		return
	}
	k.Say(w)
}

// hold records what is going to be done, and does it. If it fails, what there is of it is undone.
func (k *Keeper) hold(l *launch, h held, do func() error) error {
	if err := k.open(); err != nil {
		return err // what is not recorded could not be undone, should this watcher be killed
	}
	h.App, h.Group = l.app.Name, l.app.Group.Path
	l.held = &h
	err := k.keep()
	if err == nil {
		if err = do(); err != nil {
			k.restore(h)
		}
	}
	if err != nil {
		k.drop(l)
	}
	return err
}

// drop takes a launch out of the record. If that fails, what is left there does no harm: it is
// undone once more.
func (k *Keeper) drop(l *launch) {
	if l.held == nil {
		return
	}
	l.held = nil
	if err := k.keep(); err != nil {
		k.tell(Word{Problem: err})
	}
}

// undo gives a launch back what was taken. since is when its next stay in the background has
// begun; zero: it has not.
func (k *Keeper) undo(l *launch, since time.Time) {
	l.stay = stay{since: since}
	if l.held == nil {
		return
	}
	switch {
	case k.hasEnded(l.held.Group):
	case !k.restore(*l.held):
		return // it is tried again
	default:
		k.Say(Word{App: l.app.Name, Done: l.held.Done, Undone: true})
	}
	k.drop(l)
}

// restore undoes what was done to a held launch, and reports whether that is so.
func (k *Keeper) restore(h held) bool {
	a := monitor.App{Name: h.App, Kind: monitor.Launched, Unit: h.Group.Name(), Group: monitor.Group{Path: h.Group}}
	var err error
	switch h.Done {
	case catalog.BackgroundFreeze:
		err = k.Acts.Thaw(a)
	case catalog.BackgroundWeight:
		now, failed := k.Acts.CPUWeight(a)
		if err = failed; err == nil && now == Lowered { // or else somebody has set another meanwhile
			err = k.Acts.SetCPUWeight(a, h.Weight)
		}
	}
	if err != nil {
		k.tell(Word{App: h.App, Problem: err})
	}
	return err == nil
}

// reclaim takes an app's memory, until the kernel finds no more or the app is used.
func (k *Keeper) reclaim(ctx context.Context, a monitor.App, w Word) {
	const part = 64 << 20
	var err error
	for all := k.Reader.Group(a.Group.Path).Memory.Current.Or(0); ctx.Err() == nil && err == nil && w.Taken < all; {
		var r control.Reclaimed
		r, err = k.Acts.Reclaim(a, part)
		if w.Taken += r.Taken(); r.Short || r.Taken() == 0 {
			break
		}
	}
	if err != nil {
		w = Word{App: a.Name, Problem: err}
	}
	k.mail <- func() {
		if err != nil {
			k.tell(w)
			return
		}
		k.Say(w)
	}
}

// group is where a process is; known is false if it is not one of the user's, or has ended.
func (k *Keeper) group(pid int) (g cgroup.Group, known bool) {
	if !k.Reader.IsOwn(pid) {
		return "", false
	}
	g, err := cgroup.Process(k.Reader.Proc, strconv.Itoa(pid))
	return g, err == nil
}

// isIn reports whether a group is another or below it.
func isIn(g, of cgroup.Group) bool {
	return g == of || len(g) > len(of) && g[:len(of)] == of && g[len(of)] == '/'
}

var _ Acts = control.Control{}
