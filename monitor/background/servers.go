package background

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"electroscope/launcher/catalog"
	"electroscope/monitor/kwin"
	"electroscope/monitor/x11"
)

var errNoWindows = errors.New("it is in no session where it would be known which window is active")

// A display is a connection to who knows a session's windows, or the failure to have one.
type display struct {
	windows Windows // nil: there is none
	tried   time.Time
}

// redial is how soon a server that could not be reached is tried again.
const redial = 10 * time.Second

func (d *display) close() {
	if d.windows != nil {
		d.windows.Close()
	}
}

// active says whether one of the windows of a launch is the active one.
func (k *Keeper) active(l *launch) Answer {
	if !l.session.hasWindows() {
		return Unknown
	}
	w := k.display(l.session)
	if w == nil {
		return Unknown
	}
	pid, err := w.ActivePID()
	switch {
	case err != nil:
		return Unknown
	case pid == 0:
		return No
	case pid == l.app.Main:
		return Yes
	}
	g, known := k.group(pid)
	switch {
	case known && isIn(g, l.app.Group.Path):
		return Yes
	case known || k.Reader.Exists(pid): // another user's
		return No
	}
	return Unknown
}

// isClient is an error if its session's X server or KWin knows no process of a launch: its windows
// are elsewhere then, or it has none, and nobody could say when it is used.
func (k *Keeper) isClient(l *launch) error {
	w := k.display(l.session)
	if w == nil {
		return errNoWindows
	}
	pids, err := w.Clients()
	for _, pid := range pids {
		if g, known := k.group(pid); known && isIn(g, l.app.Group.Path) {
			return nil
		}
	}
	return cmp.Or(err, fmt.Errorf("%s knows none of its processes", l.session.windows()))
}

// dial asks whoever knows a session's windows.
func dial(s Session, folder string) (Windows, error) {
	if s.Display != "" {
		return x11.Dial(s.Display, s.Authority)
	}
	return kwin.Dial(s.Bus, folder)
}

// display is the connection to whoever knows a session's windows, nil if there is none.
func (k *Keeper) display(s Session) Windows {
	d, known := k.displays[s]
	if known && (d.windows != nil || time.Since(d.tried) < redial) {
		return d.windows
	}
	d = &display{tried: time.Now()}
	k.displays[s] = d
	windows, err := k.Dial(s)
	if err != nil {
		k.tell(Word{Problem: err})
		return nil
	}
	d.windows = windows
	go func() {
		for range windows.Changed() {
			k.mail <- func() {}
		}
		k.mail <- func() { d.windows = nil } // the connection has ended
	}()
	return windows
}

// hangUp leaves the servers of sessions that no app is in: one that ends with its last client is
// not to stay for us.
func (k *Keeper) hangUp() {
	used := map[Session]bool{}
	for _, l := range k.launches {
		used[l.session] = true
	}
	for s, d := range k.displays {
		if !used[s] {
			d.close()
			delete(k.displays, s)
		}
	}
}

// follow hears of sound as long as an app is held that may begin to play.
func (k *Keeper) follow(ctx context.Context) {
	wanted := map[Session]bool{}
	for _, l := range k.launches {
		if l.held != nil && l.held.Done == catalog.BackgroundWeight {
			wanted[l.session] = true
		}
	}
	for s, cancel := range k.follows {
		if !wanted[s] {
			cancel()
			delete(k.follows, s)
		}
	}
	for s := range wanted {
		if k.follows[s] != nil {
			continue
		}
		following, cancel := context.WithCancel(ctx)
		k.follows[s] = cancel
		go func() {
			k.Follow(following, s, func() { k.mail <- func() { k.heard(s) } })
			k.mail <- func() {
				if following.Err() == nil { // nobody hears it now
					k.deaf(s)
				}
			}
		}()
	}
}

// heard asks who plays on behalf of the launches that are held.
func (k *Keeper) heard(s Session) {
	for _, l := range k.launches {
		if l.session == s && l.held != nil {
			k.listen(l)
		}
	}
}

// deaf has the launches count as such that may play.
func (k *Keeper) deaf(s Session) {
	delete(k.follows, s)
	for _, l := range k.launches {
		if l.session == s && l.held != nil {
			unknown := Unknown
			l.sound = &unknown
		}
	}
}
