package watch

import (
	"context"
	"errors"
	"os"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/monitor"
)

// A Watcher tells of what happens to launches.
type Watcher struct {
	Reader  monitor.Reader
	Manager cgroup.Group               // of the user's manager
	Apps    func() []monitor.Candidate // asked at each new scope, for apps.toml may have changed
	Tell    func(Finding)              // must not wait
	Follow  Follower                   // is told of launches
}

// A Follower is told of each launch. It must not wait.
type Follower interface {
	Began(app string) // a new scope is there
	Seen(monitor.App) // whenever a launch was looked at
	Ended(cgroup.Group)
}

// settle is how long a change is left to end before it is looked at: a process that was killed
// has to be gone, and several changes are one.
const settle = 200 * time.Millisecond

// again is how soon an app that is being slowed is looked at next, and grace how long a new
// launch has until its main process must have stayed: Chromium asks for a scope of its own within
// seconds (docs/escape.md).
const (
	again = 2 * time.Second
	grace = 10 * time.Second
)

// Run watches until the context ends, or until the tree cannot be watched.
func (w *Watcher) Run(ctx context.Context) error {
	t, err := newTree(w.Reader.Cgroup, w.Manager)
	if err != nil {
		return err
	}
	defer t.close()
	defer context.AfterFunc(ctx, t.close)()
	scopes, err := t.scan()
	if err != nil {
		return err
	}
	f := followed{watcher: w, tree: t, launches: map[cgroup.Group]*launch{}}
	f.begin(scopes, false, time.Now())
	for {
		c, err := t.wait(f.next())
		switch {
		case ctx.Err() != nil || errors.Is(err, os.ErrClosed):
			return nil
		case err != nil:
			return err
		}
		f.take(c, time.Now())
	}
}

// followed are the launches that are watched.
type followed struct {
	watcher  *Watcher
	tree     *tree
	launches map[cgroup.Group]*launch
}

// A launch is one of them. It is looked at when it is due; if that is zero, not before something
// happens.
type launch struct {
	judge *judge
	fresh bool // it began under our eyes, so all that happened to it is news
	due   time.Time
}

// begin follows the launches among new scopes. A new one is empty at first.
func (f *followed) begin(scopes []cgroup.Group, fresh bool, now time.Time) {
	if len(scopes) == 0 {
		return
	}
	apps := f.watcher.Apps()
	for _, g := range scopes {
		app, ok := monitor.AppOf(apps, g)
		if _, known := f.launches[g]; known || !ok {
			continue
		}
		f.launches[g] = &launch{fresh: fresh, due: now.Add(settle)}
		f.watcher.Follow.Began(app)
	}
}

// take has the launches of changes looked at in a moment, and looks at those that are due.
func (f *followed) take(c changes, now time.Time) {
	f.begin(c.appeared, true, now)
	for _, g := range c.events {
		if l, known := f.launches[g]; known && (l.due.IsZero() || l.due.Sub(now) > settle) {
			l.due = now.Add(settle)
		}
	}
	for _, g := range c.ended {
		delete(f.launches, g)
		f.watcher.Follow.Ended(g)
	}
	for g, l := range f.launches {
		if !l.due.IsZero() && !l.due.After(now) {
			l.due = f.look(g, l, now)
		}
	}
}

// look judges one launch, and returns when to look again.
func (f *followed) look(g cgroup.Group, l *launch, now time.Time) (due time.Time) {
	a, ok := f.watcher.Reader.Launch(f.watcher.Apps(), g)
	if !ok {
		return now.Add(again) // it is still empty; its end is a change of its own
	}
	f.watcher.Follow.Seen(a)
	if l.judge == nil {
		// The controllers of the first scope in a slice come after its folder.
		if err := f.tree.listen(g); err != nil {
			return now.Add(again)
		}
		due = now.Add(grace)
		if !l.fresh {
			l.judge = newJudge(a)
			return due
		}
		l.judge = newJudge(monitor.App{Group: monitor.Group{Events: monitor.Events{High: monitor.Known(0), OOMKill: monitor.Known(0)}}})
	}
	for _, finding := range l.judge.look(a, now) {
		f.watcher.Tell(finding)
	}
	if l.judge.follows(now) {
		return now.Add(again)
	}
	return due
}

// next is when the first launch is due; the zero time if none is.
func (f *followed) next() time.Time {
	var first time.Time
	for _, l := range f.launches {
		if !l.due.IsZero() && (first.IsZero() || l.due.Before(first)) {
			first = l.due
		}
	}
	return first
}
