package cli

import (
	"flag"
	"fmt"
	"time"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/monitor"
	"electroscope/monitor/history"
	"electroscope/monitor/journal"
)

// pastOptions are the flags of the commands that look back.
type pastOptions struct {
	days int
	json bool
}

func (o *pastOptions) flags(fs *flag.FlagSet) {
	fs.IntVar(&o.days, "days", o.days, "look back `NUMBER` days")
	fs.BoolVar(&o.json, "json", false, "as JSON")
}

// mostDays is how far back a journal may go: what journalctl takes as a time is after 1970.
const mostDays = 9999

// A past is what the journal has of the apps that are asked for, joined with what runs.
type past struct {
	candidates []monitor.Candidate
	sample     monitor.Sample
	launches   []history.Launch
	gaps       []journal.Gap
}

// read looks back from now.
func (o *pastOptions) read(inv *invocation, names []string) (past, error) {
	if o.days < 1 || o.days > mostDays {
		return past{}, &usageError{fmt.Sprintf("option \"--days\": %d is not from 1 to %d", o.days, mostDays), "write --days=7"}
	}
	candidates, err := candidatesOf(inv, names)
	if err != nil {
		return past{}, err
	}
	sample, err := reader(inv.process).Sample(candidates)
	if err != nil {
		return past{}, err
	}
	log := journal.Reader{Env: inv.process.Env, UID: inv.process.UID}.Read(sample.Time.AddDate(0, 0, -o.days))
	return past{
		candidates: candidates, sample: sample, gaps: log.Gaps,
		launches: history.Join(history.Launches(log.Events, candidates), sample),
	}, nil
}

// findings are those of all launches.
func (p past) findings() []history.Finding { return history.Findings(p.launches, p.sample) }

// pastVersion is that of pastJSON. A key that goes, or means something else, raises it.
const pastVersion = 1

// pastJSON is what a command that looks back writes with --json: docs/history.md.
type pastJSON struct {
	Version     int                  `json:"version"`
	Time        time.Time            `json:"time"`
	Days        int                  `json:"days"`
	Findings    []history.Finding    `json:"findings,omitempty"`
	Launches    []history.Launch     `json:"launches,omitempty"`
	Suggestions []history.Suggestion `json:"suggestions,omitempty"`
	Gaps        []journal.Gap        `json:"gaps,omitempty"` // what could not be read
}

// writeJSON adds what all of them have.
func (o *pastOptions) writeJSON(inv *invocation, p past, j pastJSON) error {
	j.Version, j.Time, j.Days, j.Gaps = pastVersion, p.sample.Time, o.days, p.gaps
	return render.JSON(inv.out, j)
}
