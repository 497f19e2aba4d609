package cli

import (
	"fmt"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/monitor/history"
)

func whyCommand() *command {
	o := &pastOptions{days: 7}
	return &command{
		name: "why", args: "[OPTIONS] [APP]",
		summary: "Say why an app was slow, killed or ended",
		details: `
First what holds now: slowed at its MemoryHigh, throttled by its CPU quota,
frozen, outside of its limits. Then what the journal has of the last days, the
newest first: kills for want of memory and for whose limit, crashes, a lost GPU
process, what a launch went without, and how the app ended. Without APP, the
troubles of all apps.

It reads what this user may read of the journal, and says what it could not.
Kills that only the kernel counts are told without their time.`,
		flags: o.flags,
		run: func(inv *invocation, args []string) error {
			p, err := o.read(inv, args)
			if err != nil {
				return err
			}
			findings := p.findings()
			if len(args) == 0 {
				findings = troubles(findings)
			}
			if o.json {
				return o.writeJSON(inv, p, pastJSON{Findings: findings})
			}
			o.writeWhy(inv, p, findings)
			return nil
		},
	}
}

// mostFindings is how many why tells.
const mostFindings = 12

func (o *pastOptions) writeWhy(inv *invocation, p past, findings []history.Finding) {
	if len(findings) == 0 {
		fmt.Fprintf(inv.out, "nothing: no kill, crash or slow-down in the last %d days that can be seen\n", o.days)
	}
	shown := findings[:min(len(findings), mostFindings)]
	render.Why(inv.out, shown, p.sample.Time, o.days)
	if n := len(findings) - len(shown); n > 0 {
		inv.out.Paragraph(fmt.Sprintf("%d older findings are left out; --json has all.", n))
	}
	render.Gaps(inv.out, p.gaps)
}

// troubles are the findings that are more than the end that every run has.
func troubles(findings []history.Finding) []history.Finding {
	var list []history.Finding
	for _, f := range findings {
		if f.IsTrouble() {
			list = append(list, f)
		}
	}
	return list
}
