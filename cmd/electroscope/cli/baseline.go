package cli

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"electroscope"
	"electroscope/baseline"
	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/install"
	"electroscope/launcher/catalog"
	"electroscope/launcher/xdg"
)

// baselineOptions are the flags of baseline.
type baselineOptions struct {
	json, force bool
	seconds     float64
	svg, html   string
}

func baselineCommand() *command {
	o := &baselineOptions{}
	return &command{
		name: "baseline", args: "[OPTIONS] record|list|compare [BASELINE...]",
		summary: "Record what the machine uses, and compare later what has changed",
		details: `
record [NAME]  write down what is in use: memory, by category and by program,
               swap, zram, pressure, how idle the CPU is, how old the session
               is. Without a name it is the date and time.
list           list what was recorded.
compare A [B]  show what was saved from A to B, or from A to now, beside what
               the plan (docs/plan.md) has for each category.

Record one before a change of the machine, and compare after it: in a session as
old, with the same programs running. What may spoil the comparison is named
below it: other programs, another kernel, processes that could not be read. What
is unknown on one side has no difference.

A change of the cache is not drawn: it gives way as soon as memory is wanted.
What is swapped out is named beside its category, for it is moved, not saved.

Baselines are files in ~/.local/state/electroscope/baseline (XDG_STATE_HOME).`,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&o.json, "json", false, "as JSON")
			fs.BoolVar(&o.force, "force", false, "record: replace the baseline of that name")
			fs.Float64Var(&o.seconds, "seconds", 1, "how long to look at the CPU, a `NUMBER` of seconds")
			fs.StringVar(&o.svg, "svg", "", "`FILE`: compare: write a picture of it there")
			fs.StringVar(&o.html, "html", "", "`FILE`: compare: write a page of it there")
		},
		run:   o.run,
		words: baselineWords,
	}
}

func (o *baselineOptions) run(inv *invocation, args []string) error {
	verb, names := args[0], args[1:]
	if err := o.check(verb, names); err != nil {
		return err
	}
	store := baseline.StoreOf(xdg.Env(inv.process.Getenv))
	if store.Dir == "" {
		return &usageError{"HOME is not set to a folder", "set it to your home folder"}
	}
	switch verb {
	case "record":
		return o.record(inv, store, append(names, "")[0])
	case "list":
		return o.list(inv, store)
	}
	return o.compare(inv, store, names)
}

// check returns an error unless the options and names are of the verb.
func (o *baselineOptions) check(verb string, names []string) error {
	least, most := 0, map[string]int{"record": 1, "list": 0, "compare": 2}[verb]
	if verb == "compare" {
		least = 1
	}
	switch {
	case len(names) < least:
		return &usageError{"missing argument: the name of a baseline", "electroscope baseline list has them"}
	case len(names) > most:
		return &usageError{fmt.Sprintf("unexpected argument %q", names[most]), ""}
	case o.force && verb != "record":
		return &usageError{`option "--force" is one of record`, ""}
	case (o.svg != "" || o.html != "") && verb != "compare":
		return &usageError{`options "--svg" and "--html" are of compare`, ""}
	case !(o.seconds >= 0.1 && o.seconds <= 3600): // nor is it NaN
		return &usageError{"seconds have to be 0.1 to 3600", ""}
	}
	for _, name := range names {
		if err := baseline.CheckName(name); err != nil {
			return &usageError{fmt.Sprintf("%q cannot be the name of a baseline: %v", name, err), "use letters, digits, and . _ - + behind the first"}
		}
	}
	return nil
}

func (o *baselineOptions) record(inv *invocation, store baseline.Store, name string) error {
	if places, err := install.DirsOf(inv.process.Getenv); err == nil && places.Others() != "" {
		return anothersHome(places.Others())
	}
	if name != "" && !o.force && store.Has(name) { // before it looks at the CPU
		return isThere(store, name)
	}
	r, err := o.now(inv)
	if err != nil {
		return err
	}
	r.Name = cmp.Or(name, baseline.DefaultName(r.Time.Local()))
	switch err := store.Save(r, o.force); {
	case errors.Is(err, fs.ErrExist):
		return isThere(store, r.Name)
	case err != nil:
		return fmt.Errorf("cannot write %q: %w", store.Path(r.Name), reason(err))
	}
	if o.json {
		return render.JSON(inv.out, r)
	}
	render.BaselineRecord(inv.out, r, time.Local)
	fmt.Fprintf(inv.out, "\nrecorded as %s\nafter a change: electroscope baseline compare %s\n", store.Path(r.Name), r.Name)
	return nil
}

func isThere(store baseline.Store, name string) error {
	return &remediedError{fmt.Sprintf("there is a baseline %q already: %q", name, store.Path(name)), "give another name, or --force"}
}

// now is a record of this moment, without a name.
func (o *baselineOptions) now(inv *invocation) (baseline.Record, error) {
	source := baseline.Source{Reader: reader(inv.process), Root: strings.TrimSuffix(inv.process.Root, "/"), PID: inv.process.PID}
	inv.progress(fmt.Sprintf("looking at the CPU for %gs", o.seconds))
	cpu := source.CPU(time.Duration(o.seconds * float64(time.Second))) // first, so that it is not our own reading
	inv.progress("")
	use, err := memoryUseOf(inv)
	if err != nil {
		return baseline.Record{}, err
	}
	r := baseline.Of(baseline.Reading{
		Machine: use.machine, Usage: use.Usage, Apps: use.apps, Report: use.report, CPU: cpu, Facts: source.Facts(use.machine.Up),
	})
	r.Time, r.Electroscope = time.Now().UTC().Truncate(time.Second), strings.TrimSpace(electroscope.Version)
	return r, nil
}

func (o *baselineOptions) compare(inv *invocation, store baseline.Store, names []string) error {
	before, err := load(store, names[0])
	if err != nil {
		return err
	}
	var now baseline.Record
	if len(names) > 1 {
		now, err = load(store, names[1])
	} else {
		now, err = o.now(inv)
		now.Name = "now"
	}
	if err != nil {
		return err
	}
	all, _ := inv.layers().All() // its mistakes are none of the comparison's
	c := baseline.Compare(before, now, targetsOf(all.Budget, now.RAM.Or(0)))
	err = errors.Join(
		writeTo(o.svg, func(out io.Writer) error { return render.BaselineSVG(out, c) }),
		writeTo(o.html, func(out io.Writer) error { return render.BaselineHTML(out, c, time.Local) }))
	if err != nil {
		return err
	}
	if o.json {
		return render.JSON(inv.out, render.BaselineJSON(c))
	}
	render.Baseline(inv.out, c, time.Local)
	return nil
}

// load reads a baseline. Its error says what there is instead.
func load(store baseline.Store, name string) (baseline.Record, error) {
	r, err := store.Load(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return r, err
	}
	names, _ := store.List()
	remedy := "electroscope baseline list has those that there are"
	switch near := catalog.Nearest(name, names); {
	case near != "":
		remedy = didYouMean(near)
	case names == nil:
		remedy = "electroscope baseline record makes one"
	}
	return r, &remediedError{fmt.Sprintf("there is no baseline %q in %q", name, filepath.Clean(store.Dir)), remedy}
}

// baselineWords are what may be written: a verb, and behind it names of records, of which list
// takes none.
func baselineWords(inv *invocation, kind string, before []string) []string {
	if kind != "BASELINE" {
		return []string{kind + "\t"}
	}
	if slices.Contains(before, "list") {
		return nil
	}
	var list []string
	names, _ := baseline.StoreOf(xdg.Env(inv.process.Getenv)).List() // with none there is nothing to offer
	for _, name := range names {
		list = append(list, name+"\t")
	}
	return list
}

// baselineJSON is a line of the list. Keys stay as they are.
type baselineJSON struct {
	Name string `json:"name"`
	Path string `json:"path"`
	Time string `json:"time"` // empty, with the reason: it cannot be read
	Why  string `json:"why"`
}

func (o *baselineOptions) list(inv *invocation, store baseline.Store) error {
	names, err := store.List()
	if err != nil {
		return err
	}
	list, records := []baselineJSON{}, []baseline.Record{}
	for _, name := range names {
		entry := baselineJSON{Name: name, Path: store.Path(name)}
		r, err := store.Load(name)
		if err != nil {
			entry.Why = err.Error()
			inv.fail(err.Error(), "remove the file, or record anew with --force")
		} else {
			entry.Time = r.Time.Format(time.RFC3339)
			records = append(records, r)
		}
		list = append(list, entry)
	}
	switch {
	case o.json:
		return render.JSON(inv.out, list)
	case len(names) == 0:
		inv.note("nothing was recorded yet", "electroscope baseline record NAME")
	case len(records) > 0:
		render.BaselineList(inv.out, records, time.Local)
	}
	return nil
}
