package launcher

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/dbus"
	"electroscope/launcher/limit"
	"electroscope/launcher/plan"
)

// A Delegation is what can be told before a launch about the limits that will act: which cgroup
// controllers this user's manager has to hand on to its units. Below it, in app.slice, a
// controller is there only once a unit uses it, so that is not the place to look.
type Delegation struct {
	Group       cgroup.Group // the manager's; empty if it could not be asked
	RuntimeDir  string       // in which its sockets are; likewise
	Controllers []string
	Nothing     *plan.Note // why no limit acts
	Unknown     *plan.Note // why nothing can be told
}

// An Enforcement says of a limit whether the kernel will hold the app to it.
type Enforcement string

const (
	Enforced    Enforcement = "enforced"
	NotEnforced Enforcement = "not enforced"
	Unknown     Enforcement = "unknown"
)

// Enforces reports whether a property will act, and if not, or if that is not known, why.
func (d Delegation) Enforces(property string) (Enforcement, plan.Note) {
	l, isLimit := limit.ByProperty(property)
	switch {
	case d.Unknown != nil:
		return Unknown, *d.Unknown
	case d.Nothing != nil:
		return NotEnforced, *d.Nothing
	case !isLimit || slices.Contains(d.Controllers, l.Controller):
		return Enforced, plan.Note{}
	}
	return NotEnforced, plan.Undelegated(l.Controller)
}

// Unenforced says the same of several properties: which of them will not act, as limits in the
// Without of the note, and the reason. If all of them will, it is [Enforced].
func (d Delegation) Unenforced(properties []string) (Enforcement, plan.Note) {
	var limits, missing []string
	state, why := Enforced, plan.Note{}
	for _, p := range properties {
		s, n := d.Enforces(p)
		if s == Enforced {
			continue
		}
		state, why = s, n
		l, _ := limit.ByProperty(p)
		if name := plan.Spelled(p); !slices.Contains(limits, name) {
			limits = append(limits, name)
		}
		if !slices.Contains(missing, l.Controller) {
			missing = append(missing, l.Controller)
		}
	}
	if state == NotEnforced && d.Nothing == nil {
		why = plan.Undelegated(missing...)
	}
	why.Without = strings.Join(limits, ", ")
	return state, why
}

// ReadDelegation asks the user manager where it stands, and the kernel what is there.
func ReadDelegation(w Process) Delegation {
	deadline := time.Now().Add(managerTimeout)
	var path string
	dirs, err := w.runtimeDirs()
	for _, dir := range dirs {
		if path, err = managerGroup(dir, deadline); err == nil {
			controllers, err := cgroup.Group(path).Controllers(w.Cgroup)
			d := delegated(controllers, err, isLegacy(w.Cgroup))
			d.Group, d.RuntimeDir = cgroup.Group(path), dir
			return d
		}
	}
	return unasked(err)
}

// delegated judges by the controllers of the manager's cgroup. That they cannot be read says
// nothing about them.
func delegated(controllers []string, err error, legacy bool) Delegation {
	switch {
	case err == nil:
		return Delegation{Controllers: controllers}
	case legacy:
		return Delegation{Nothing: &plan.Note{Text: "this machine runs cgroup v1, where a user's manager cannot set any", Remedy: unifiedRemedy}}
	}
	return Delegation{Unknown: &plan.Note{Text: "the cgroup of the user manager cannot be read: " + err.Error()}}
}

// unasked judges by the reason why the manager was not asked.
func unasked(err error) Delegation {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) {
		n := unlimited(errNoManager)
		return Delegation{Nothing: &plan.Note{Text: n.Text, Remedy: n.Remedy}}
	}
	return Delegation{Unknown: &plan.Note{Text: fmt.Sprintf("the user manager cannot be asked: %v", err)}}
}

// managerGroup is the cgroup of the manager whose runtime folder this is
// (org.freedesktop.systemd1(5), ControlGroup of the manager).
func managerGroup(runtimeDir string, deadline time.Time) (string, error) {
	conn, err := dbus.Dial(runtimeDir+"/systemd/private", deadline)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	get := dbus.Call{
		Destination: "org.freedesktop.systemd1", Path: "/org/freedesktop/systemd1",
		Interface: "org.freedesktop.DBus.Properties", Member: "Get", Signature: "ss",
		Body: func(e *dbus.Encoder) {
			e.Text("org.freedesktop.systemd1.Manager")
			e.Text("ControlGroup")
		},
	}
	if err := conn.Send(get.Message(conn.NextSerial()), nil); err != nil {
		return "", err
	}
	for {
		m, err := conn.Next()
		if err != nil {
			return "", err
		}
		if !m.IsReply() { // the private socket sends signals unasked
			continue
		}
		if err := m.Err(); err != nil {
			return "", err
		}
		d := m.Read()
		if kind := d.Signature(); kind != "s" {
			return "", fmt.Errorf("ControlGroup is a %q: %w", kind, dbus.ErrMalformed)
		}
		path := d.Text()
		if d.Bad {
			return "", fmt.Errorf("ControlGroup: %w", dbus.ErrMalformed)
		}
		return strings.TrimRight(path, "/"), nil
	}
}

// isLegacy reports whether systemd keeps memory and cpu in hierarchies of version 1: those, the
// hybrid layout too, hang below a tmpfs, with systemd's own among them (src/basic/cgroup-util.c,
// cg_unified_cached).
func isLegacy(sys string) bool {
	const tmpfsMagic = 0x01021994 // statfs(2)
	var s syscall.Statfs_t
	if syscall.Statfs(sys, &s) != nil || int64(s.Type) != tmpfsMagic {
		return false
	}
	for _, own := range []string{"/unified", "/systemd"} {
		if _, err := os.Stat(sys + own); err == nil {
			return true
		}
	}
	return false
}
