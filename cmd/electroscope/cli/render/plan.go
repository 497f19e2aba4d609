package render

import (
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

// Plan writes what would run.
func Plan(out io.Writer, p plan.Plan, d launcher.Delegation) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(name, value string) { fmt.Fprintf(w, "%s\t%s\n", name, value) }
	row("exec", shellWords(p.Target, p.Argv))
	for _, v := range p.EnvAdded {
		row("environment", v)
	}
	if engine := EngineText(p); engine != "" {
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
		fmt.Fprintf(out, "\nThe same by hand:\n\n%s\n", SystemdRun(p))
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
	if line := Unenforced(propertyNames(p), d); line != "" {
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
