package render

import (
	"fmt"
	"strings"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
)

// Plan writes all that would run.
func Plan(w *Writer, p plan.Plan, d launcher.Delegation) {
	w.Rows(planRows(p, d))
	if rows := switchRows(p.Notes); rows != nil {
		w.Heading("What became of wishes, switches and features:")
		w.List(rows)
	}
	if p.Within == "" && !p.Disabled {
		w.Heading("The same by hand:")
		fmt.Fprintf(w, "\n%s\n", SystemdRun(p))
	}
}

func planRows(p plan.Plan, d launcher.Delegation) []Row {
	rows := []Row{{Name: "exec", Text: shellWords(p.Target, p.Argv), Command: true}}
	for _, v := range p.EnvAdded {
		rows = append(rows, Row{Name: "environment", Text: v})
	}
	for _, name := range p.Unset() {
		rows = append(rows, Row{Name: "environment", Text: "without " + name})
	}
	if engine := EngineText(p); engine != "" {
		rows = append(rows, Row{Name: "engine", Text: engine})
	}
	switch {
	case p.Disabled:
		rows = append(rows, Row{Name: "unit", Text: disabledText})
	case p.Within != "":
		rows = append(rows, Row{Name: "unit", Text: p.Within + " (already inside: no scope of its own)"})
	default:
		rows = append(rows, unitRows(p, d)...)
	}
	all := func(plan.Note) bool { return true }
	return append(rows, outcome(p, d, all)...)
}

const disabledText = "none: enabled = false, so it runs as if electroscope were not there"

// unitRows are the scope, its limits and what becomes of them.
func unitRows(p plan.Plan, d launcher.Delegation) []Row {
	rows := []Row{{Name: "unit", Text: p.Unit.Name}, {Name: "slice", Text: p.Unit.Slice}}
	app := p.Settings.App
	for _, property := range p.Unit.Properties {
		rows = append(rows, propertyRow(property, app, ""))
	}
	for _, s := range p.Unit.Slices {
		its := catalog.App{} // what all apps share has no reason in this one
		if s.Name == p.Unit.Slice && app.Instances == catalog.Shared {
			its = app
		}
		for _, property := range s.Properties {
			rows = append(rows, propertyRow(property, its, " for all of "+s.Name))
		}
	}
	rows = append(rows, enforcedRow(p, d)...)
	for _, g := range p.Unit.Guards {
		rows = append(rows, Row{Name: "guard", Text: g})
	}
	for _, d := range p.Unit.DropIns() {
		rows = append(rows, Row{Name: "drop-in", Text: d})
	}
	return rows
}

// propertyRow is a property with the reason that the app's settings give for it.
func propertyRow(property systemd.Property, app catalog.App, whose string) Row {
	name, value := spelled(property)
	l, _ := app.Limit(name)
	return Row{Name: name, Text: value + reasonFor(l) + whose}
}

// outcome is what a person should know of a launch before it: of the notes those that
// count, and whether it would be refused. Notes about switches are in switchRows.
func outcome(p plan.Plan, d launcher.Delegation, counts func(plan.Note) bool) []Row {
	var rows []Row
	for _, n := range plan.GroupByReason(p.Notes) {
		if n.Switch != "" || !counts(n) {
			continue
		}
		row := Row{Name: "note", Text: n.String(), Tone: Warning}
		if n.Failure {
			row.Tone = Failure
		}
		rows = append(rows, row)
	}
	if refused(p, d) {
		rows = append(rows, Row{Name: "launch", Text: `refused here: on-failure = "refuse", and not all of the limits can be had`, Tone: Failure})
	}
	return rows
}

// switchRows say of each wish, switch and feature once what became of it.
func switchRows(notes []plan.Note) []Row {
	var rows []Row
	at := map[string]int{}
	for _, n := range plan.GroupByReason(notes) {
		if n.Switch == "" {
			continue
		}
		text := n.Text
		if n.From != "" {
			text = "from " + n.From + ", " + text
		}
		if i, there := at[n.Switch]; there {
			rows[i].Text += "; " + text
			continue
		}
		at[n.Switch] = len(rows)
		rows = append(rows, Row{Name: n.Switch, Text: text})
	}
	return rows
}

// shellWords is a command line for a POSIX shell. argv[0] shows only where it
// differs from the program.
func shellWords(program string, argv []string) string {
	words := []string{Quote(program)}
	for _, a := range argv[1:] {
		words = append(words, Quote(a))
	}
	if argv[0] != program {
		return "(" + Quote(argv[0]) + ") " + strings.Join(words, " ")
	}
	return strings.Join(words, " ")
}
