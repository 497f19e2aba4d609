package cli

import (
	"fmt"
	"time"

	"electroscope/cmd/electroscope/cli/render"
)

func historyCommand() *command {
	o := &pastOptions{days: 30}
	return &command{
		name: "history", args: "[OPTIONS] [APP]",
		summary: "List the launches of the apps, with their peaks, kills and ends",
		details: `
A row for each launch in a scope of electroscope, the newest first: how long it
lasted, the most memory and swap it held, its CPU time, how many of its
processes were killed for want of memory, and how it ended. All is from the
journal: systemd logs what a unit used when it ends, if that was more than a
second of CPU or 64M, and the peaks since systemd 256. "-" is what it does not
have.`,
		flags: o.flags,
		run: func(inv *invocation, args []string) error {
			p, err := o.read(inv, args)
			switch {
			case err != nil:
				return err
			case o.json:
				return o.writeJSON(inv, p, pastJSON{Launches: p.launches})
			case len(p.launches) == 0:
				fmt.Fprintf(inv.out, "no launch in the last %d days that can be seen\n", o.days)
			default:
				render.History(inv.out, p.launches, p.sample.Time, time.Local)
			}
			render.Gaps(inv.out, p.gaps)
			return nil
		},
	}
}
