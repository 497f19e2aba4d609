package render

import (
	"slices"
	"strconv"
	"strings"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
	"electroscope/launcher/wrapper"
)

// Summary writes what a person asks first: what the app may use, whether that is enforced
// here, what keeps it in, which switches it gets beside the arguments given, and which
// program it is. Of the notes only those come along that cost something.
func Summary(w *Writer, p plan.Plan, d launcher.Delegation, given []string) {
	w.Rows(summaryRows(p, d, given))
}

func summaryRows(p plan.Plan, d launcher.Delegation, given []string) []Row {
	rows := []Row{{Name: "limits", Text: allowance(p)}}
	if !p.Disabled {
		rows = append(rows, enforcedRow(p, d)...)
		rows = append(rows, keptIn(p))
		if p.Settings.App.Args != nil {
			rows = append(rows, Row{Name: "args", Text: argsText(p.Settings.App)})
		}
		rows = append(rows, Row{Name: "switches", Text: switchesText(p, p.Settings.App.CommandLine(given))})
	}
	rows = append(rows, Row{Name: "program", Text: programText(p)})
	return append(rows, outcome(p, d, func(n plan.Note) bool { return n.Failure || n.Without != "" })...)
}

// argsText lists the words that apps.toml puts before those given.
func argsText(app catalog.App) string {
	words := make([]string, len(app.Args))
	for i, word := range app.Args {
		words[i] = Quote(word)
	}
	return strings.Join(words, " ") + " (from apps.toml)"
}

// allowance is what the app may use.
func allowance(p plan.Plan) string {
	switch {
	case p.Disabled:
		return disabledText
	case p.Within != "":
		return "those of " + p.Within + ", which it is in already"
	}
	own, shared := p.Unit.Properties, ""
	for _, s := range p.Unit.Slices {
		if s.Name == p.Unit.Slice && p.Settings.App.Instances == catalog.Shared {
			own = slices.Concat(own, s.Properties)
			shared += "; shared by all launches of the app"
		} else if text := amounts(s.Properties); len(text) > 0 {
			shared += "; all apps together: " + strings.Join(text, ", ")
		}
	}
	has := func(name string) bool {
		return slices.ContainsFunc(own, func(p systemd.Property) bool { n, v := spelled(p); return n == name && v != "infinity" })
	}
	text := amounts(own)
	var free []string
	for _, kind := range []struct {
		what  string
		names []string
	}{{"memory", []string{"MemoryMax", "MemoryHigh"}}, {"CPU", []string{"CPUQuota"}}, {"tasks", []string{"TasksMax"}}} {
		if !slices.ContainsFunc(kind.names, has) {
			free = append(free, kind.what)
		}
	}
	if free != nil {
		text = append(text, "no limit of its own on "+strings.Join(free, " and "))
	}
	return strings.Join(text, ", ") + shared
}

// amounts are limits in words, those of memory first.
func amounts(list []systemd.Property) []string {
	var memory, others []string
	for _, p := range list {
		name, value := spelled(p)
		if p.Default && value != "infinity" {
			value += " (by [defaults])"
		}
		switch {
		case p.Creation || value == "infinity":
		case name == "MemoryMax":
			memory = slices.Insert(memory, 0, "memory "+value)
		case name == "MemoryHigh":
			memory = append(memory, "slowed down above "+value)
		case name == "CPUQuota":
			others = append(others, "CPU "+value)
		case name == "TasksMax":
			others = append(others, "tasks "+value)
		default:
			others = append(others, name+" "+value)
		}
	}
	if len(memory) == 1 && strings.HasPrefix(memory[0], "slowed") {
		memory[0] = "memory " + memory[0]
	}
	return append(memory, others...)
}

// enforcedRow says whether the kernel will hold the app to its limits; nothing where it has
// none.
func enforcedRow(p plan.Plan, d launcher.Delegation) []Row {
	names := propertyNames(p)
	if len(names) == 0 {
		return nil
	}
	state, limits, why := unenforced(names, d)
	row := Row{Name: "enforced"}
	faults := slices.ContainsFunc(p.Notes, func(n plan.Note) bool { return n.Failure })
	switch {
	case p.Chain.Own.Maker != "" && faults:
		row.Text, row.Tone = "NOT: "+ownScopeText(p.Chain.Own), Failure
		if p.Chain.Own.May {
			row.Text, row.Tone = "unknown: "+ownScopeText(p.Chain.Own), Warning
		}
	case state == launcher.Enforced && faults:
		row.Text, row.Tone = "yes, except for what the notes say", Warning
	case state == launcher.Enforced:
		row.Text = "yes: this user's manager is given the controllers that it takes"
	case state == launcher.Unknown:
		row.Text, row.Tone = "unknown: "+why, Warning
	default:
		row.Text, row.Tone = "NOT here: "+limits+": "+why, Failure
		if slices.ContainsFunc(names, func(name string) bool { s, _ := d.Enforces(name); return s == launcher.Enforced }) {
			row.Text += "; the others are"
		}
	}
	return []Row{row}
}

// keptIn says what keeps the app's main process in its scope (docs/escape.md).
func keptIn(p plan.Plan) Row {
	row := Row{Name: "kept in"}
	added := slices.ContainsFunc(p.EnvAdded, func(v string) bool { return strings.HasPrefix(v, plan.SandboxVariable+"=") })
	switch {
	case p.Chain.Own.Maker != "":
		row.Text, row.Tone = "by nothing of ours: "+ownScopeText(p.Chain.Own), Warning
	case len(p.Unit.DropIns()) > 0:
		row.Text = "by its scope's name, " + scopeText(p.Unit) + ", guards for the other names that its Chromium may ask for, and drop-ins for other PIDs"
		if added {
			row.Text += "; by " + plan.SandboxVariable + " too, if it arrives"
		}
	case added:
		row.Text = "by " + plan.SandboxVariable + " in its environment: its Chromium asks for no scope of its own"
	case runtimeOf(p) == chromium.Native:
		row.Text = "nothing shows that it is built on Chromium, which alone asks for another scope"
	case p.Settings.App.Escape.Env == catalog.EscapeNever:
		row.Text, row.Tone = "by nothing: apps.toml switches it off (escape)", Failure
	default:
		row.Text = "by " + plan.SandboxVariable + ", which is in its environment already"
	}
	return row
}

func ownScopeText(own wrapper.OwnScope) string {
	if own.May {
		return own.Maker + " may start it in a scope of its own"
	}
	return own.Maker + " starts it in a scope of its own"
}

// scopeText is the scope's name with PID for the number: each launch has another.
func scopeText(u systemd.Unit) string {
	return strings.Replace(u.Name, "-"+strconv.Itoa(u.PID)+".scope", "-PID.scope", 1)
}

// programText is the file that is executed, what wrappers lead to, and its engine.
func programText(p plan.Plan) string {
	engine := ""
	if text := EngineText(p); text != "" {
		engine = " (" + text + ")"
	}
	switch p.Chain.Program {
	case "":
		return p.Target + engine + "; what it runs in the end cannot be seen"
	case p.Target:
		return p.Target + engine
	}
	return p.Chain.Program + engine + ", through " + p.Target
}
