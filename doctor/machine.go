package doctor

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"electroscope/desktop/install"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/regular"
	"electroscope/launcher/xdg"
	"electroscope/monitor"
)

// A Machine is all that checks look at: this machine, or a folder in which one was recorded.
// What is dear is asked once, and only if a check wants it.
type Machine struct {
	Root    string // "/"; below it all files are looked up
	Process launcher.Process
	Layers  catalog.Layers

	Command func(words ...string) Output        // runs a program, and waits a few seconds at most
	Manager func() launcher.Delegation          // what the user's manager has to hand on
	Install func(Install) (install.Plan, error) // what electroscope install would change now
	MayUse  func(path string) bool              // reports whether this user may read and write a device
	Period  time.Duration                       // how long apps are looked at for rates
	MayFix  bool                                // --fix changes files here: not as root

	manager  *launcher.Delegation
	apps     *[]app
	sample   *sampled
	everyone *[]process
	commands map[string]Output
}

type sampled struct {
	monitor.Sample
	err error
}

// An Output is what a program wrote, to stdout and stderr, and how it ended.
type Output struct {
	Text     string
	Failed   bool // it ended with another status than 0
	Absent   bool // there is no such program
	TimedOut bool
}

// largest is the most that is read of a file.
const largest = 1 << 20

// at is a path below the root. One that is there already, as those that the environment of a
// recorded machine names, stays.
func (m *Machine) at(path string) string {
	if m.Root == "/" || path == m.Root || strings.HasPrefix(path, m.Root+"/") {
		return path
	}
	return m.Root + path
}

// read is the text of a file without blanks around it.
func (m *Machine) read(path string) (text string, err error) {
	b, err := regular.Read(m.at(path), largest)
	return strings.TrimSpace(string(b)), err
}

// text is read of a file whose absence says as much as an empty one.
func (m *Machine) text(path string) string {
	text, _ := m.read(path)
	return text
}

// number is what a file holds, if that is a number.
func (m *Machine) number(path string) (n uint64, known bool) {
	n, err := strconv.ParseUint(m.text(path), 10, 64)
	return n, err == nil
}

// glob are the paths that fit a pattern, in order.
func (m *Machine) glob(pattern string) []string {
	list, _ := filepath.Glob(m.at(pattern))
	return list
}

func (m *Machine) exists(path string) bool {
	_, err := os.Stat(m.at(path))
	return err == nil
}

// isAbsent reports whether nothing is at a path; what cannot be looked at may be there.
func (m *Machine) isAbsent(path string) bool {
	_, err := os.Stat(m.at(path))
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// link is where a symbolic link leads, "" if it is none.
func (m *Machine) link(path string) string {
	to, _ := os.Readlink(m.at(path))
	return to
}

// owner is whose a file is.
func (m *Machine) owner(path string) (uid int, known bool) {
	var st syscall.Stat_t
	if syscall.Stat(m.at(path), &st) != nil {
		return 0, false
	}
	return int(st.Uid), true
}

func (m *Machine) getenv(name string) string { return m.Process.Getenv(name) }
func (m *Machine) xdg() xdg.Env              { return xdg.Env(m.Process.Getenv) }

// shown is a text with paths as a person has them: without the root of a recorded machine, and
// with ~ for the home.
func (m *Machine) shown(text string) string {
	if home := m.getenv("HOME"); len(home) > 1 {
		text = strings.ReplaceAll(text, home+"/", "~/")
	}
	if m.Root != "/" {
		text = strings.ReplaceAll(text, m.Root, "")
	}
	return text
}

// runtimeDir is where the sockets of the user's session are.
func (m *Machine) runtimeDir() string {
	if dir := m.xdg().RuntimeDir(); dir != "" {
		return dir
	}
	return m.at("/run/user/" + strconv.Itoa(m.Process.UID))
}

// run is the output of a program, which is run once.
func (m *Machine) run(words ...string) Output {
	line := strings.Join(words, " ")
	out, done := m.commands[line]
	if !done {
		out = m.Command(words...)
		if m.commands == nil {
			m.commands = map[string]Output{}
		}
		m.commands[line] = out
	}
	return out
}

// delegation is what the user's manager has to hand on.
func (m *Machine) delegation() launcher.Delegation {
	if m.manager == nil {
		d := m.Manager()
		m.manager = &d
	}
	return *m.manager
}

// systemctl are properties of a unit, of the user's manager or of the system's; nil if they
// cannot be had.
func (m *Machine) systemctl(words ...string) map[string]string {
	out := m.run(append([]string{"systemctl"}, words...)...)
	if out.Absent || out.Failed || out.TimedOut {
		return nil
	}
	return properties(out.Text)
}

// properties reads NAME=VALUE lines.
func properties(text string) map[string]string {
	values := map[string]string{}
	for line := range strings.Lines(text) {
		if name, value, found := strings.Cut(strings.TrimSpace(line), "="); found {
			values[name] = value
		}
	}
	return values
}

func (m *Machine) isNixOS() bool { return m.exists("/etc/NIXOS") }

// hasHomeManager reports whether the home is made by home-manager: by a profile of its own, or
// by NixOS (home-manager, modules/home-environment.nix and nixos/common.nix).
func (m *Machine) hasHomeManager() bool {
	return m.homeGenerations() != nil || slices.ContainsFunc([]string{
		m.xdg().StateHome() + "/home-manager/gcroots/current-home", m.xdg().DataHome() + "/home-manager/gcroots/current-home",
	}, func(path string) bool { return m.link(path) != "" })
}
