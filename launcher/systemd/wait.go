package systemd

import (
	"errors"
	"io"
	"syscall"
	"time"

	"electroscope/launcher/machine"
)

// A wait is how long a launch waits for the manager. On a machine with more to run than it
// has processors, the manager too gets only its share of them.
type wait struct {
	deadline time.Time     // of everything
	patience time.Duration // from Dial to the deadline, on a machine that is not busy

	moved bool      // the deadline has been, for a busy machine
	last  time.Time // where it moves to at most, for a manager that works
	seen  sight     // the manager when it moved
}

// On a busy machine waits are longer, in proportion. They end here, unless the launch's own
// deadline is later.
const (
	maxStretch = 5                // times as long: a wait for what may never come
	maxWait    = 10 * time.Second // a wait for the manager, whatever it does
	maxWorking = 30 * time.Second // a wait for a manager that is seen to work,
	workSlice  = 5 * time.Second  // at least once in that time: between, it may wait for its generators
)

// contention is a variable for the tests.
var contention = machine.Contention

// Stretched is a time on a machine that has nothing else to do, as it is on this one
// now.
func Stretched(d time.Duration) time.Duration {
	return time.Duration(float64(d) * min(contention(), maxStretch))
}

// expired reports whether the deadline of everything has passed. On a busy machine it
// moves first: in proportion, up to maxWait. A manager that a hundred launches call, or
// that executes itself anew, may take longer on a machine that is busier still: then the
// deadline moves on for as long as it is seen to work.
func (w *wait) expired(now time.Time, look func() sight) bool {
	switch {
	case now.Before(w.deadline):
		return false
	case !w.moved:
		stretched := time.Duration(float64(w.patience) * contention())
		until := func(most time.Duration) time.Time { return now.Add(min(stretched, max(w.patience, most)) - w.patience) }
		w.moved, w.deadline, w.last = true, until(maxWait), until(maxWorking)
		w.seen = look()
	case now.Before(w.last):
		before := w.seen
		w.seen = look()
		if !w.seen.workedSince(before) {
			w.last = w.deadline
			return true
		}
		w.deadline = now.Add(min(workSlice, w.last.Sub(now)))
	}
	return !now.Before(w.deadline)
}

func (c *Conn) expired() bool { return c.wait.expired(time.Now(), c.look) }

// A manager that executes itself anew (systemctl --user daemon-reexec) hangs up, takes
// connections into the backlog of a socket that it is about to close, and then has none:
// for about a tenth of a second, or as many times longer as a busy machine makes it. For
// absence a manager that is away is called, and for longer if its process lives.
const (
	absence  = 500 * time.Millisecond
	minPause = 5 * time.Millisecond
	maxPause = 80 * time.Millisecond // a hundred launches must not hinder it
)

// redial has a conversation over the private socket, anew while the manager hangs up and
// is expected back. It returns err if it is not.
func (c *Conn) redial(err error, until time.Time, talk func() error) error {
	for pause := minPause; c.returning(until); pause = min(2*pause, maxPause) {
		if err = c.dial(private, c.deadline); err == nil {
			err = talk()
		}
		// A manager that begins to listen removes the socket of before (bus_init_private in dbus.c).
		removed := errors.Is(err, syscall.ENOENT) && c.look().lives
		if !away(err) && !removed {
			return err
		}
		Pause(pause)
	}
	return err
}

// returning reports whether a manager that is away is expected back.
func (c *Conn) returning(until time.Time) bool {
	return time.Now().Before(until) || c.look().lives && !c.expired()
}

// errGone says that the manager has left the bus.
var errGone = errors.New("the user manager left the bus")

// away reports whether the manager hung up or does not listen.
func away(err error) bool {
	return errors.Is(err, errGone) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		errors.Is(err, syscall.ECONNREFUSED)
}
