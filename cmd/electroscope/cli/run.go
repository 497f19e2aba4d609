package cli

import (
	"flag"
	"slices"
	"strings"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// runOptions are the flags of run.
type runOptions struct {
	dry, json bool
	set       []catalog.Setting
}

func runCommand() *command {
	o := &runOptions{}
	return &command{
		name: "run", launches: true, args: "[OPTIONS] [--] APP|PROGRAM [ARGUMENTS]",
		summary: "Run an app of the catalogue, or any program, inside its limits",
		details: `
APP is a name of the catalogue; anything else is a PROGRAM, by path or on PATH,
with the limits of [defaults] and those given here. The words after it are the
program's. If that is built on Chromium, its switches are merged with those of
wrapper scripts, flags files and apps.toml. Limits are spelled as in
systemd.resource-control(5).

--dry-run says of each limit whether it is enforced here; with --json,
"enforcement" has a "state" ("enforced", "not enforced" or "unknown") and a
"reason" for each property.

The exit status is the program's; 125 means that electroscope refused
(on-failure = "refuse"), 126 that the program may not be executed, 127 that it
was not found.`,
		flags: o.register,
		run:   o.run,
	}
}

func (o *runOptions) register(fs *flag.FlagSet) {
	dryRunFlag(fs, &o.dry, "say what would run, and run nothing")
	fs.BoolVar(&o.json, "json", false, "with --dry-run: as JSON")
	limitFlags(fs, &o.set)
	fs.Func("heap", "`SIZE`: cap of each V8 heap", setting(&o.set, "heap"))
	fs.Func("on-failure", "`run|refuse`: what to do if the limits cannot be had", setting(&o.set, "on-failure"))
	fs.Func("memory-high-without-swap", "`skip|keep`: what becomes of MemoryHigh on a machine without swap", setting(&o.set, "memory-high-without-swap"))
	for _, name := range catalog.Aliases("defaults") {
		fs.Func(name, hidden, setting(&o.set, name))
	}
}

// limitFlags registers an option for each limit of the schema, and for the two keys that set
// several.
func limitFlags(fs *flag.FlagSet, set *[]catalog.Setting) {
	fs.Func("memory", "`SIZE`: MemoryMax, with MemoryHigh at 80% of it", setting(set, "memory"))
	fs.Func("cpus", "`NUMBER`: CPUs to keep busy; 1.5 is CPUQuota 150%", setting(set, "cpus"))
	for _, k := range catalog.Keys() {
		if slices.Contains(k.Tables, "defaults.limits") {
			fs.Func(k.Name, "`"+valueOf(k)+"`: "+k.Doc, setting(set, "limits", k.Name))
		}
	}
}

// valueOf returns the placeholder for what a key takes.
func valueOf(k catalog.Key) string {
	switch k.Kind {
	case catalog.Word:
		return strings.Join(k.Words, "|")
	case catalog.Size, catalog.Memory:
		return "SIZE"
	case catalog.Count:
		return "COUNT"
	case catalog.Quota:
		return "PERCENT"
	}
	return "NUMBER"
}

// setting returns a function that adds the value of an option to set, at a path of apps.toml.
func setting(set *[]catalog.Setting, path ...string) func(string) error {
	return func(value string) error {
		*set = append(*set, catalog.Setting{Path: path, Value: value})
		return nil
	}
}

func (o *runOptions) run(inv *invocation, args []string) (err error) {
	if o.json && !o.dry {
		return &usageError{"option \"--json\" goes with --dry-run", ""}
	}
	inv.process = inv.process.Watched()
	defer func() {
		if fault := recover(); fault != nil {
			err = launcher.Rescue(inv.process, launcher.Request{Command: args[0], Args: args[1:]}, fault)
		}
	}()
	r := request(inv.layers(), args, o.set)
	if len(o.set) > 0 {
		if wrong := wrongSettings(inv, r.Layers, "--"); wrong != nil {
			return wrong
		}
		if s, _, known := r.Layers.App(r.Name); known && s.App.Disabled {
			inv.note(r.Name+" is switched off (enabled = false): options have no effect on it", "")
		}
	}
	if o.dry || isOn(inv.process.Getenv(dryRunVariable)) {
		return dryRun(inv.process, r, inv.out, o.json)
	}
	if isOn(inv.process.Getenv(disableVariable)) {
		return launcher.Bypass(inv.process, r)
	}
	return launcher.Launch(inv.process, r)
}

// request makes the request for an app of the catalogue, or for a program.
func request(layers catalog.Layers, args []string, set []catalog.Setting) launcher.Request {
	name := args[0]
	if !strings.Contains(name, "/") {
		if s, _, known := layers.App(name); known {
			return launcher.Request{Name: name, Args: args[1:], Layers: layers.With(under("apps", s.App.Key, set)...)}
		}
	}
	return launcher.Request{Command: name, Args: args[1:], Layers: layers.With(under("defaults", "", set)...)}
}

func under(table, key string, set []catalog.Setting) []catalog.Setting {
	var out []catalog.Setting
	for _, s := range set {
		path := []string{table}
		if key != "" {
			path = append(path, key)
		}
		out = append(out, catalog.Setting{Path: append(path, s.Path...), Value: s.Value})
	}
	return out
}

// wrongSettings returns an error for an option with an invalid value: a mistake in a file costs
// its value only, but this one was typed just now. It prints mere warnings. dashes stand before
// its name as it was typed.
func wrongSettings(inv *invocation, layers catalog.Layers, dashes string) error {
	_, mistakes := layers.All()
	var wrong []catalog.Diagnostic
	for _, m := range mistakes {
		if m.File != string(catalog.CommandLine) {
			continue
		}
		m.Key = dashes + m.Key[strings.LastIndexByte(m.Key, '.')+1:]
		if m.Warning {
			inv.note(m.Key+": "+m.Reason, m.Remedy)
		} else {
			wrong = append(wrong, m)
		}
	}
	switch len(wrong) {
	case 0:
		return nil
	case 1:
		return &usageError{wrong[0].Key + ": " + wrong[0].Reason, wrong[0].Remedy}
	}
	var texts, remedies []string
	for _, m := range wrong {
		texts = append(texts, m.Key+": "+m.Reason)
		if m.Remedy != "" {
			remedies = append(remedies, m.Key+": "+m.Remedy)
		}
	}
	return &usageError{strings.Join(texts, "; "), strings.Join(remedies, "\n")}
}
