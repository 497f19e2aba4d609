package cli

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
	"electroscope/monitor"
	"electroscope/monitor/budget"
)

func budgetCommand() *command {
	asJSON, picture := false, ""
	return &command{
		name: "budget", args: "[--json] [--svg=FILE]",
		summary: "Show what the machine uses beside what it is meant to use",
		details: `
A row for each category: what the plan has for it idle and under work, and what
it uses now. Below it the verdicts: idle and work are targets for the whole
machine ([budget] of apps.toml, 4G and 10G if it says nothing); limits are those
of the apps that are installed, and full is what happens if all of them are at
their MemoryHigh at once.`,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&asJSON, "json", false, "as JSON")
			fs.StringVar(&picture, "svg", "", "`FILE`: write a picture of it there")
		},
		run: func(inv *invocation, _ []string) error {
			report, err := budgetOf(inv)
			if err != nil {
				return err
			}
			err = writeTo(picture, func(out io.Writer) error { return render.BudgetSVG(out, report) })
			if err != nil {
				return err
			}
			if asJSON {
				return render.JSON(inv.out, render.BudgetJSON(report))
			}
			render.Budget(inv.out, report)
			return nil
		},
	}
}

// writeTo writes what render has to a file that an option names, if it names one.
func writeTo(path string, render func(io.Writer) error) error {
	if path == "" {
		return nil
	}
	var b bytes.Buffer
	if err := render(&b); err != nil {
		return err
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("cannot write %q: %w", path, reason(err))
	}
	return nil
}

func budgetOf(inv *invocation) (budget.Report, error) {
	u, err := memoryUseOf(inv)
	return u.report, err
}

// A memoryUse is what the machine uses, as a budget is made of it.
type memoryUse struct {
	budget.Usage
	machine monitor.Machine
	apps    map[int]string // names of apps by PIDs
	report  budget.Report
}

func memoryUseOf(inv *invocation) (memoryUse, error) {
	layers := inv.layers().Whole()
	candidates, err := candidatesIn(inv, layers, nil)
	if err != nil {
		return memoryUse{}, err
	}
	sample, err := reader(inv.process).Sample(candidates)
	if err != nil {
		return memoryUse{}, err
	}
	u := memoryUse{machine: sample.Machine, apps: map[int]string{}}
	for _, a := range sample.Apps {
		for _, p := range a.Processes {
			u.apps[p.PID] = a.Name
		}
	}
	if u.Usage, err = budget.Read(inv.process.Proc); err != nil {
		return memoryUse{}, err
	}
	all, _ := layers.All() // its mistakes are told with the candidates
	ram := sample.Machine.RAM.Or(0)
	u.report = budget.Of(u.Usage, u.apps, targetsOf(all.Budget, ram), sumOfLimits(installedApps(inv, candidates), all.Budget, ram))
	return u, nil
}

func targetsOf(b catalog.Budget, ram uint64) budget.Targets {
	t := budget.Targets{Idle: budget.DefaultIdle, Work: budget.DefaultWork}
	if b.Idle.IsSet() {
		t.Idle = b.Idle.Of(ram)
	}
	if b.Work.IsSet() {
		t.Work = b.Work.Of(ram)
	}
	return t
}

// installedApps are those that a launch would find.
func installedApps(inv *invocation, candidates []monitor.Candidate) []catalog.App {
	var list []catalog.App
	for _, c := range candidates {
		if c.App.Disabled {
			continue
		}
		if _, err := launcher.Locate(inv.process, c.App); err == nil {
			list = append(list, c.App)
		}
	}
	return list
}

// sumOfLimits sums the limits of apps.
func sumOfLimits(apps []catalog.App, b catalog.Budget, ram uint64) budget.Limits {
	var sum budget.Limits
	for _, app := range apps {
		sum.Apps++
		most := limitIn(app, "MemoryMax", ram)
		high := min(limitIn(app, "MemoryHigh", ram), most)
		if high == limit.Infinity {
			sum.Unlimited++
			continue
		}
		sum.High += high
		if most != limit.Infinity {
			sum.Max += most
		}
	}
	if b.Memory.IsSet() {
		sum.All = monitor.Known(b.Memory.Of(ram))
	}
	return sum
}

// limitIn is an app's limit in bytes, infinity if it has none.
func limitIn(app catalog.App, name string, ram uint64) uint64 {
	i := slices.IndexFunc(app.Limits, func(l catalog.Limit) bool { return l.Name == name })
	if i < 0 || !app.Limits[i].Amount.IsSet() {
		return limit.Infinity
	}
	return app.Limits[i].Amount.Of(ram)
}
