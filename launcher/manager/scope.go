package manager

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
)

const (
	objectManager  = "/org/freedesktop/systemd1"
	ifaceManager   = "org.freedesktop.systemd1.Manager"
	ifaceSlice     = "org.freedesktop.systemd1.Slice"
	ifaceProps     = "org.freedesktop.DBus.Properties"
	errUnitExists  = "org.freedesktop.systemd1.UnitExists"
	infinity       = ^uint64(0)
	sysPidfdOpen   = 434 // pidfd_open(2), the same on every architecture
	scopeExtension = ".scope"
)

// A CallError is an error answer of the manager.
type CallError struct{ Name, Message string }

func (e *CallError) Error() string {
	if e.Message == "" {
		return e.Name
	}
	return e.Message
}

// A JobError is a start job that ended in another way than "done"
// (org.freedesktop.systemd1(5), JobRemoved).
type JobError struct{ Result string }

func (e *JobError) Error() string { return fmt.Sprintf("the scope's start job ended %q", e.Result) }

// startCall asks for u. Where bare, the properties that can follow later are
// left out. pidfd < 0 names the process by PID.
func startCall(u Unit, bare bool, pidfd int) call {
	c := call{
		path: objectManager, iface: ifaceManager, member: "StartTransientUnit", signature: "ssa(sv)a(sa(sv))",
		body: func(e *encoder) {
			e.string(u.Name)
			e.string("fail")
			e.array(8, func() {
				e.processes(u.PID, pidfd)
				e.property("Description", u.Description)
				e.property("Slice", u.Slice)
				e.property("CollectMode", "inactive-or-failed")
				e.property("PartOf", u.PartOf)
				e.property("After", append(append([]string(nil), u.After...), u.Guards...))
				for _, p := range u.Properties {
					if !bare || p.Creation {
						e.property(p.Name, p.Value)
					}
				}
			})
			e.array(8, func() {
				for _, guard := range u.Guards {
					e.align(8)
					e.string(guard)
					e.array(8, func() { e.processes(u.PID, pidfd) })
				}
			})
		},
	}
	if pidfd >= 0 {
		c.fds = 1
	}
	return c
}

// processes writes PIDFDs (since 255), which cannot mean another process than
// ours even where PIDs are reused or translated between namespaces, or PIDs.
func (e *encoder) processes(pid, pidfd int) {
	e.align(8)
	if pidfd >= 0 {
		e.string("PIDFDs")
		e.signature("ah")
		e.array(4, func() { e.uint32(0) }) // the index of the descriptor
		return
	}
	e.string("PIDs")
	e.signature("au")
	e.array(4, func() { e.uint32(uint32(pid)) })
}

// property writes one (sv); nothing for an empty string or list.
func (e *encoder) property(name string, value any) {
	switch v := value.(type) {
	case string:
		if v != "" {
			e.align(8)
			e.string(name)
			e.signature("s")
			e.string(v)
		}
	case []string:
		if len(v) > 0 {
			e.align(8)
			e.string(name)
			e.signature("as")
			e.strings(v)
		}
	case uint64:
		e.align(8)
		e.string(name)
		e.signature("t")
		e.uint64(v)
	case uint32:
		e.align(8)
		e.string(name)
		e.signature("u")
		e.uint32(v)
	case bool:
		e.align(8)
		e.string(name)
		e.signature("b")
		if v {
			e.uint32(1)
		} else {
			e.uint32(0)
		}
	default:
		panic(fmt.Sprintf("property %s has a value of type %T", name, value))
	}
}

// hello is what a bus wants to hear before it carries anything.
var hello = call{dest: busName, path: "/org/freedesktop/DBus", iface: busName, member: "Hello"}

// match asks a bus for the signals of a rule.
func match(rule string) call {
	return call{
		dest: busName, path: "/org/freedesktop/DBus", iface: busName, member: "AddMatch", signature: "s",
		body: func(e *encoder) { e.string(rule) },
	}
}

const (
	busName       = "org.freedesktop.DBus"
	jobsEnd       = "type='signal',sender='org.freedesktop.systemd1',interface='" + ifaceManager + "',member='JobRemoved'"
	managerLeaves = "type='signal',sender='" + busName + "',member='NameOwnerChanged',arg0='org.freedesktop.systemd1'"
)

// setCall changes a property of a unit until it ends (runtime = true).
func setCall(unit string, p Property) call {
	return call{
		path: objectManager, iface: ifaceManager, member: "SetUnitProperties", signature: "sba(sv)",
		body: func(e *encoder) {
			e.string(unit)
			e.uint32(1)
			e.array(8, func() { e.property(p.Name, p.Value) })
		},
	}
}

func getCall(slice, property string) call {
	return call{
		path: unitPath(slice), iface: ifaceProps, member: "Get", signature: "ss",
		body: func(e *encoder) {
			e.string(ifaceSlice)
			e.string(property)
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

// alreadyThere tells the unit that err says exists: a guard of u, or its name.
func alreadyThere(err error, u Unit) (guard string, taken bool) {
	var ce *CallError
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
	return strings.TrimSuffix(name, scopeExtension) + "x" + scopeExtension
}
