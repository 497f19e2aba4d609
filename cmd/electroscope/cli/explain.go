package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
	"electroscope/launcher/machine"
	"electroscope/launcher/plan"
)

func explainCommand() *command {
	return &command{
		name: "explain", args: "APP|PROGRAM [ARGUMENTS]",
		summary: "Show where each value of a launch comes from, and why",
		details: `
Each row is a value, the key it comes from, and the file and line that set it
last; if another key decides, that is said. Below stand the program, what lies
behind its wrapper scripts, what would run, whether its limits are enforced
here, and what became of each wish and switch. FLATPAK_SANDBOX_DIR keeps the
app's Chromium from leaving its limits. Where it may not arrive, a guard is a
unit name that the launch holds, because Chromium would leave under it, and a
drop-in puts the limits on the scope of that name for other PIDs.`,
		run: func(t *toolbox, args []string) error {
			if len(args) == 0 || args[0] == "" {
				return &usageError{"explain what?"}
			}
			r := request(t.layers(), args, nil)
			p, err := launcher.Prepare(t.world, r)
			if err != nil {
				return err
			}
			printOrigins(t.out, p, r.Layers)
			printProgram(t, p)
			if !p.Disabled { // else nothing of it comes to pass
				printScore(t, p)
				printHeap(t.out, p.Settings.App, machine.Read().RAM)
				if note := p.Settings.App.Note; note != "" {
					fmt.Fprintf(t.out, "\n%s\n", strings.TrimSpace(note))
				}
			}
			fmt.Fprintln(t.out)
			render.Plan(t.out, p, launcher.ReadDelegation(t.world))
			return nil
		},
	}
}

// printOrigins walks the schema, so that no key can be forgotten.
func printOrigins(out io.Writer, p plan.Plan, layers catalog.Layers) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	app := p.Settings.App.Key
	own := "apps.*"
	if app == "" {
		own = "defaults"
	}
	for _, k := range catalog.Keys() {
		for _, table := range []string{own, "gpu." + p.Vendor, "gpu", "budget"} { // what counts most first
			i := slices.IndexFunc(k.Tables, func(in string) bool { return in == table || table == own && strings.HasPrefix(in, own+".") })
			if i < 0 {
				continue
			}
			owner, path := "", append(strings.Split(k.Tables[i], "."), k.Name)
			if app != "" && table == own {
				owner, path = app, path[2:]
			}
			if origin := layers.Origin(owner, path...); origin.Source != "" {
				from := origin.String()
				if other := render.Instead(p.Settings.App, k.Name); other != "" && table == own {
					from += ", " + other
				}
				fmt.Fprintf(w, "%s\t%s\t%s\n", origin.Key, render.OneLine(origin.Source), from)
				break
			}
		}
	}
	w.Flush()
}

func printProgram(t *toolbox, p plan.Plan) {
	fmt.Fprintf(t.out, "\nprogram  %s\n", p.Target)
	for _, script := range p.Chain.Scripts {
		if script != p.Target {
			fmt.Fprintf(t.out, "  behind it the script %s\n", script)
		}
	}
	switch program := p.Chain.Program; {
	case program == "":
		fmt.Fprintln(t.out, "  what it runs in the end cannot be seen from outside")
	case program != p.Target:
		fmt.Fprintf(t.out, "  behind it the program %s\n", program)
	}
	if !p.Chain.Execs && !p.Disabled {
		fmt.Fprintln(t.out, "  its main process may have another PID than the scope's name says")
	}
}

// printHeap tells what a cap of the heap does: V8's heap.h, and Chromium's
// utility_process_host.cc, which does not hand --js-flags on.
func printHeap(out io.Writer, app catalog.App, ram uint64) {
	heap := app.HeapIn(ram)
	if heap == 0 || app.Runtime == catalog.Native {
		return
	}
	if heap < app.Heap {
		fmt.Fprintf(out, "\nheap=%s is above MemoryMax, so it would never be reached: it is taken as %s.\n", limit.SizeText(app.Heap), limit.SizeText(heap))
	}
	fmt.Fprintf(out, "\nheap=%s caps each V8 heap of the main process and the renderers, not those of utility processes. It only\n"+
		"lowers: V8 itself stops at 4G. A process that needs more ends.\n", limit.SizeText(heap))
}

// printScore tells what comes of OOMScoreAdjust, which a scope does not take.
func printScore(t *toolbox, p plan.Plan) {
	wish := p.Settings.App.OOMScoreAdjust
	if wish == nil {
		return
	}
	text, err := os.ReadFile(t.world.Proc + "/self/oom_score_adj")
	if err != nil {
		return
	}
	present, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return
	}
	fmt.Fprintf(t.out, "\nOOMScoreAdjust=%d is no property of a scope: the launch sets it for itself before it becomes the app.\n", *wish)
	if *wish < present && t.world.UID != 0 {
		fmt.Fprintf(t.out, "It is %d here. The kernel lets an ordinary user raise it, and lower it no further than\nthe last privileged process left it (100 for what systemd --user starts).\n", present)
	}
}
