package systemd

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"electroscope/launcher/dbus"
)

// take deals with one message.
func (s *Start) take(m dbus.Message) error {
	switch {
	case m.IsSignal():
		return s.signal(m)
	case m.IsReply():
		err := m.Err()
		if s.c.route == public && unheard(err) {
			return err
		}
		if m.ReplySerial == s.c.helloSerial {
			s.c.helloSerial = 0 // the bus lives: what keeps us waiting is the manager
			if s.c.deadline.After(s.c.Deadline) {
				s.c.Deadline = s.c.deadline
			}
			return err
		}
		if m.ReplySerial == s.startSerial {
			return s.answer(m, err)
		}
		if q, ok := s.pending[m.ReplySerial]; ok {
			delete(s.pending, m.ReplySerial)
			return s.property(q, m)
		}
	}
	return nil
}

// answer is the reply to StartTransientUnit. It only says that a job is queued, and
// which.
func (s *Start) answer(m dbus.Message, err error) error {
	if err == nil {
		s.started, s.job = true, m.Read().Text()
		if !s.bare {
			return nil
		}
		var out []byte
		for _, p := range s.u.Properties {
			if !p.Creation {
				out = append(out, s.question(setCall(s.u.Name, p), question{unit: s.u.Name, p: p, set: true})...)
			}
		}
		return s.c.Send(out, nil)
	}
	guard, taken := alreadyThere(err, s.u)
	switch {
	case taken && guard != "":
		s.u.Guards, s.u.After = without(s.u.Guards, guard), slices.Concat(s.u.After, []string{guard})
	case taken && s.anew:
		// The request before the manager's re-execution was carried out.
		s.started, s.done = true, true
		return nil
	case taken && len(s.outcome.Name) == 0:
		s.outcome.Name = another(s.u.Name)
		s.u.Name = s.outcome.Name
	case taken:
		return err
	case !s.pidsOnly && strings.Contains(err.Error(), "PIDFDs"):
		s.pidsOnly = true
	case !s.bare:
		s.bare = true
	case s.creation(err):
	default:
		return err
	}
	return s.ask()
}

// creation leaves out the properties that only the creation takes, the last
// thing that a refused bare request can do without.
func (s *Start) creation(err error) bool {
	var kept []Property
	for _, p := range s.u.Properties {
		if p.Creation {
			s.outcome.Refused = append(s.outcome.Refused, Refusal{p.Name, err.Error()})
		} else {
			kept = append(kept, p)
		}
	}
	dropped := len(kept) < len(s.u.Properties)
	s.u.Properties = kept
	return dropped
}

// signal looks for JobRemoved (uoss: id, job, unit, result) of our unit, and for
// the manager's leaving the bus, after which there is none to come.
func (s *Start) signal(m dbus.Message) error {
	if s.c.route == public && m.Member == "NameOwnerChanged" {
		return left(m)
	}
	if m.Member != "JobRemoved" || m.Signature != "uoss" {
		return nil
	}
	d := m.Read()
	d.Uint32()
	job, unit, result := d.Text(), d.Text(), d.Text()
	if d.Bad {
		return fmt.Errorf("JobRemoved: %w", dbus.ErrMalformed)
	}
	if unit != s.u.Name || job != s.job || !s.started {
		return nil // somebody else's, or another job of our unit
	}
	if result != "done" {
		return &JobError{Result: result}
	}
	s.done = true
	if takes, _ := s.c.TakesFDs(); takes && s.pidsOnly {
		s.c.memo.remember(memoPIDsOnly, 1)
	}
	return nil
}

// property deals with the answer to a question about a property.
func (s *Start) property(q question, m dbus.Message) error {
	if err := m.Err(); err != nil {
		var ce *dbus.CallError
		errors.As(err, &ce)
		s.outcome.Refused = append(s.outcome.Refused, Refusal{q.p.Name, ce.Error()})
		return nil
	}
	if q.set {
		if q.memo != "" {
			s.c.memo.remember(q.memo, q.p.Value.(uint64))
		}
		return nil
	}
	d := m.Read()
	if kind := d.Signature(); kind != "t" {
		return fmt.Errorf("property %s of %q is a %q: %w", q.p.Name, q.unit, kind, dbus.ErrMalformed)
	}
	present := d.Uint64()
	ours, known := s.c.memo.number(q.memo)
	if present != infinity && (!known || present != ours) {
		s.c.memo.remember(q.memo, q.p.Value.(uint64)) // somebody's choice: not asked again
		s.c.memo.remember(chosenKey(q.unit, q.p.Name), present)
		return nil
	}
	q.set = true
	return s.c.Send(s.question(setCall(q.unit, q.p), q), nil)
}

// left is errGone if the signal (sss: name, old owner, new owner) says that the
// name has no owner any more. A manager that comes back to the bus says so too.
func left(m dbus.Message) error {
	if m.Signature != "sss" {
		return nil
	}
	d := m.Read()
	d.Text()
	d.Text()
	if owner := d.Text(); owner != "" || d.Bad {
		return nil
	}
	return errGone
}

func without(list []string, drop string) []string {
	var kept []string
	for _, s := range list {
		if s != drop {
			kept = append(kept, s)
		}
	}
	return kept
}
