package cli

import (
	"fmt"
	"time"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/monitor/history"
)

func crashesCommand() *command {
	o := &pastOptions{days: 30}
	return &command{
		name: "crashes", args: "[OPTIONS] [APP]",
		summary: "List kills, crashes and lost GPU processes of the apps",
		details: `
A row for each process that was killed for want of memory, or ended by a signal
of its own making, the newest first. A lost GPU process is known only of an app
whose stderr is the journal, as it is when a desktop started it; that row is for
all that were lost in one run.`,
		flags: o.flags,
		run: func(inv *invocation, args []string) error {
			p, err := o.read(inv, args)
			if err != nil {
				return err
			}
			findings := crashes(p.findings())
			switch {
			case o.json:
				return o.writeJSON(inv, p, pastJSON{Findings: findings})
			case len(findings) == 0:
				fmt.Fprintf(inv.out, "no crash in the last %d days that can be seen\n", o.days)
			default:
				render.Crashes(inv.out, findings, time.Local)
			}
			render.Gaps(inv.out, p.gaps)
			return nil
		},
	}
}

// crashes are the findings in which a process was lost.
func crashes(findings []history.Finding) []history.Finding {
	var list []history.Finding
	for _, f := range findings {
		switch f.Kind {
		case history.Killed, history.Crashing, history.LostGPU:
			list = append(list, f)
		}
	}
	return list
}
