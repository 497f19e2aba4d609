package cli

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/monitor"
	"electroscope/monitor/control"
)

func statusCommand() *command {
	asJSON, fix, format := false, false, "text"
	return &command{
		name: "status", args: "[OPTIONS] [APP]",
		summary: "Show what the running apps use, against their limits",
		details: `
A row for each launch. MEMORY is what counts against the limit beside it, the
page cache included; CPU and SLOWED, the share of its quota's periods that the
app used up, are of the half second that this command looks. A figure that this
kernel does not give is "-". With APP, everything that is known of that app.

What runs past electroscope, or has left its scope, is named below the table.
With --fix, a main process that has left is brought back first; the memory that
it has used until then stays accounted where it was.

The keys of --json are in docs/status.md, their schema is status.schema.json.`,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&asJSON, "json", false, "as JSON, as --format=json")
			fs.BoolVar(&fix, "fix", false, "bring main processes that have left their scope back into it")
			fs.Func("format", "`text|json|openmetrics`: for people, for scripts, or OpenMetrics 1.0 for whoever collects figures", formatOf(&format))
		},
		run: func(inv *invocation, args []string) error {
			if asJSON {
				format = "json"
			}
			if fix {
				if err := bringBack(inv, args); err != nil {
					return err
				}
			}
			over := status
			if format == "openmetrics" {
				over = 0 // whoever collects figures makes rates of counters
			}
			sample, err := sampleOver(inv, over, args)
			switch {
			case err != nil:
				return err
			case format == "json":
				return render.JSON(inv.out, sample)
			case format == "openmetrics":
				return render.OpenMetrics(inv.out, sample)
			case len(args) > 0:
				render.StatusOf(inv.out, sample)
			default:
				render.Status(inv.out, sample)
			}
			return nil
		},
	}
}

func formatOf(format *string) func(text string) error {
	return func(text string) error {
		if !slices.Contains([]string{"text", "json", "openmetrics"}, text) {
			return errors.New("not text, json or openmetrics")
		}
		*format = text
		return nil
	}
}

// status is how long the status command looks, for rates: five periods of a CPU quota.
const status = 500 * time.Millisecond

// sampleOver takes two samples of the apps that are named, or of all, and returns the second with
// the rates between them. Over no time it takes one.
func sampleOver(inv *invocation, over time.Duration, names []string) (monitor.Sample, error) {
	candidates, err := candidatesOf(inv, names)
	if err != nil {
		return monitor.Sample{}, err
	}
	r := reader(inv.process)
	earlier, err := r.Sample(candidates)
	if err != nil || over == 0 {
		return earlier, err
	}
	time.Sleep(over - time.Since(earlier.Time)) // the first may have taken long
	now, err := r.Sample(candidates)
	return now.Since(earlier), err
}

// bringBack has what left its scope moved back, and says what became of it.
func bringBack(inv *invocation, names []string) error {
	candidates, err := candidatesOf(inv, names)
	if err != nil {
		return err
	}
	sample, err := reader(inv.process).Sample(candidates)
	if err != nil {
		return err
	}
	c := control.Control{Reader: reader(inv.process)}
	for _, a := range sample.Apps {
		if !a.HasEscaped() {
			continue
		}
		moved, err := c.BringBack(a)
		if len(moved) > 0 {
			inv.note(fmt.Sprintf("%s is back in its scope: moved %s", title(a), strings.Trim(fmt.Sprint(moved), "[]")), "")
		}
		if err != nil {
			inv.fail(fmt.Sprintf("cannot bring back %s: %v", title(a), err), "start it anew, through electroscope")
		}
	}
	return nil
}

func reader(w launcher.Process) monitor.Reader {
	return monitor.Reader{Proc: w.Proc, Cgroup: w.Cgroup, UID: w.UID}
}

// candidatesOf are the apps that are named, or all of the catalogue, with their programs.
func candidatesOf(inv *invocation, names []string) ([]monitor.Candidate, error) {
	return candidatesIn(inv, inv.layers().Whole(), names)
}

func candidatesIn(inv *invocation, layers catalog.Layers, names []string) ([]monitor.Candidate, error) {
	all, mistakes := layers.All()
	for _, m := range mistakes {
		inv.note(m.Error(), m.Remedy)
	}
	var list []monitor.Candidate
	for _, app := range all.Apps {
		if len(names) > 0 && app.Key != names[0] && !slices.Contains(app.Names, names[0]) {
			continue
		}
		list = append(list, monitor.Candidate{App: app, Programs: programsOf(inv.process, app)})
	}
	if len(names) > 0 && list == nil {
		return nil, unknownApp(layers, names[0])
	}
	return list, nil
}

// programsOf are the files that run as the app. An interpreter's or a browser's, which is the app
// with certain words only, runs as others too.
func programsOf(w launcher.Process, app catalog.App) []string {
	if len(app.Args) > 0 {
		return nil
	}
	found, err := launcher.Locate(w, app)
	if err != nil || found.Chain.Program == "" {
		return nil // not installed, or not to be seen: it is found by its units alone
	}
	return []string{found.Chain.Program}
}
