package systemd

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"electroscope/launcher/dbus"
	"electroscope/launcher/unitname"
)

const (
	systemd       = "org.freedesktop.systemd1"
	objectManager = "/org/freedesktop/systemd1"
	ifaceManager  = "org.freedesktop.systemd1.Manager"
	ifaceUnit     = "org.freedesktop.systemd1.Unit"
	ifaceSlice    = "org.freedesktop.systemd1.Slice"
	ifaceProps    = "org.freedesktop.DBus.Properties"
	errUnitExists = "org.freedesktop.systemd1.UnitExists"
	infinity      = ^uint64(0)
	sysPidfdOpen  = 434 // pidfd_open(2), the same on every architecture
)

// A JobError is a start job that ended in another way than "done"
// (org.freedesktop.systemd1(5), JobRemoved).
type JobError struct{ Result string }

func (e *JobError) Error() string { return fmt.Sprintf("the scope's start job ended %q", e.Result) }

// startCall asks for u. If bare, the properties that can follow later are
// left out; unheardOf are units to load beside it.
func startCall(u Unit, unheardOf []string, bare bool, who process) dbus.Call {
	c := dbus.Call{
		Destination: systemd, Path: objectManager, Interface: ifaceManager, Member: "StartTransientUnit", Signature: "ssa(sv)a(sa(sv))",
		Body: func(e *dbus.Encoder) {
			e.Text(u.Name)
			e.Text("fail")
			e.Array(8, func() {
				processes(e, who)
				property(e, "Description", u.Description)
				property(e, "Slice", u.Slice)
				property(e, "CollectMode", "inactive-or-failed")
				property(e, "PartOf", u.PartOf)
				property(e, "After", slices.Concat(u.After, u.Guards, unheardOf))
				for _, p := range u.Properties {
					if !bare || p.Creation {
						property(e, p.Name, p.Value)
					}
				}
			})
			e.Array(8, func() {
				for _, guard := range u.Guards {
					e.Align(8)
					e.Text(guard)
					e.Array(8, func() { processes(e, who) })
				}
			})
		},
	}
	if who.pidfd >= 0 {
		c.FDs = 1
	}
	return c
}

// A process names itself by a descriptor, or else (pidfd < 0) by a number.
type process struct {
	pidfd int
	pid   int // 0 for who calls
}

// processes writes PIDFDs (since 255), which cannot mean another process than ours
// even if PIDs are reused, or else PIDs. There 0 is who calls, as the kernel tells
// the manager or the bus (bus_scope_set_transient_property in dbus-scope.c).
func processes(e *dbus.Encoder, who process) {
	e.Align(8)
	if who.pidfd >= 0 {
		e.Text("PIDFDs")
		e.Signature("ah")
		e.Array(4, func() { e.Uint32(0) }) // the index of the descriptor
		return
	}
	e.Text("PIDs")
	e.Signature("au")
	e.Array(4, func() { e.Uint32(uint32(who.pid)) })
}

// property writes one (sv); nothing for an empty string or list.
func property(e *dbus.Encoder, name string, value any) {
	switch v := value.(type) {
	case string:
		if v != "" {
			e.Align(8)
			e.Text(name)
			e.Signature("s")
			e.Text(v)
		}
	case []string:
		if len(v) > 0 {
			e.Align(8)
			e.Text(name)
			e.Signature("as")
			e.Texts(v)
		}
	case uint64:
		e.Align(8)
		e.Text(name)
		e.Signature("t")
		e.Uint64(v)
	case uint32:
		e.Align(8)
		e.Text(name)
		e.Signature("u")
		e.Uint32(v)
	case bool:
		e.Align(8)
		e.Text(name)
		e.Signature("b")
		if v {
			e.Uint32(1)
		} else {
			e.Uint32(0)
		}
	default:
		panic(fmt.Sprintf("property %s has a value of type %T", name, value))
	}
}

const (
	jobsEnd       = "type='signal',sender='org.freedesktop.systemd1',interface='" + ifaceManager + "',member='JobRemoved'"
	managerLeaves = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='org.freedesktop.systemd1'"
)

// setCall changes a property of a unit until it ends (runtime = true).
func setCall(unit string, p Property) dbus.Call {
	return dbus.Call{
		Destination: systemd, Path: objectManager, Interface: ifaceManager, Member: "SetUnitProperties", Signature: "sba(sv)",
		Body: func(e *dbus.Encoder) {
			e.Text(unit)
			e.Uint32(1)
			e.Array(8, func() { property(e, p.Name, p.Value) })
		},
	}
}

func getCall(unit, iface, property string) dbus.Call {
	return dbus.Call{
		Destination: systemd, Path: unitPath(unit), Interface: ifaceProps, Member: "Get", Signature: "ss",
		Body: func(e *dbus.Encoder) {
			e.Text(iface)
			e.Text(property)
		},
	}
}

// unitPath is the object of a unit: every byte but letters and digits escaped
// as _xx (sd_bus_path_encode(3)).
func unitPath(name string) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	b.WriteString(objectManager + "/unit/")
	for i := range len(name) {
		c := name[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9' && i > 0:
			b.WriteByte(c)
		default:
			b.WriteString("_" + string(digits[c>>4]) + string(digits[c&15]))
		}
	}
	return b.String()
}

func openPidfd(pid int) int {
	fd, _, errno := syscall.RawSyscall(sysPidfdOpen, uintptr(pid), 0, 0)
	if errno != 0 {
		return -1
	}
	return int(fd)
}

// numberFor is the number by which the manager knows a process of ours: the same,
// if who listens at the socket is in our PID namespace, else 0. In another one it
// would be somebody else's. 0 alone would do, but then a manager asks the bus who
// calls, once for each unit, which takes it 0.2 ms each (systemd 252).
func (c *Conn) numberFor(pid int) int {
	listener, err := c.Listener()
	if err != nil || listener == 0 {
		return 0
	}
	var own, its syscall.Stat_t
	if syscall.Stat("/proc/self/ns/pid", &own) != nil || syscall.Stat("/proc/"+strconv.Itoa(listener)+"/ns/pid", &its) != nil ||
		own.Dev != its.Dev || own.Ino != its.Ino {
		return 0
	}
	return pid
}

// alreadyThere tells the unit that err says exists: a guard of u, or its name.
func alreadyThere(err error, u Unit) (guard string, taken bool) {
	var ce *dbus.CallError
	if !errors.As(err, &ce) || ce.Name != errUnitExists {
		return "", false
	}
	for _, g := range u.Guards {
		if strings.Contains(ce.Message, " "+g+" ") {
			return g, true
		}
	}
	return "", true
}

// another gives the unit a name that is still free: RANDOM of
// app-ID-RANDOM.scope must stay alphanumeric for the portal
// (https://systemd.io/DESKTOP_ENVIRONMENTS).
func another(name string) string {
	return strings.TrimSuffix(name, unitname.Extension) + "x" + unitname.Extension
}
