package control

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strconv"

	"electroscope/launcher/dbus"
	"electroscope/launcher/systemd"
	"electroscope/monitor"
)

// UnsetWeight is the CPUWeight of a unit without one (CGROUP_WEIGHT_INVALID, src/core/cgroup.h).
const UnsetWeight uint64 = math.MaxUint64

// usualWeight is what the kernel has of such a unit (cgroup-v2.rst, cpu.weight).
const usualWeight = 100

// CPUWeight is that of the scope of a launch, as the manager has it.
func (c Control) CPUWeight(a monitor.App) (uint64, error) {
	reply, err := c.Manager.call("GetUnit", "s", func(e *dbus.Encoder) { e.Text(a.Unit) })
	if err != nil {
		return 0, err
	}
	path := reply.Read().Text()
	reply, err = c.Manager.send(dbus.Call{
		Destination: "org.freedesktop.systemd1", Path: path, Interface: "org.freedesktop.DBus.Properties", Member: "Get", Signature: "ss",
		Body: func(e *dbus.Encoder) {
			e.Text("org.freedesktop.systemd1.Scope")
			e.Text("CPUWeight")
		},
	})
	if err != nil {
		return 0, err
	}
	d := reply.Read()
	if kind := d.Signature(); kind != "t" {
		return 0, fmt.Errorf("CPUWeight of %q is a %q: %w", a.Unit, kind, dbus.ErrMalformed)
	}
	weight := d.Uint64()
	if d.Bad {
		return 0, fmt.Errorf("CPUWeight of %q: %w", a.Unit, dbus.ErrMalformed)
	}
	return weight, nil
}

// SetCPUWeight changes it until the launch ends. It is an error if the kernel does not have it
// then.
func (c Control) SetCPUWeight(a monitor.App, weight uint64) error {
	if err := ownUnit(a, "weigh"); err != nil {
		return err
	}
	if err := c.Manager.Set(a.Unit, systemd.Property{Name: "CPUWeight", Value: weight}); err != nil {
		return err
	}
	want := strconv.FormatUint(weight, 10)
	if weight == UnsetWeight {
		want = strconv.Itoa(usualWeight)
	}
	var has string
	var err error
	if !within(realization, func() bool {
		has, err = a.Group.Path.Read(c.Reader.Cgroup, "cpu.weight")
		return has == want || weight == UnsetWeight && errors.Is(err, fs.ErrNotExist) // no weight takes no controller
	}) {
		if err != nil {
			return fmt.Errorf("CPUWeight of %q is not in force: %w", a.Unit, err)
		}
		return fmt.Errorf("CPUWeight of %q is not in force: the kernel has %q", a.Unit, has)
	}
	return nil
}
