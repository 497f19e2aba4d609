package cli

import (
	"flag"
	"slices"
	"time"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/monitor"
)

func statusCommand() *command {
	asJSON := false
	return &command{
		name: "status", args: "[--json] [APP]",
		summary: "Show what the running apps use, against their limits",
		details: `
A row for each launch. MEMORY is what counts against the limit beside it, the
page cache included; CPU and SLOWED, the share of its quota's periods that the
app used up, are of the half second that this command looks. A figure that this
kernel does not give is "-". With APP, everything that is known of that app.

What runs past electroscope, or has left its scope, is named below the table.
The keys of --json are in docs/status.md.`,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&asJSON, "json", false, "as JSON")
		},
		run: func(inv *invocation, args []string) error {
			sample, err := sampleOver(inv, status, args)
			switch {
			case err != nil:
				return err
			case asJSON:
				return render.JSON(inv.out, sample)
			case len(args) > 0:
				render.StatusOf(inv.out, sample)
			default:
				render.Status(inv.out, sample)
			}
			return nil
		},
	}
}

// status is how long the status command looks, for rates: five periods of a CPU quota.
const status = 500 * time.Millisecond

// sampleOver takes two samples of the apps that are named, or of all, and returns the second with
// the rates between them.
func sampleOver(inv *invocation, over time.Duration, names []string) (monitor.Sample, error) {
	candidates, err := candidatesOf(inv, names)
	if err != nil {
		return monitor.Sample{}, err
	}
	r := reader(inv.process)
	earlier, err := r.Sample(candidates)
	if err != nil {
		return earlier, err
	}
	time.Sleep(over)
	now, err := r.Sample(candidates)
	return now.Since(earlier), err
}

func reader(w launcher.Process) monitor.Reader {
	return monitor.Reader{Proc: w.Proc, Cgroup: w.Cgroup, UID: w.UID}
}

// candidatesOf are the apps that are named, or all of the catalogue, with their programs.
func candidatesOf(inv *invocation, names []string) ([]monitor.Candidate, error) {
	layers := inv.layers()
	all, mistakes := layers.All()
	for _, m := range mistakes {
		inv.note(m.Error(), m.Remedy)
	}
	var list []monitor.Candidate
	for _, app := range all.Apps {
		if len(names) > 0 && app.Key != names[0] && !slices.Contains(app.Names, names[0]) {
			continue
		}
		list = append(list, monitor.Candidate{App: app, Programs: programsOf(inv.process, layers, app)})
	}
	if len(names) > 0 && list == nil {
		return nil, unknownApp(layers, names[0])
	}
	return list, nil
}

// programsOf are the files that run as the app.
func programsOf(w launcher.Process, layers catalog.Layers, app catalog.App) []string {
	p, err := launcher.Prepare(w, launcher.Request{Name: app.Names[0], Layers: layers})
	if err != nil || p.Chain.Program == "" {
		return nil // not installed, or not to be seen: it is found by its units alone
	}
	return []string{p.Chain.Program}
}
