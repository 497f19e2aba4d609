package cli

import (
	"flag"
	"fmt"
	"io"
	"sync"
	"time"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/install"
	"electroscope/doctor"
	"electroscope/launcher/catalog"
)

func doctorCommand() *command {
	asJSON := false
	return &command{
		name: "doctor", args: "[--json] [CHECK...]",
		summary: "Check whether apps get their limits here, and the machine around them",
		details: `
Makes every check, or those that are named. A group goes by its name: launch,
apps, memory, cpu, gpu, plasma, nix. A check is ok, warn, fail, unknown if it
could not look, or not here if it does not apply to this machine. What is wrong
comes first, with why it matters and what mends it: a command, or a line of
configuration if NixOS or home-manager makes the system or the home.
docs/doctor.md lists the checks.

Nothing is changed. Programs such as vainfo and nvidia-smi are run if they are
there, for five seconds at most each.

The exit status is 0, 1 if a check fails, or 2 if none was made.`,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&asJSON, "json", false, "as JSON")
		},
		run: func(inv *invocation, args []string) error {
			checks, unmatched := doctor.Select(args)
			if unmatched != "" {
				return unknownCheck(unmatched)
			}
			if err := sandboxed(inv.process.Getenv); err != nil {
				return err
			}
			slow := &slowCheck{inv: inv, start: time.Now()}
			findings := doctor.Run(machineOf(inv), checks, slow.begin)
			slow.begin("")
			if doctor.Count(findings, doctor.Fail) > 0 {
				inv.status = statusFailed
			}
			if asJSON {
				return render.JSON(inv.out, findings)
			}
			render.Doctor(inv.out, findings)
			return nil
		},
	}
}

func unknownCheck(word string) error {
	return &usageError{fmt.Sprintf("unknown check %q", word), didYouMean(catalog.Nearest(word, checkNames()))}
}

// checkNames are those of the checks, and of their groups.
func checkNames() []string {
	var names []string
	group := doctor.Group("")
	for _, c := range doctor.Checks() {
		if c.Group != group {
			group = c.Group
			names = append(names, string(group))
		}
		names = append(names, c.Name)
	}
	return names
}

// machineOf is this machine, as doctor looks at it.
func machineOf(inv *invocation) *doctor.Machine {
	m := doctor.Here(inv.process, inv.layers())
	m.Install = func() (install.Plan, error) { return outOfDate(inv) }
	return m
}

// outOfDate is what electroscope install would change, without a word about it.
func outOfDate(inv *invocation) (install.Plan, error) {
	quiet := *inv
	quiet.err = io.Discard
	state, unlock, err := homeState(&quiet, false)
	if err != nil {
		return install.Plan{}, err
	}
	defer unlock()
	request, _, err := (&installOptions{check: true}).request(&quiet, state, nil)
	if err != nil {
		return install.Plan{}, err
	}
	return state.Plan(request), nil
}

// A slowCheck shows which check is being made, once the command has taken a second.
type slowCheck struct {
	inv   *invocation
	start time.Time

	mu   sync.Mutex
	name string
}

// begin is called before each check, and with no name after the last.
func (s *slowCheck) begin(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.name = name
	if name == "" {
		s.inv.progress("")
		return
	}
	time.AfterFunc(time.Until(s.start.Add(time.Second)), func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.name == name {
			s.inv.progress("checking " + name)
		}
	})
}
