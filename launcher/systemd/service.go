package systemd

import (
	"errors"
	"time"
	"unicode/utf8"

	"electroscope/launcher/dbus"
)

// A Service is a transient service: a program that the manager runs once, in an
// environment that is the manager's own.
type Service struct {
	Name        string
	Description string
	Slice       string
	Program     string   // its path
	Argv        []string // from argv[0] on
	Env         []string // NAME=VALUE, beside what the manager's environment has
	Longest     time.Duration
}

// errNotUTF8 says so of a path, which D-Bus cannot carry.
var errNotUTF8 = errors.New("a path is not UTF-8")

// Run asks for a service, and returns when the manager has taken it, or at the
// deadline; then the manager may take it still, as long as this process does not close
// the connection. If a unit of that name is there, that one counts as this.
func (c *Conn) Run(s Service, deadline time.Time) error {
	if c.Conn == nil {
		return errGone
	}
	for _, text := range append(append([]string{s.Name, s.Description, s.Program}, s.Argv...), s.Env...) {
		if !utf8.ValidString(text) {
			return errNotUTF8
		}
	}
	c.deadline, c.Conn.Deadline, c.Conn.Longer = deadline, deadline, nil
	serial := c.NextSerial()
	if err := c.Send(serviceCall(s).Message(serial), nil); err != nil {
		return err
	}
	for {
		m, err := c.Next()
		if err != nil {
			return err
		}
		if m.IsReply() && m.ReplySerial == serial {
			var refusal *dbus.CallError
			if err = m.Err(); errors.As(err, &refusal) && refusal.Name == errUnitExists {
				return nil
			}
			return err
		}
	}
}

// serviceCall is the call for it. What is in Argv stays as it is: ExecStart would take
// a $ for a variable (systemd.service(5), "Command lines"; ExecStartEx is of 243).
func serviceCall(s Service) dbus.Call {
	return dbus.Call{
		Destination: systemd, Path: objectManager, Interface: ifaceManager, Member: "StartTransientUnit", Signature: "ssa(sv)a(sa(sv))",
		Body: func(e *dbus.Encoder) {
			e.Text(s.Name)
			e.Text("fail")
			e.Array(8, func() {
				property(e, "Description", s.Description)
				property(e, "Slice", s.Slice)
				property(e, "CollectMode", "inactive-or-failed")
				property(e, "RuntimeMaxUSec", uint64(s.Longest.Microseconds()))
				property(e, "Environment", s.Env)
				e.Align(8)
				e.Text("ExecStartEx")
				e.Signature("a(sasas)")
				e.Array(8, func() {
					e.Align(8)
					e.Text(s.Program)
					e.Texts(s.Argv)
					e.Texts([]string{"no-env-expand"})
				})
			})
			e.Array(8, func() {}) // no auxiliary units
		},
	}
}
