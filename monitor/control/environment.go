package control

import (
	"fmt"

	"electroscope/launcher/dbus"
)

// Environ is the environment that the manager gives to what it starts, into which a desktop puts
// its own (systemctl(1), import-environment).
func (m Manager) Environ() ([]string, error) {
	reply, err := m.send(dbus.Call{
		Destination: "org.freedesktop.systemd1", Path: "/org/freedesktop/systemd1", Interface: "org.freedesktop.DBus.Properties", Member: "Get", Signature: "ss",
		Body: func(e *dbus.Encoder) {
			e.Text("org.freedesktop.systemd1.Manager")
			e.Text("Environment")
		},
	})
	if err != nil {
		return nil, err
	}
	d := reply.Read()
	if kind := d.Signature(); kind != "as" {
		return nil, fmt.Errorf("the manager's Environment is a %q: %w", kind, dbus.ErrMalformed)
	}
	list := d.Texts()
	if d.Bad {
		return nil, fmt.Errorf("the manager's Environment: %w", dbus.ErrMalformed)
	}
	return list, nil
}
