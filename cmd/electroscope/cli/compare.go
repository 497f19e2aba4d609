package cli

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"electroscope"
	"electroscope/cmd/electroscope/cli/render"
	"electroscope/compare"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
)

// compareOptions are the flags of compare.
type compareOptions struct {
	a, b    string
	rounds  int
	seconds float64
	json    bool
}

func compareCommand() *command {
	o := &compareOptions{}
	return &command{
		name: "compare", args: "[OPTIONS] APP [ARGUMENTS]",
		summary: "Measure what settings bring: an app under two of them in turn",
		details: `
Starts APP under each setting in turn, --rounds times, and prints what it took:
memory at its peak and on average, CPU time, and for a browser the time until a
page of ours runs and the frames that the page draws, for it does the same work
each time and has a new profile. Any other app runs for --seconds.

A setting is off (as without electroscope), default (as apps.toml has it), or
keys of apps.toml with a semicolon between: 'heap = "1G"; gpu.raster = true'.
Where the spreads of the two overlap, what is seen may be chance: "same".

The app must not run already: most hand over to the one that runs.`,
		flags: func(fs *flag.FlagSet) {
			fs.StringVar(&o.a, "a", "off", "first `SETTING`")
			fs.StringVar(&o.b, "b", "default", "second `SETTING`")
			fs.IntVar(&o.rounds, "rounds", 5, "how often each is measured, a `COUNT`")
			fs.Float64Var(&o.seconds, "seconds", 20, "how long a round lasts, a `NUMBER` of seconds")
			fs.BoolVar(&o.json, "json", false, "as JSON")
		},
		run: o.run,
	}
}

func (o *compareOptions) run(inv *invocation, args []string) error {
	if o.rounds < 1 || o.seconds < 1 || o.seconds > 3600 {
		return &usageError{"rounds and seconds have to be 1 or more", ""}
	}
	trial, app, err := o.trial(inv, args)
	if err != nil {
		return err
	}
	settings, err := o.settings(inv, app)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var measured [2][]compare.Measured
	for round := range o.rounds {
		order := []int{0, 1}
		if round%2 == 1 {
			slices.Reverse(order) // neither is always the one that finds the caches warm
		}
		for _, i := range order {
			inv.progress(fmt.Sprintf("round %d of %d: %s", round+1, o.rounds, settings[i].Name))
			m, err := trial.Run(ctx, settings[i])
			if err != nil {
				inv.progress("")
				return err
			}
			measured[i] = append(measured[i], m)
		}
	}
	inv.progress("")
	if o.json {
		return render.JSON(inv.out, comparisonJSON{app.Key, o.seconds, sideOf(settings[0], measured[0]), sideOf(settings[1], measured[1])})
	}
	fmt.Fprintf(inv.out, "%s: %d rounds of %g s each\n\n", app.Key, o.rounds, o.seconds)
	render.Comparison(inv.out, [2]string{settings[0].Name, settings[1].Name}, measured)
	return nil
}

// trial is what all rounds have in common.
func (o *compareOptions) trial(inv *invocation, args []string) (compare.Trial, catalog.App, error) {
	var t compare.Trial
	name, words := args[0], args[1:]
	if len(words) > 0 && words[0] == "--" {
		words = words[1:]
	}
	candidates, err := candidatesOf(inv, []string{name})
	if err != nil {
		return t, catalog.App{}, err
	}
	app := candidates[0].App
	r := reader(inv.process)
	if s, err := r.Sample(candidates); err == nil && len(s.Apps) > 0 {
		return t, app, &usageError{fmt.Sprintf("%s runs already, as PID %d", app.Key, s.Apps[0].Main), "end it first: it would answer the second start"}
	}
	p, err := launcher.Prepare(inv.process, launcher.Request{Name: app.Names[0], Layers: inv.layers()})
	if err != nil {
		return t, app, err
	}
	manager := launcher.ReadDelegation(inv.process)
	if manager.Group == "" {
		return t, app, fmt.Errorf("cannot measure without a user manager")
	}
	self, err := os.Executable()
	if err != nil {
		return t, app, err
	}
	return compare.Trial{
		Program: self, App: app.Names[0], Args: words, Seconds: o.seconds, Env: inv.process.Env, Chromium: p.Engine.Runtime == chromium.Chromium,
		RuntimeDir: inv.process.Getenv("XDG_RUNTIME_DIR"), Reader: r, Manager: manager.Group,
	}, app, nil
}

// settings reads the two, and has the catalogue check them.
func (o *compareOptions) settings(inv *invocation, app catalog.App) ([2]compare.Setting, error) {
	var list [2]compare.Setting
	for i, text := range []string{o.a, o.b} {
		s, err := compare.ParseSetting(app.Key, text)
		if err != nil {
			return list, &usageError{err.Error(), ""}
		}
		getenv := func(name string) string {
			if name == "ELECTROSCOPE_SET" && s.TOML != "" {
				return s.TOML
			}
			return inv.process.Getenv(name)
		}
		_, diagnostics := catalog.ReadLayers(getenv, electroscope.Apps).All()
		for _, d := range diagnostics {
			if d.File == "environment ELECTROSCOPE_SET" {
				return list, &usageError{fmt.Sprintf("setting %q: %v", text, d.Error()), d.Remedy}
			}
		}
		list[i] = s
	}
	return list, nil
}

// comparisonJSON is the result in JSON. Keys stay as they are.
type comparisonJSON struct {
	App     string   `json:"app"`
	Seconds float64  `json:"seconds"`
	A       sideJSON `json:"a"`
	B       sideJSON `json:"b"`
}

type sideJSON struct {
	Setting string                `json:"setting"`
	Rounds  []map[string]*float64 `json:"rounds"`
}

// sideOf writes what is not known as null: JSON has no NaN.
func sideOf(s compare.Setting, list []compare.Measured) sideJSON {
	side := sideJSON{Setting: s.Name}
	for _, m := range list {
		side.Rounds = append(side.Rounds, map[string]*float64{
			"memory_peak": number(m.Peak), "memory_mean": number(m.Mean), "cpu_seconds": number(m.CPU), "ready_seconds": number(m.Ready), "frames": number(m.Frames),
		})
	}
	return side
}

func number(n float64) *float64 {
	if math.IsNaN(n) {
		return nil
	}
	return &n
}
