package systemd

import (
	"errors"
	"strings"
	"syscall"
	"time"

	"electroscope/launcher/dbus"
)

// A Start is a scope that has been asked for.
type Start struct {
	c       *Conn
	u       Unit
	outcome Outcome

	pidsOnly  bool     // ask with PIDs
	bare      bool     // ask without the properties that can follow
	anew      bool     // the connection was lost, and made anew if that was possible
	unheardOf []string // units to order ours after, so that the manager looks for drop-ins anew

	started bool   // StartTransientUnit has been answered well
	job     string // the object path of the job that it queued
	done    bool   // and its job has ended well

	patience    time.Time // when anew: until when a manager that hung up is called, whatever became of it
	startSerial uint32
	pending     map[uint32]question // calls about properties, by serial
}

// A question is a call about one property: of a slice, still to be read (set
// false), or one that is being set.
type question struct {
	unit string
	p    Property
	set  bool
	memo string // key to remember the value under once it is set
}

// Start sends the request for u and, beside it, the questions about the slices'
// present limits. It awaits at most the answer to the greeting.
func (c *Conn) Start(u Unit) (*Start, error) {
	s := &Start{c: c, u: u, pending: map[uint32]question{}}
	_, s.pidsOnly = c.memo.number(memoPIDsOnly)
	s.unheardOf, s.outcome.Unheld = limitFamilies(c.runtimeDir, u)
	if err := s.ask(); err != nil && !s.reconnect(err) {
		return nil, err
	}
	return s, nil
}

func (s *Start) ask() error {
	who := process{pidfd: -1}
	if !s.pidsOnly {
		// A descriptor that arrives with the greeting is refused
		// (sd-bus, bus_socket_read_auth), so its answer comes first. Where
		// Dial was called early it is here already.
		takes, err := s.c.TakesFDs()
		if err != nil {
			return err
		}
		if takes {
			who.pidfd = openPidfd(s.u.PID)
		}
	}
	var rights []byte
	if who.pidfd >= 0 {
		defer syscall.Close(who.pidfd)
		rights = syscall.UnixRights(who.pidfd)
	} else {
		who.pid = s.c.numberFor(s.u.PID)
	}
	s.started, s.done = false, false
	s.startSerial = s.c.NextSerial()
	out := startCall(s.u, s.unheardOf, s.bare, who).Message(s.startSerial)
	clear(s.pending)
	for _, slice := range s.u.Slices {
		for _, p := range slice.Properties {
			key := sliceKey(slice.Name, p.Name)
			if v, known := s.c.memo.number(key); known && v == p.Value {
				continue
			}
			out = append(out, s.question(getCall(slice.Name, ifaceSlice, p.Name), question{unit: slice.Name, p: p, memo: key})...)
		}
	}
	return s.c.Send(out, rights)
}

func (s *Start) question(c dbus.Call, q question) []byte {
	serial := s.c.NextSerial()
	s.pending[serial] = q
	return c.Message(serial)
}

// reconnect falls back to the private socket if the bus cannot reach the manager,
// retries one that hung up, and repeats the request. It returns false if err is
// neither, or if nobody is there in time.
func (s *Start) reconnect(err error) bool {
	silent := errors.Is(err, ErrDeadline) && s.c.Deadline.Before(s.c.deadline)
	if over := s.c.route == public && (silent || unheard(err)); !over && !away(err) {
		return false
	}
	if !s.anew {
		s.anew, s.patience = true, time.Now().Add(Stretched(absence))
	}
	return s.c.redial(err, s.patience, s.ask) == nil
}

// unheard reports whether an error is the bus's own: the call did not reach a
// manager (D-Bus specification, "Message Bus Messages").
func unheard(err error) bool {
	var ce *dbus.CallError
	if !errors.As(err, &ce) {
		return errors.Is(err, dbus.ErrMalformed)
	}
	switch strings.TrimPrefix(ce.Name, "org.freedesktop.DBus.Error.") {
	case "ServiceUnknown", "NameHasNoOwner", "NoReply", "Disconnected", "AccessDenied", "LimitsExceeded":
		return true
	}
	return false
}

// Expired reports whether the launch has waited long enough for the manager, which
// depends on how busy the machine is.
func (s *Start) Expired() bool { return s.c.expired() }

// AnswerLost reports whether an error of [Start.Wait] leaves it open what the
// manager did: neither that it refused, nor that the job failed.
func AnswerLost(err error) bool {
	var call *dbus.CallError
	var job *JobError
	return !errors.As(err, &job) && (!errors.As(err, &call) || unheard(err))
}

// Wait returns when the start job has ended and everything asked has been
// answered. What the manager refuses costs as little as can be:
//
//   - PIDFDs unknown (before 255): once more with PIDs.
//   - a property refused: once more without those that can follow, then each by
//     itself; Outcome.Refused has those it did not take.
//   - a guard's name taken: the guard is left out. Who made that scope asked for
//     our process too, and its job may not have run yet; ours is ordered after it.
//   - the unit's name taken: another one.
//
// Any other error, and the deadline, is the answer.
func (s *Start) Wait() (Outcome, error) {
	defer s.c.memo.save()
	for !s.done || len(s.pending) > 0 {
		m, err := s.c.Next()
		if err == nil {
			err = s.take(m)
		}
		if errors.Is(err, ErrDeadline) && s.started {
			err = ErrQueued
		}
		if err != nil && !s.reconnect(err) {
			return s.outcome, err
		}
	}
	s.outcome.Name = s.u.Name
	return s.outcome, nil
}
