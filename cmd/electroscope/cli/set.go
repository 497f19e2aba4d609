package cli

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
	"electroscope/launcher/machine"
	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
	"electroscope/monitor"
	"electroscope/monitor/control"
)

// setOptions are the flags of set.
type setOptions struct{ save, dry bool }

func setCommand() *command {
	o := &setOptions{}
	return &command{
		name: "set", args: "[OPTIONS] " + launchArgs + " LIMIT=VALUE...",
		summary: "Change limits of a running app, and of its next launches",
		details: `
LIMIT is memory, cpus or a key of [limits], and means what it means in
apps.toml: memory=4G is MemoryMax 4G, with MemoryHigh at 80% of it. All launches
of the app that run have it at once, and what the kernel then has is printed
beside what it had before. They have it until they end; launches that share one
limit (instances = "shared") do until you log out, later ones included. Above a
MemoryMax that was lowered the app is swapped out, and if that is not enough a
process of it is killed.

With --save, your apps.toml has it too, for the launches to come. Only the lines
of these keys change there.` + whichLaunch,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&o.save, "save", false, "write it into your apps.toml, too")
			dryRunFlag(fs, &o.dry, "show what would be changed, and change nothing")
		},
		run: o.run,
	}
}

func (o *setOptions) run(inv *invocation, args []string) error {
	settings, err := limitSettings(args[1:])
	if err != nil {
		return err
	}
	running, err := launches(inv, args[0])
	if err != nil {
		return err
	}
	name := args[0]
	if len(running) > 0 {
		name = running[0].Name // of a unit or a PID
	}
	w, err := wantedOf(inv, name, settings)
	if err != nil {
		return err
	}
	if o.save {
		if err := o.saveLimits(inv, w); err != nil {
			return err
		}
	}
	switch {
	case len(running) > 0:
		return o.set(inv, w, running)
	case o.save && o.dry:
		return nil
	case o.save:
		inv.note(w.app.Key+" does not run: its next launch has it", "")
		return nil
	}
	return &remediedError{w.app.Key + " does not run", "--save writes it into your apps.toml, for its next launch"}
}

// liveKeys are the keys of apps.toml that a running app can be given.
func liveKeys() []catalog.Key {
	return slices.DeleteFunc(catalog.Keys(), func(k catalog.Key) bool { return livePath(k) == nil })
}

// livePath is where such a key is in an app's table.
func livePath(k catalog.Key) []string {
	_, isLimit := limit.ByName(k.Name)
	switch {
	case isLimit && slices.Contains(k.Tables, "apps.*.limits"):
		return []string{"limits", k.Name}
	case (k.Name == "memory" || k.Name == "cpus") && slices.Contains(k.Tables, "apps.*"):
		return []string{k.Name}
	}
	return nil
}

// limitSettings reads LIMIT=VALUE words. The paths are those in an app's table.
func limitSettings(words []string) ([]catalog.Setting, error) {
	keys := liveKeys()
	var names []string
	for _, k := range keys {
		names = append(names, k.Name)
	}
	var settings []catalog.Setting
	for _, word := range words {
		name, value, found := strings.Cut(word, "=")
		i := slices.Index(names, name)
		switch {
		case !found:
			return nil, &usageError{fmt.Sprintf("%q is not LIMIT=VALUE", word), "write memory=4G, say"}
		case i < 0:
			remedy := didYouMean(catalog.Nearest(name, names))
			if remedy == "" {
				remedy = "it takes: " + strings.Join(names, ", ")
			}
			return nil, &usageError{fmt.Sprintf("%q is not a limit that a running app can be given", name), remedy}
		}
		settings = append(settings, catalog.Setting{Path: livePath(keys[i]), Value: value})
	}
	return settings, nil
}

// A wanted is what an app is to be given.
type wanted struct {
	app      catalog.App // with it
	settings []catalog.Setting
	names    []string // of the limits that the settings decide
	layers   catalog.Layers
}

// wantedOf lays the settings over the layers: what they come to is what a launch with them
// would have.
func wantedOf(inv *invocation, name string, settings []catalog.Setting) (wanted, error) {
	layers := inv.layers()
	s, _, _ := layers.App(name)
	with := layers.With(under("apps", s.App.Key, settings)...)
	if wrong := wrongSettings(inv, with, ""); wrong != nil {
		return wanted{}, wrong
	}
	s, _, _ = with.App(name)
	w := wanted{app: s.App, settings: settings, layers: layers}
	for _, setting := range settings {
		for _, name := range decided(setting.Path[len(setting.Path)-1]) {
			if _, has := s.App.Limit(name); has && !slices.Contains(w.names, name) {
				w.names = append(w.names, name)
			}
		}
	}
	return w, nil
}

// decided are the limits that a key decides: MemoryHigh follows a MemoryMax.
func decided(key string) []string {
	switch key {
	case "memory", "MemoryMax":
		return []string{"MemoryMax", "MemoryHigh"}
	case "cpus":
		return []string{"CPUQuota"}
	}
	return []string{key}
}

// properties are what the limits come to for a launch on this machine. A MemoryHigh that nobody gave
// and that has too little swap behind it is lifted; one that was asked for is an error.
func (w wanted) properties(a monitor.App) ([]systemd.Property, []plan.Note, error) {
	m := machine.Read()
	m.FreeSwap += a.Group.Memory.Swap.Or(0) // what it has there already backs its limits, too
	all, notes := plan.Limits(w.app, m)
	var list []systemd.Property
	var said []plan.Note
	for _, name := range w.names {
		l, _ := w.app.Limit(name)
		row, _ := limit.ByName(name)
		i := slices.IndexFunc(all, func(p systemd.Property) bool { return plan.Spelled(p.Name) == name })
		n := slices.IndexFunc(notes, func(n plan.Note) bool { return n.Without == name || n.Without == "" && strings.HasPrefix(n.Text, name) })
		switch {
		case i >= 0:
			list = append(list, all[i])
		case n >= 0 && l.From == "":
			return nil, nil, &usageError{name + " " + l.Spelled + ": " + notes[n].Text, notes[n].Remedy}
		case n >= 0:
			said = append(said, notes[n])
			list = append(list, systemd.Property{Name: row.Property, Value: limit.Infinity})
		}
	}
	return list, said, nil
}

// set changes what runs, and prints what the kernel has then.
func (o *setOptions) set(inv *invocation, w wanted, running []monitor.App) error {
	c := controlOf(inv.process)
	var done []string // holders, of which several launches may have one
	var changes []render.LimitChange
	for _, a := range running {
		holder := control.Holder(a)
		if slices.Contains(done, string(holder)) {
			continue
		}
		done = append(done, string(holder))
		if a.Kind == monitor.Outside {
			inv.fail(fmt.Sprintf("cannot limit %s: it was not started through electroscope, and has no unit of its own", title(a)), "start it through electroscope")
			continue
		}
		list, notes, err := w.properties(a)
		if err != nil {
			return err
		}
		for _, n := range notes {
			inv.note(n.Text, n.Remedy)
		}
		var of []control.Change
		if o.dry {
			of = c.Foresee(holder, list)
		} else {
			of = c.Set(holder, list)
			check(inv, c, a, of)
		}
		for _, ch := range of {
			changes = append(changes, render.LimitChange{App: a.Name, Launch: launchOf(a), Change: ch})
		}
		noteEscape(inv, a, "it has no limits there")
	}
	render.LimitChanges(inv.out, changes)
	return nil
}

// launchOf names what has the limits: a main process, or all launches.
func launchOf(a monitor.App) string {
	if a.Shared != nil {
		return "all"
	}
	return handle(a)
}

// check says what did not come to be, and what will not last.
func check(inv *invocation, c control.Control, a monitor.App, changes []control.Change) {
	files, err := c.Overriding(control.Holder(a).Name(), changes)
	if err != nil {
		inv.note(fmt.Sprintf("whether a drop-in file sets limits of %q is not known: %v", control.Holder(a).Name(), err), "")
	}
	for _, ch := range changes {
		asked := ch.Limit.Spell(ch.Asked)
		switch ch.State {
		case control.Refused:
			inv.fail(fmt.Sprintf("cannot set %s of %s: %v", asked, title(a), ch.Refusal), "")
		case control.Missing:
			n := plan.Undelegated(ch.Limit.Controller)
			inv.fail(fmt.Sprintf("%s of %s has no effect: %s", asked, title(a), n.Text), n.Remedy)
		case control.Differs:
			inv.fail(fmt.Sprintf("%s of %s does not hold: the kernel has %s", asked, title(a), ch.After), "")
		}
	}
	for _, f := range files {
		inv.note(fmt.Sprintf("%q sets %s=%s: that holds again after a systemctl --user daemon-reload, and for the next launch", f.File, f.Name, f.Value), "change it there")
	}
}

// tomlOf writes a setting's value as apps.toml has it.
func tomlOf(value string) string {
	if _, err := strconv.ParseFloat(value, 64); err == nil && !strings.ContainsAny(value, "xXeE_pPnN+") && !strings.HasPrefix(value, ".") && !strings.HasSuffix(value, ".") {
		return value
	}
	return catalog.Quoted(value)
}
