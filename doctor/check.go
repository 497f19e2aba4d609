package doctor

import (
	"slices"
	"strings"
)

// A State is what became of a check.
type State string

const (
	OK      State = "ok"
	Warn    State = "warn"     // works, but is not what is wanted
	Fail    State = "fail"     // something that was asked for does not work
	Unknown State = "unknown"  // could not be looked at
	NotHere State = "not here" // does not apply to this machine
)

// A Group is what a check is about.
type Group string

const (
	Launch Group = "launch"
	Apps   Group = "apps"
	Memory Group = "memory"
	CPU    Group = "cpu" // and storage
	GPU    Group = "gpu"
	Plasma Group = "plasma"
	Nix    Group = "nix"
)

// A Check is one question about the machine.
type Check struct {
	Name   string // in kebab-case
	Group  Group
	Wanted string // what is right, in a few words
	Why    string // why it matters, on one line
	Mend   Mend
	Fix    *Fix // nil: what mends it is not in files of the user's, or is his to decide
	run    func(*Machine) Result
}

// A Mend is what makes it right. Of NixOS and Home the line is used where the system or the
// home is made from such lines, since what a command changes there is lost.
type Mend struct {
	Command string
	NixOS   string // a line of configuration.nix
	Home    string // a line of home-manager's home.nix
}

// A Result is what was found.
type Result struct {
	State State
	Found string
	Mend  Mend // if it is not that of the check
}

func ok(found string) Result      { return Result{State: OK, Found: found} }
func warn(found string) Result    { return Result{State: Warn, Found: found} }
func fail(found string) Result    { return Result{State: Fail, Found: found} }
func unknown(found string) Result { return Result{State: Unknown, Found: found} }
func notHere(found string) Result { return Result{State: NotHere, Found: found} }

// mend has the command in place of that of the check.
func (r Result) mend(command string) Result {
	r.Mend = Mend{Command: command}
	return r
}

// okIf is ok, or else a warning.
func okIf(right bool, found string) Result {
	if right {
		return ok(found)
	}
	return warn(found)
}

// A Finding is a result with its check, as it is shown. Keys of its JSON stay as they are.
type Finding struct {
	Check  string `json:"check"`
	Group  Group  `json:"group"`
	State  State  `json:"state"`
	Found  string `json:"found"`
	Wanted string `json:"wanted"`
	Why    string `json:"why"`
	Mend   string `json:"mend"` // empty if there is nothing to mend
}

// IsProblem reports whether there is something to do.
func (f Finding) IsProblem() bool { return f.State == Warn || f.State == Fail }

// Checks are all there are, by group.
func Checks() []Check {
	return slices.Concat(launchChecks(), appChecks(), memoryChecks(), cpuChecks(), gpuChecks(), plasmaChecks(), nixChecks())
}

// Select returns the checks whose name or group is among the words; all, without words.
// unmatched is the first word that is neither.
func Select(words []string) (list []Check, unmatched string) {
	all := Checks()
	if len(words) == 0 {
		return all, ""
	}
	for _, word := range words {
		if !slices.ContainsFunc(all, func(c Check) bool { return c.matches(word) }) {
			return nil, word
		}
	}
	return slices.DeleteFunc(all, func(c Check) bool { return !slices.ContainsFunc(words, c.matches) }), ""
}

func (c Check) matches(word string) bool { return word == c.Name || word == string(c.Group) }

// Run makes the checks in their order. It calls begin before each.
func Run(m *Machine, checks []Check, begin func(name string)) []Finding {
	list := []Finding{}
	for _, c := range checks {
		begin(c.Name)
		list = append(list, m.finding(c, c.run(m)))
	}
	return list
}

func (m *Machine) finding(c Check, r Result) Finding {
	f := Finding{Check: c.Name, Group: c.Group, State: r.State, Found: m.shown(r.Found), Wanted: c.Wanted, Why: c.Why}
	if !f.IsProblem() {
		return f
	}
	mend := c.Mend
	if r.Mend != (Mend{}) {
		mend = r.Mend
	}
	if command := m.fixLine(c, r); command != "" {
		mend.Command = command
	}
	f.Mend = m.line(mend)
	return f
}

// line is what a person of this machine is told to do.
func (m *Machine) line(mend Mend) string {
	switch {
	case mend.Home != "" && m.hasHomeManager():
		return mend.Home
	case mend.NixOS != "" && m.isNixOS():
		return mend.NixOS
	}
	return m.shown(mend.Command)
}

// Count is how many findings have a state.
func Count(list []Finding, s State) int {
	n := 0
	for _, f := range list {
		if f.State == s {
			n++
		}
	}
	return n
}

// A tally collects what several apps, or devices, have to say to one check. The worst decides
// the state, and only what has that state is told.
type tally struct {
	state State
	found []string
}

// gravity orders the states: the further on, the worse.
var gravity = [...]State{"", NotHere, OK, Unknown, Warn, Fail}

func (t *tally) add(s State, found string) {
	switch now, then := slices.Index(gravity[:], s), slices.Index(gravity[:], t.state); {
	case now > then:
		t.state, t.found = s, []string{found}
	case now == then && !slices.Contains(t.found, found):
		t.found = append(t.found, found)
	}
}

// result is of all that was added; if that was nothing, it is not here.
func (t *tally) result(nothing string) Result {
	if t.state == "" {
		return notHere(nothing)
	}
	return Result{State: t.state, Found: strings.Join(t.found, "; ")}
}
