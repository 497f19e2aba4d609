package cli

import (
	"flag"
	"os"
	"strconv"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/doctor"
	"electroscope/launcher"
	"electroscope/launcher/machine"
)

// explainOptions are the flags of explain.
type explainOptions struct{ verbose, json bool }

func explainCommand() *command {
	o := &explainOptions{}
	return &command{
		name: "explain", args: "[OPTIONS] APP|PROGRAM [ARGUMENTS]",
		summary: "Show what an app may use, whether that is enforced, and why",
		details: `
The limits are what the app may use at most; below stands whether the kernel
will enforce them in this session. FLATPAK_SANDBOX_DIR keeps the app's Chromium
from leaving its limits. If it may not arrive, a guard is a unit name that the
launch holds, because Chromium would leave under it, and a drop-in puts the
limits on the scope of that name for other PIDs. Each switch is followed by the
wish or the file that it comes from.

With --verbose, each value follows with the file and line that set it last; if
another key decides, that is said. So do the program behind the wrapper scripts,
all that would run, and what became of each wish and switch.`,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&o.verbose, "v", false, shortFor+"verbose")
			fs.BoolVar(&o.verbose, "verbose", false, "say where each value comes from, too")
			fs.BoolVar(&o.json, "json", false, "as JSON, as run -n --json has it")
		},
		run: o.run,
	}
}

func (o *explainOptions) run(inv *invocation, args []string) error {
	r := request(inv.layers(), args, nil)
	if o.json {
		return dryRun(inv.process, r, inv.out, true)
	}
	p, err := launcher.Prepare(inv.process, r)
	if err != nil {
		return err
	}
	d := launcher.ReadDelegation(inv.process)
	render.Summary(inv.out, p, d, r.Args)
	if o.verbose {
		render.Explain(inv.out, render.Explanation{
			Plan: p, Delegation: d, Layers: r.Layers, RAM: machine.Read().RAM, UID: inv.process.UID, OOMScore: oomScore(inv.process.Proc),
			SlowMoves: slowMoves(inv.process.Proc),
		})
	}
	return nil
}

// slowMoves reports whether a launch waits for the kernel, as far as the mounts can be read.
func slowMoves(proc string) bool {
	text, _ := os.ReadFile(proc + "/self/mounts")
	on, mounted := doctor.FavorDynMods(string(text))
	return mounted && !on
}

// oomScore is what the kernel has for this process (proc_pid_oom_score_adj(5)); nil if it
// cannot be read.
func oomScore(proc string) *int {
	text, err := os.ReadFile(proc + "/self/oom_score_adj")
	if err != nil {
		return nil
	}
	score, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return nil
	}
	return &score
}
