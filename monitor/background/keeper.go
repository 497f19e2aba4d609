package background

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/monitor"
	"electroscope/monitor/control"
)

// A Keeper looks after apps in the background. Began, Seen and Ended tell it of launches, and
// return at once.
type Keeper struct {
	Reader  monitor.Reader
	Acts    Acts
	Folder  string                  // for the record: $XDG_RUNTIME_DIR/electroscope
	Environ func() []string         // the session's, for an app that hides its own
	Policy  func(app string) Policy // as apps.toml has it now
	Say     func(Word)              // must not wait

	// The session's servers.
	Dial    func(Session) (Windows, error)
	Players func(Session) ([]int, error)
	Follow  func(ctx context.Context, s Session, changed func())

	mail     chan func() // what is done between two decisions
	launches map[cgroup.Group]*launch
	displays map[Session]*display
	follows  map[Session]context.CancelFunc
	record   *record
	told     map[string]bool
}

// Acts are what is done to a launch: those of [control.Control].
type Acts interface {
	Freeze(monitor.App) error
	Thaw(monitor.App) error
	Reclaim(a monitor.App, bytes uint64) (control.Reclaimed, error)
	CPUWeight(monitor.App) (uint64, error)
	SetCPUWeight(a monitor.App, weight uint64) error
}

// Windows say whose window is the active one: [x11.Display] and [kwin.Windows].
type Windows interface {
	ActivePID() (int, error)
	Clients() ([]int, error)
	Changed() <-chan struct{}
	Close()
}

// A launch is one that has a policy.
type launch struct {
	app     monitor.App
	session Session
	policy  Policy
	stay    stay
	held    *held
	sound   *Answer // what was asked for, until it is decided on
	asks    bool    // it is being asked
	stale   bool    // what is being asked has changed meanwhile

	stop context.CancelFunc // of what is being reclaimed; nil: nothing is
}

// NewKeeper is one that asks real servers.
func NewKeeper(c control.Control, environ func() []string, folder string, policy func(app string) Policy, say func(Word)) *Keeper {
	return &Keeper{
		Reader: c.Reader, Acts: c, Environ: environ, Folder: folder, Policy: policy, Say: say,
		Dial:    func(s Session) (Windows, error) { return dial(s, folder) },
		Players: func(s Session) ([]int, error) { return Sound{s.Sound}.Players() },
		Follow:  func(ctx context.Context, s Session, changed func()) { Sound{s.Sound}.Follow(ctx, changed) },
		mail:    make(chan func(), 256), launches: map[cgroup.Group]*launch{}, displays: map[Session]*display{},
		follows: map[Session]context.CancelFunc{}, told: map[string]bool{},
	}
}

// Run looks after apps until the context ends; then everything is undone.
func (k *Keeper) Run(ctx context.Context) {
	if _, err := os.Lstat(k.Folder + "/" + recordName); err == nil {
		if err := k.open(); err != nil {
			k.tell(Word{Problem: err})
		}
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			k.end()
			return
		case f := <-k.mail:
			f()
		case <-timer.C:
		}
		now := time.Now()
		for _, l := range k.launches {
			k.decide(ctx, l, now)
		}
		k.hangUp()
		k.follow(ctx)
		timer.Stop()
		if due := k.due(); !due.IsZero() {
			timer.Reset(time.Until(due))
		}
	}
}

// Began is told of a new scope of an app, before anything runs in it. The user has started the
// app once more, so its other launches are in use: a Chromium hands over to the first one, and
// waits for its answer.
func (k *Keeper) Began(app string) {
	k.mail <- func() {
		for _, l := range k.launches {
			if l.app.Name == app {
				k.undo(l, time.Now())
			}
		}
	}
}

// Seen is told of a launch whenever it was looked at.
func (k *Keeper) Seen(a monitor.App) {
	k.mail <- func() {
		policy := k.Policy(a.Name)
		l, known := k.launches[a.Group.Path]
		switch {
		case known:
		case a.Kind != monitor.Launched || policy.Do == "" || policy.Do == catalog.BackgroundOff:
			return
		default:
			l = &launch{}
			k.launches[a.Group.Path] = l
		}
		l.app, l.policy, l.session = a, policy, sessionOf(k.Reader, a, k.Environ)
		if !l.session.hasWindows() {
			k.tell(Word{App: a.Name, Problem: errNoWindows})
		}
	}
}

// Ended is told of a scope that is gone.
func (k *Keeper) Ended(g cgroup.Group) {
	k.mail <- func() {
		if l, known := k.launches[g]; known {
			delete(k.launches, g)
			k.drop(l)
		}
	}
}

// decide does what is to be done about one launch now.
func (k *Keeper) decide(ctx context.Context, l *launch, now time.Time) {
	if l.held != nil && l.stay.done == "" {
		k.undo(l, l.stay.since) // it could not be undone
	}
	o := observation{k.active(l), l.sound}
	l.sound = nil
	if o.active != No && l.stop != nil {
		l.stop()
	}
	next, step := decide(l.stay, l.policy, o, now)
	switch step {
	case wait:
		l.stay = next
	case undo:
		k.undo(l, next.since)
	case listen:
		l.stay = next
		if l.policy = k.Policy(l.app.Name); l.policy.Do != catalog.BackgroundOff {
			k.listen(l)
		}
	case act:
		l.stay = next
		k.act(ctx, l, now)
	}
}

// listen asks whether an app plays sound. The answer comes by mail: meanwhile others may have to
// be thawed.
func (k *Keeper) listen(l *launch) {
	if l.asks {
		l.stale = true
		return
	}
	l.asks = true
	if err := k.isClient(l); err != nil {
		l.asks, l.stay = false, stay{since: time.Now()}
		k.tell(Word{App: l.app.Name, Problem: err})
		return
	}
	session, group := l.session, l.app.Group.Path
	go func() {
		answer := No
		pids, err := k.Players(session)
		for _, pid := range pids {
			switch g, known := k.group(pid); {
			case !known:
				err = errors.New("the sound server names a process that is not the user's: that of a sandbox, or of another machine")
			case isIn(g, group):
				answer = Yes
			}
		}
		if err != nil && answer == No {
			answer = Unknown
		}
		k.mail <- func() {
			again := l.stale
			l.asks, l.stale, l.sound = false, false, &answer
			if again {
				k.listen(l)
			}
			if answer == Unknown {
				k.tell(Word{App: l.app.Name, Problem: err})
			}
		}
	}()
}

// due is when the first launch is to be looked at again; zero: when something happens.
func (k *Keeper) due() time.Time {
	var first time.Time
	for _, l := range k.launches {
		if due := l.stay.due(l.policy); !l.asks && !due.IsZero() && (first.IsZero() || due.Before(first)) {
			first = due
		}
	}
	return first
}

// tell says what is the matter, once.
func (k *Keeper) tell(w Word) {
	if text := w.Text(); !k.told[text] {
		k.told[text] = true
		k.Say(w)
	}
}

// open takes the record, and undoes what a watcher before has left.
func (k *Keeper) open() error {
	if k.record != nil {
		return nil
	}
	r, left, err := openRecord(k.Folder)
	if err != nil {
		return err
	}
	k.record = r
	for _, h := range left {
		if !k.hasEnded(h.Group) {
			k.restore(h)
		}
	}
	return k.keep()
}

func (k *Keeper) hasEnded(g cgroup.Group) bool {
	_, err := os.Lstat(k.Reader.Cgroup + string(g))
	return errors.Is(err, fs.ErrNotExist)
}

// keep records what is held now.
func (k *Keeper) keep() error {
	list := []held{}
	for _, l := range k.launches {
		if l.held != nil {
			list = append(list, *l.held)
		}
	}
	return k.record.keep(list)
}

// end undoes everything.
func (k *Keeper) end() {
	for _, l := range k.launches {
		k.undo(l, time.Time{})
	}
	for _, d := range k.displays {
		d.close()
	}
	if k.record != nil {
		k.record.close()
	}
}

// Release undoes what a watcher that was killed has left, in the place of Run.
func (k *Keeper) Release() error {
	if _, err := os.Lstat(k.Folder + "/" + recordName); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	defer k.end()
	return k.open()
}
