package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"electroscope/launcher"
	"electroscope/launcher/manager"
)

// dryRun says what would run.
func dryRun(w launcher.World, r launcher.Request, out io.Writer, asJSON bool) error {
	p, err := launcher.Prepare(w, r)
	if err != nil {
		return err
	}
	if asJSON {
		return writeJSON(out, planJSON(p))
	}
	printPlan(out, p)
	return nil
}

func writeJSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// A planned is a Plan in JSON. Keys stay as they are.
type planned struct {
	App        string                    `json:"app"`
	Target     string                    `json:"target"`
	Argv       []string                  `json:"argv"`
	EnvAdded   []string                  `json:"env_added"`
	Unit       string                    `json:"unit"`
	Slice      string                    `json:"slice"`
	Properties map[string]any            `json:"properties"`
	Guards     []string                  `json:"guards"`
	Slices     map[string]map[string]any `json:"slices"`
	Within     string                    `json:"within"`
	Engine     engineJSON                `json:"engine"`
	Notes      []string                  `json:"notes"`
}

type engineJSON struct {
	Runtime   string `json:"runtime"`
	Milestone int    `json:"milestone"`
	Version   string `json:"version"`
}

func planJSON(p launcher.Plan) planned {
	j := planned{
		App: p.App, Target: p.Target, Argv: p.Argv, EnvAdded: emptyNotNull(p.EnvAdded), Unit: p.Unit.Name, Slice: p.Unit.Slice,
		Properties: byName(p.Unit.Properties), Guards: emptyNotNull(p.Unit.Guards), Slices: map[string]map[string]any{}, Within: p.Within,
		Engine: engineJSONOf(p), Notes: []string{},
	}
	for _, s := range p.Unit.Slices {
		j.Slices[s.Name] = byName(s.Properties)
	}
	for _, n := range p.Notes {
		j.Notes = append(j.Notes, n.String())
	}
	return j
}

func emptyNotNull(list []string) []string { return append([]string{}, list...) }

// byName maps systemd's property names to numbers in bytes and microseconds;
// infinity, which JSON has no number for, to "infinity".
func byName(list []manager.Property) map[string]any {
	m := map[string]any{}
	for _, p := range list {
		m[p.Name] = p.Value
		if p.Value == infinity {
			m[p.Name] = "infinity"
		}
	}
	return m
}

const infinity = ^uint64(0)

func printPlan(out io.Writer, p launcher.Plan) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(name, value string) { fmt.Fprintf(w, "%s\t%s\n", name, value) }
	row("exec", shellWords(p.Target, p.Argv))
	for _, v := range p.EnvAdded {
		row("environment", v)
	}
	if engine := engineText(p); engine != "" {
		row("engine", engine)
	}
	if p.Within != "" {
		row("unit", p.Within+" (already inside: no scope of its own)")
	} else {
		row("unit", p.Unit.Name)
		row("slice", p.Unit.Slice)
		for _, property := range p.Unit.Properties {
			row(property.Name, valueText(property))
		}
		for _, s := range p.Unit.Slices {
			for _, property := range s.Properties {
				row(property.Name, valueText(property)+" for all of "+s.Name)
			}
		}
		for _, g := range p.Unit.Guards {
			row("guard", g)
		}
	}
	var aboutSwitches []launcher.Note
	for _, n := range launcher.Together(p.Notes) {
		if n.Switch != "" {
			aboutSwitches = append(aboutSwitches, n)
		} else {
			row("note", n.String())
		}
	}
	w.Flush()
	printSwitches(out, aboutSwitches)
	if p.Within == "" {
		fmt.Fprintf(out, "\nThe same by hand:\n\n%s\n", systemdRun(p))
	}
}

// printSwitches tells of each wish, switch and feature once what became of it.
func printSwitches(out io.Writer, notes []launcher.Note) {
	if len(notes) == 0 {
		return
	}
	fmt.Fprintln(out, "\nWhat became of wishes, switches and features:")
	var names []string
	texts := map[string][]string{}
	for _, n := range notes {
		text := n.Text
		if n.From != "" {
			text = "from " + n.From + ", " + text
		}
		if texts[n.Switch] == nil {
			names = append(names, n.Switch)
		}
		texts[n.Switch] = append(texts[n.Switch], text)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, name := range names {
		fmt.Fprintf(w, "  %s\t%s\n", name, strings.Join(texts[name], "; "))
	}
	w.Flush()
}

// valueText shows a number as a person reads it, and as it is.
func valueText(p manager.Property) string {
	n, ok := p.Value.(uint64)
	switch {
	case !ok:
		return fmt.Sprint(p.Value)
	case n == infinity:
		return "infinity"
	case strings.HasPrefix(p.Name, "Memory"):
		return fmt.Sprintf("%d (%s)", n, bytesText(n))
	case p.Name == "CPUQuotaPerSecUSec":
		return fmt.Sprintf("%d (%s)", n, quotaText(n))
	}
	return fmt.Sprint(n)
}

// bytesText spells bytes as systemd does, with at most two decimals.
func bytesText(n uint64) string {
	for i, unit := range []string{"T", "G", "M", "K"} {
		if size := uint64(1) << (10 * (4 - i)); n >= size {
			return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", float64(n)/float64(size)), "0"), ".") + unit
		}
	}
	return fmt.Sprintf("%dB", n)
}

// quotaText spells microseconds per second as CPUQuota= does.
func quotaText(n uint64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", float64(n)/1e4), "0"), ".") + "%"
}
