package systemd

import (
	"fmt"
	"time"

	"electroscope/launcher/dbus"
)

// Set changes properties of a unit that runs, until it ends (SetUnitProperties,
// org.freedesktop.systemd1(5)). It returns those that the manager did not take.
func (s *Start) Set(unit string, list []Property) ([]Refusal, error) {
	s.outcome.Refused = nil
	err := s.converse(func() []byte {
		var out []byte
		for _, p := range list {
			out = append(out, s.question(setCall(unit, p), question{unit: unit, p: p, set: true})...)
		}
		return out
	})
	return s.outcome.Refused, err
}

// Recheck asks for the limits of a slice once more, although an earlier launch
// has seen to them: somebody may have reverted them since. It sets those that
// nobody has set, and keeps what somebody else chose.
func (s *Start) Recheck(slice Slice) error {
	err := s.converse(func() []byte {
		var out []byte
		for _, p := range slice.Properties {
			out = append(out, s.question(getCall(slice.Name, ifaceSlice, p.Name), question{unit: slice.Name, p: p, memo: sliceKey(slice.Name, p.Name)})...)
		}
		return out
	})
	s.c.memo.save()
	return err
}

// Chosen is the value that somebody else gave a property of a slice, if a launch
// has met one.
func (s *Start) Chosen(slice, property string) (uint64, bool) {
	return s.c.memo.number(chosenKey(slice, property))
}

// DropIns are the drop-in files that the manager read for a scope, in its order:
// of two that set one thing, the later wins (systemd.unit(5)).
func (s *Start) DropIns(unit string) ([]string, error) {
	var files []string
	err := s.again(func() error {
		serial := s.c.NextSerial()
		if err := s.c.Send(getCall(unit, ifaceUnit, "DropInPaths").Message(serial), nil); err != nil {
			return err
		}
		for {
			m, err := s.c.Next()
			if err != nil {
				return err
			}
			if !m.IsReply() || m.ReplySerial != serial {
				continue
			}
			if err := m.Err(); err != nil {
				return err
			}
			d := m.Read()
			if kind := d.Signature(); kind != "as" {
				return fmt.Errorf("DropInPaths of %q is a %q: %w", unit, kind, dbus.ErrMalformed)
			}
			if files = d.Texts(); d.Bad {
				return fmt.Errorf("DropInPaths of %q: %w", unit, dbus.ErrMalformed)
			}
			return nil
		}
	})
	return files, err
}

// converse sends calls about properties and reads until each is answered.
func (s *Start) converse(calls func() []byte) error {
	return s.again(func() error {
		clear(s.pending)
		if err := s.c.Send(calls(), nil); err != nil {
			return err
		}
		for len(s.pending) > 0 {
			m, err := s.c.Next()
			if err == nil {
				err = s.take(m)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// again has a conversation on a new connection if the manager has hung up.
func (s *Start) again(talk func() error) error {
	err := talk()
	if err != nil && (away(err) || s.c.route == public && unheard(err)) {
		err = s.c.redial(err, time.Now().Add(Stretched(absence)), talk)
	}
	return err
}
