package cli

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/install"
	"electroscope/doctor"
	"electroscope/launcher/catalog"
)

// doctorOptions are the flags of doctor.
type doctorOptions struct{ json, fix, undo, yes, dry bool }

func doctorCommand() *command {
	o := &doctorOptions{}
	return &command{
		name: "doctor", args: "[OPTIONS] [CHECK...]",
		summary: "Check whether apps get their limits here, and the machine around them",
		details: `
Makes every check, or those that are named. A group goes by its name: launch,
apps, memory, cpu, gpu, plasma, nix. A check is ok, warn, fail, unknown if it
could not look, or not here if it does not apply to this machine. What is wrong
comes first, with why it matters and what mends it: a command, or a line of
configuration if NixOS or home-manager makes the system or the home.
docs/doctor.md lists the checks.

Programs such as vainfo and nvidia-smi are run if they are there, for five
seconds at most each. Nothing is changed, but with --fix.

--fix mends what can be mended in your own files: it shows what would change,
asks, and keeps what was there. --undo gives that back byte for byte, of all
fixes or of the checks that are named. A file that was changed since is left
alone. Neither runs as root, nor asks for a password.

The exit status is 0, 1 if a check fails, or 2 if none was made. With --fix and
--undo it is 0, 1 if a check is not mended or a file not given back, or 2 if
nothing was tried.`,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&o.json, "json", false, "as JSON")
			fs.BoolVar(&o.fix, "fix", false, "mend the checks that are named, in your own files")
			fs.BoolVar(&o.undo, "undo", false, "give back what --fix changed")
			fs.BoolVar(&o.yes, "yes", false, "with --fix, do not ask")
			fs.BoolVar(&o.yes, "y", false, shortFor+"yes")
			dryRunFlag(fs, &o.dry, "with --fix or --undo, show what would change, as a diff, and change nothing")
		},
		run:   o.run,
		words: checkWords,
	}
}

func (o *doctorOptions) run(inv *invocation, args []string) error {
	checks, unmatched := doctor.Select(args)
	if unmatched != "" {
		return unknownCheck(unmatched)
	}
	if err := o.mismatched(); err != nil {
		return err
	}
	if err := sandboxed(inv.process.Getenv); err != nil {
		return err
	}
	switch {
	case o.fix:
		return o.fixEach(inv, args)
	case o.undo:
		return o.giveBack(inv, args, checks)
	}
	slow := &slowCheck{inv: inv, start: time.Now()}
	findings := doctor.Run(machineOf(inv), checks, slow.begin)
	slow.begin("")
	if doctor.Count(findings, doctor.Fail) > 0 {
		inv.status = statusFailed
	}
	if o.json {
		return render.JSON(inv.out, findings)
	}
	render.Doctor(inv.out, findings)
	return nil
}

// mismatched is an error if options do not go with each other.
func (o *doctorOptions) mismatched() error {
	switch {
	case o.fix && o.undo:
		return &usageError{"options \"--fix\" and \"--undo\" do not go together", ""}
	case o.yes && !o.fix:
		return &usageError{"option \"--yes\" goes with --fix", ""}
	case o.dry && !o.fix && !o.undo:
		return &usageError{"option \"--dry-run\" goes with --fix or --undo", "doctor by itself changes nothing"}
	}
	return nil
}

func unknownCheck(word string) error {
	return &usageError{fmt.Sprintf("unknown check %q", word), didYouMean(catalog.Nearest(word, checkNames()))}
}

// checkNames are those of all checks, and of their groups.
func checkNames() []string { return namesOf(doctor.Checks()) }

// namesOf are the names of checks, and of their groups.
func namesOf(checks []doctor.Check) []string {
	var names []string
	group := doctor.Group("")
	for _, c := range checks {
		if c.Group != group {
			group = c.Group
			names = append(names, string(group))
		}
		names = append(names, c.Name)
	}
	return names
}

// checkWords are what may be written for a CHECK: with --fix or --undo, one that has a fix.
func checkWords(_ *invocation, _ string, before []string) []string {
	checks := doctor.Checks()
	if slices.Contains(before, "--fix") || slices.Contains(before, "--undo") {
		checks = doctor.Fixes()
	}
	var list []string
	for _, name := range namesOf(checks) {
		list = append(list, name+"\t")
	}
	return list
}

// machineOf is this machine, as doctor looks at it.
func machineOf(inv *invocation) *doctor.Machine {
	m := doctor.Here(inv.process, inv.layers())
	m.Install = func(o doctor.Install) (install.Plan, error) { return outOfDate(inv, m.Layers, o) }
	m.MayFix = asRoot(inv.process) == nil
	return m
}

// outOfDate is what electroscope install would change, without a word about it.
func outOfDate(inv *invocation, layers catalog.Layers, options doctor.Install) (install.Plan, error) {
	quiet := *inv
	quiet.err = io.Discard
	state, unlock, err := homeState(&quiet, false)
	if err != nil {
		return install.Plan{}, err
	}
	defer unlock()
	o := optionsOf(options)
	o.check = true
	request, _, err := o.request(&quiet, layers, state, nil)
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
