package cli

import (
	"flag"
	"fmt"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
	"electroscope/monitor"
	"electroscope/monitor/history"
)

// suggestOptions are the flags of suggest.
type suggestOptions struct {
	pastOptions
	apply, dry bool
}

func suggestCommand() *command {
	o := &suggestOptions{pastOptions: pastOptions{days: 30}}
	return &command{
		name: "suggest", args: "[OPTIONS] [APP]",
		summary: "Say which limits of memory would fit an app, from its runs",
		details: `
MemoryMax is 40% above the 95th percentile of the peaks, and MemoryHigh 80% of
that, so above most peaks. It takes three runs. If the app was killed at its
limit, its peaks are those of the limit, and MemoryMax is half above it; if most
runs were held at MemoryHigh, a quarter. One app gets half of the RAM at most.
The heap of a renderer is brought down to half of MemoryMax, so that V8 collects
before the kernel kills. Limits within 15% of that fit.

The peaks are from the journal, which has them since systemd 256, and of the
launch that runs from the kernel. With --apply and APP, your apps.toml gets what
is suggested, for the launches to come.`,
		flags: func(fs *flag.FlagSet) {
			o.flags(fs)
			fs.BoolVar(&o.apply, "apply", false, "write it into your apps.toml")
			dryRunFlag(fs, &o.dry, "with --apply, show what would be written, and change nothing")
		},
		run: func(inv *invocation, args []string) error {
			if o.apply && (len(args) == 0 || o.json) {
				return &usageError{"option \"--apply\": it is for one app, and not with --json", "write electroscope suggest --apply APP"}
			}
			p, err := o.read(inv, args)
			if err != nil {
				return err
			}
			list := p.suggestions(len(args) > 0)
			switch {
			case o.json:
				return o.writeJSON(inv, p, pastJSON{Suggestions: list})
			case len(list) == 0:
				fmt.Fprintf(inv.out, "no launch in the last %d days that can be seen\n", o.days)
			default:
				render.Suggest(inv.out, list, o.days)
			}
			render.Gaps(inv.out, p.gaps)
			if o.apply {
				return o.write(inv, list[0])
			}
			return nil
		},
	}
}

// write saves a suggestion as set --save would.
func (o *suggestOptions) write(inv *invocation, s history.Suggestion) error {
	if !s.Max.IsKnown() {
		inv.note("nothing is suggested for "+s.App+": nothing is written", "")
		return nil
	}
	settings := []catalog.Setting{{Path: []string{"memory"}, Value: limit.SizeText(s.Max.Or(0))}}
	if s.Heap.IsKnown() {
		settings = append(settings, catalog.Setting{Path: []string{"heap"}, Value: limit.SizeText(s.Heap.Or(0))})
	}
	w, err := wantedOf(inv, s.App, settings)
	if err != nil {
		return err
	}
	return (&setOptions{save: true, dry: o.dry}).saveLimits(inv, w)
}

// suggestions are those of the apps that ran; with all, of each that was asked for.
func (p past) suggestions(all bool) []history.Suggestion {
	ram := p.sample.Machine.RAM.Or(0)
	var list []history.Suggestion
	for _, c := range p.candidates {
		if !all && len(history.Runs(p.launches, c.App.Key)) == 0 {
			continue
		}
		list = append(list, history.Suggest(c.App.Key, p.launches, p.slowed(c.App.Key), limitsOf(c.App, ram), ram, c.App.HeapIn(ram)))
	}
	return list
}

// slowed is how often the launches of an app that run were slowed at MemoryHigh.
func (p past) slowed(app string) monitor.Figure {
	var most monitor.Figure
	for _, a := range p.sample.Apps {
		if a.Name == app && a.Group.Events.High.Or(0) >= most.Or(0) {
			most = a.Group.Events.High
		}
	}
	return most
}

// limitsOf are an app's limits of memory on this machine.
func limitsOf(app catalog.App, ram uint64) history.Limits {
	of := func(name string) uint64 {
		l, ok := app.Limit(name)
		if !ok {
			return limit.Infinity
		}
		return l.Amount.Of(ram)
	}
	return history.Limits{High: of("MemoryHigh"), Max: of("MemoryMax")}
}
