package control

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"electroscope/launcher/dbus"
	"electroscope/launcher/systemd"
)

// A Manager is a user's systemd, by its runtime folder ($XDG_RUNTIME_DIR). Each call has a
// connection of its own to the manager's private socket, which every user manager has, with
// a message bus or without: between two calls it may have executed itself anew.
type Manager struct{ RuntimeDir string }

// patience is how long the manager may take to answer. FreezeUnit is answered once the
// kernel has done it.
const patience = 10 * time.Second

// Set changes a property of a unit until it ends: with SetUnitProperties and runtime = true
// (org.freedesktop.systemd1(5)). Each property takes a call of its own, for the manager
// refuses a whole call for one that it does not know.
func (m Manager) Set(unit string, p systemd.Property) error {
	_, err := m.call("SetUnitProperties", "sba(sv)", func(e *dbus.Encoder) {
		e.Text(unit)
		e.Uint32(1)
		e.Array(8, func() {
			e.Align(8)
			e.Text(p.Name)
			switch v := p.Value.(type) {
			case uint64:
				e.Signature("t")
				e.Uint64(v)
			case uint32:
				e.Signature("u")
				e.Uint32(v)
			}
		})
	})
	return err
}

// Freeze has the kernel stop all processes of a unit.
func (m Manager) Freeze(unit string) error { return m.unit("FreezeUnit", unit) }

// Thaw lets them run on.
func (m Manager) Thaw(unit string) error { return m.unit("ThawUnit", unit) }

// Stop queues a job that ends a unit: SIGTERM to all of its processes.
func (m Manager) Stop(unit string) error {
	_, err := m.call("StopUnit", "ss", func(e *dbus.Encoder) {
		e.Text(unit)
		e.Text("replace")
	})
	return err
}

// Kill sends a signal to all processes of a unit.
func (m Manager) Kill(unit string, signal syscall.Signal) error {
	_, err := m.call("KillUnit", "ssi", func(e *dbus.Encoder) {
		e.Text(unit)
		e.Text("all")
		e.Uint32(uint32(signal))
	})
	return err
}

// DropIns are the drop-in files that the manager has read for a unit, in its order.
func (m Manager) DropIns(unit string) ([]string, error) {
	reply, err := m.call("GetUnit", "s", func(e *dbus.Encoder) { e.Text(unit) })
	if err != nil {
		return nil, err
	}
	path := reply.Read().Text()
	const properties = "org.freedesktop.DBus.Properties"
	reply, err = m.send(dbus.Call{
		Destination: "org.freedesktop.systemd1", Path: path, Interface: properties, Member: "Get", Signature: "ss",
		Body: func(e *dbus.Encoder) {
			e.Text("org.freedesktop.systemd1.Unit")
			e.Text("DropInPaths")
		},
	})
	if err != nil {
		return nil, err
	}
	d := reply.Read()
	if kind := d.Signature(); kind != "as" {
		return nil, fmt.Errorf("DropInPaths of %q is a %q: %w", unit, kind, dbus.ErrMalformed)
	}
	files := d.Texts()
	if d.Bad {
		return nil, fmt.Errorf("DropInPaths of %q: %w", unit, dbus.ErrMalformed)
	}
	return files, nil
}

func (m Manager) unit(member, unit string) error {
	_, err := m.call(member, "s", func(e *dbus.Encoder) { e.Text(unit) })
	return err
}

func (m Manager) call(member, signature string, body func(*dbus.Encoder)) (dbus.Message, error) {
	return m.send(dbus.Call{
		Destination: "org.freedesktop.systemd1", Path: "/org/freedesktop/systemd1",
		Interface: "org.freedesktop.systemd1.Manager", Member: member, Signature: signature, Body: body,
	})
}

// send asks the manager, and returns its answer.
func (m Manager) send(c dbus.Call) (dbus.Message, error) {
	if m.RuntimeDir == "" {
		return dbus.Message{}, errors.New("no user manager is there to be asked")
	}
	conn, err := dbus.Dial(strings.TrimRight(m.RuntimeDir, "/")+"/systemd/private", time.Now().Add(systemd.Stretched(patience)))
	if err != nil {
		return dbus.Message{}, fmt.Errorf("cannot ask the user manager: %w", err)
	}
	defer conn.Close()
	reply, err := ask(conn, c)
	if err != nil {
		return reply, fmt.Errorf("the user manager, asked for %s: %w", c.Member, err)
	}
	return reply, reply.Err()
}

// ask sends a call and waits for its answer. The answer to the greeting comes first: what
// arrives with that, sd-bus reads together with it up to 256 bytes, and if that is the whole
// call, looks at it only when more comes, which is never (bus_socket_read_auth,
// src/libsystemd/sd-bus/bus-socket.c; seen with 252, 257 and 262).
func ask(conn *dbus.Conn, c dbus.Call) (dbus.Message, error) {
	if _, err := conn.TakesFDs(); err != nil {
		return dbus.Message{}, err
	}
	serial := conn.NextSerial()
	if err := conn.Send(c.Message(serial), nil); err != nil {
		return dbus.Message{}, err
	}
	for {
		reply, err := conn.Next()
		if err != nil || reply.IsReply() && reply.ReplySerial == serial { // the private socket sends signals unasked
			return reply, err
		}
	}
}
