package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
)

// dryRun says what would run.
func dryRun(w launcher.Process, r launcher.Request, out io.Writer, asJSON bool) error {
	p, err := launcher.Prepare(w, r)
	if err != nil {
		return err
	}
	d := launcher.ReadDelegation(w)
	if asJSON {
		return writeJSON(out, planJSON(p, d))
	}
	printPlan(out, p, d)
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
	App         string                     `json:"app"`
	Enabled     bool                       `json:"enabled"`
	Target      string                     `json:"target"`
	Argv        []string                   `json:"argv"`
	EnvAdded    []string                   `json:"env_added"`
	Unit        string                     `json:"unit"`
	Slice       string                     `json:"slice"`
	Properties  map[string]any             `json:"properties"`
	Guards      []string                   `json:"guards"`
	DropIns     []string                   `json:"drop_ins"`
	Slices      map[string]map[string]any  `json:"slices"`
	Enforcement map[string]enforcementJSON `json:"enforcement"` // of each property, also of those of the slices
	DefaultCap  bool                       `json:"default_cap"` // the app has no limits but those of [defaults]
	Refused     bool                       `json:"refused"`     // by on_failure, for what is missing here
	Within      string                     `json:"within"`
	Engine      engineJSON                 `json:"engine"`
	Notes       []string                   `json:"notes"`
}

type engineJSON struct {
	Runtime   string `json:"runtime"`
	Milestone int    `json:"milestone"`
	Version   string `json:"version"`
}

func planJSON(p plan.Plan, d launcher.Delegation) planned {
	app := p.Settings.App
	j := planned{
		App: p.App, Enabled: !p.Disabled, Target: p.Target, Argv: p.Argv, EnvAdded: emptyNotNull(p.EnvAdded), Unit: p.Unit.Name, Slice: p.Unit.Slice,
		Properties: byName(p.Unit.Properties), Guards: emptyNotNull(p.Unit.Guards), DropIns: p.Unit.DropIns(), Slices: map[string]map[string]any{}, Within: p.Within,
		Enforcement: enforcementOf(propertyNames(p), d), DefaultCap: len(app.Limits) > 0 && !app.IsLimited(),
		Refused: refused(p, d), Engine: engineJSONOf(p), Notes: []string{},
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
func byName(list []systemd.Property) map[string]any {
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

func printPlan(out io.Writer, p plan.Plan, d launcher.Delegation) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(name, value string) { fmt.Fprintf(w, "%s\t%s\n", name, value) }
	row("exec", shellWords(p.Target, p.Argv))
	for _, v := range p.EnvAdded {
		row("environment", v)
	}
	if engine := engineText(p); engine != "" {
		row("engine", engine)
	}
	switch {
	case p.Disabled:
		row("unit", "none: enabled = false, so it runs as if electroscope were not there")
	case p.Within != "":
		row("unit", p.Within+" (already inside: no scope of its own)")
	default:
		printUnit(row, p, d)
	}
	var aboutSwitches []plan.Note
	for _, n := range plan.GroupByReason(p.Notes) {
		if n.Switch != "" {
			aboutSwitches = append(aboutSwitches, n)
		} else {
			row("note", n.String())
		}
	}
	if refused(p, d) {
		row("launch", `refused here: on_failure = "refuse", and not all of the limits can be had`)
	}
	w.Flush()
	printSwitches(out, aboutSwitches)
	if p.Within == "" && !p.Disabled {
		fmt.Fprintf(out, "\nThe same by hand:\n\n%s\n", systemdRun(p))
	}
}

// printUnit tells of the scope, its limits and what becomes of them.
func printUnit(row func(name, value string), p plan.Plan, d launcher.Delegation) {
	row("unit", p.Unit.Name)
	row("slice", p.Unit.Slice)
	for _, property := range p.Unit.Properties {
		l, _ := p.Settings.App.Limit(spelledName(property.Name))
		row(spelledName(property.Name), valueText(property)+reasonFor(l))
	}
	for _, s := range p.Unit.Slices {
		for _, property := range s.Properties {
			reason := ""
			if s.Name == p.Unit.Slice && p.Settings.App.Instances == catalog.Shared {
				l, _ := p.Settings.App.Limit(spelledName(property.Name))
				reason = reasonFor(l)
			}
			row(spelledName(property.Name), valueText(property)+reason+" for all of "+s.Name)
		}
	}
	if line := unenforced(propertyNames(p), d); line != "" {
		row("limits", line)
	}
	for _, g := range p.Unit.Guards {
		row("guard", g)
	}
	for _, d := range p.Unit.DropIns() {
		row("drop-in", d)
	}
}

// spelledName is a property's name as unit files and apps.toml have it.
func spelledName(property string) string {
	if l, known := limit.ByProperty(property); known {
		return l.Name
	}
	return property
}

// printSwitches tells of each wish, switch and feature once what became of it.
func printSwitches(out io.Writer, notes []plan.Note) {
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

// valueText shows a value as a person would write it.
func valueText(p systemd.Property) string {
	n, ok := p.Value.(uint64)
	switch {
	case p.Name == "TasksMaxScale":
		return fmt.Sprintf("%.0f%%", float64(p.Value.(uint32))/(1<<32)*100)
	case !ok:
		return fmt.Sprint(p.Value)
	case strings.HasPrefix(p.Name, "Memory"):
		return limit.SizeText(n)
	case p.Name == "CPUQuotaPerSecUSec":
		return limit.QuotaText(n)
	case n == infinity:
		return "infinity"
	}
	return fmt.Sprint(n)
}
