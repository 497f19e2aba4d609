package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/install"
	"electroscope/doctor"
	"electroscope/doctor/mend"
	"electroscope/launcher"
)

// A fixing is one call of doctor --fix.
type fixing struct {
	*doctorOptions
	inv     *invocation
	state   install.State
	answers *bufio.Reader
	said    *render.Writer // the diffs; with --json nowhere
}

// storeOf is where what fixes change is kept.
func storeOf(dirs install.Dirs) mend.Store {
	return mend.Store{Dir: filepath.Join(dirs.State, "electroscope/doctor")}
}

// asRoot is an error for root, whose own files those of the session are not.
func asRoot(p launcher.Process) error {
	if p.UID != 0 {
		return nil
	}
	return &usageError{"files of a user's are not changed as root", "run it as the user whose session it is"}
}

// fixEach fixes the checks that are named, one after the other, since several may change one file.
func (o *doctorOptions) fixEach(inv *invocation, words []string) error {
	if len(words) == 0 {
		var names []string
		for _, c := range doctor.Fixes() {
			names = append(names, c.Name)
		}
		return &usageError{"--fix needs a CHECK", "it can fix: " + strings.Join(names, ", ")}
	}
	checks, _, without := doctor.SelectFixes(words)
	if without != nil {
		return unfixable(inv, *without)
	}
	if err := asRoot(inv.process); err != nil {
		return err
	}
	if err := o.unasked(); err != nil {
		return err
	}
	f := fixing{doctorOptions: o, inv: inv, answers: bufio.NewReader(os.Stdin), said: inv.out}
	if o.json {
		f.said = render.NewWriter(io.Discard, inv.process.Getenv)
	}
	list := []render.Fixed{}
	for _, c := range checks {
		fixed, err := f.fix(c)
		if err != nil {
			return err
		}
		list = append(list, fixed)
		if !o.json {
			render.WriteFixed(inv.out, fixed)
		}
	}
	if o.json {
		return render.JSON(inv.out, list)
	}
	return nil
}

// unfixable is the error that a check has no fix, with what mends it.
func unfixable(inv *invocation, c doctor.Check) error {
	m := machineOf(inv)
	remedy := doctor.Run(m, []doctor.Check{c}, func(string) {})[0].Mend
	if remedy == "" {
		remedy = m.Line(c)
	}
	return &usageError{fmt.Sprintf("%q cannot be mended by --fix: it is not in your own files, or is yours to decide", c.Name), remedy}
}

// unasked is an error if nobody could answer whether to change something.
func (o *doctorOptions) unasked() error {
	isTerminal := launcher.Descriptor(os.Stdin.Fd()).IsTerminal() && launcher.Descriptor(os.Stdout.Fd()).IsTerminal()
	switch {
	case o.yes || o.dry:
		return nil
	case o.json:
		return &usageError{"with --json nobody is asked", "--yes changes the files unasked, --dry-run only says which"}
	case !isTerminal:
		return &usageError{"there is no terminal to ask on", "--yes changes the files unasked, --dry-run only shows how"}
	}
	return nil
}

// fix fixes a check if it has found a problem. An error ends the command.
func (f *fixing) fix(c doctor.Check) (render.Fixed, error) {
	var unlock func()
	var err error
	if f.state, unlock, err = homeState(f.inv, !f.dry); err != nil {
		return render.Fixed{}, err
	}
	defer unlock()
	fixed := f.mend(c)
	if fixed.Result != render.Changed {
		return fixed, nil
	}
	after := doctor.Run(machineOf(f.inv), []doctor.Check{c}, func(string) {})[0]
	fixed.State, fixed.Found = after.State, after.Found
	if after.IsProblem() && fixed.Then == "" {
		f.inv.fail(fmt.Sprintf("%s is still %s: %s", c.Name, after.State, after.Found), after.Mend)
	}
	return fixed, nil
}

func (f *fixing) mend(c doctor.Check) render.Fixed {
	m := machineOf(f.inv)
	found := doctor.Run(m, []doctor.Check{c}, func(string) {})[0]
	fixed := render.Fixed{Check: c.Name, State: found.State, Found: found.Found, Files: []string{}}
	switch {
	case found.State == doctor.Unknown:
		return f.failed(fixed, errors.New(found.Found), "")
	case !found.IsProblem():
		fixed.Result = render.NothingToDo
		return fixed
	case c.Fix.Install != nil:
		return f.install(c, fixed, found.Mend)
	}
	edits, err := m.Edits(c)
	if err != nil {
		return f.failed(fixed, err, found.Mend)
	}
	return f.edit(c, edits, fixed)
}

// failed says why a check is not fixed.
func (f *fixing) failed(fixed render.Fixed, err error, remedy string) render.Fixed {
	var refusal *doctor.Refusal
	if errors.As(err, &refusal) && refusal.Remedy != "" {
		remedy = refusal.Remedy
	}
	f.inv.fail(fixed.Check+": "+err.Error(), remedy)
	fixed.Result, fixed.Reason = render.NotChanged, err.Error()
	return fixed
}

// An edited file is one with the text that it is to have.
type edited struct {
	install.UserText
	to string
}

// edit makes the edits of a fix.
func (f *fixing) edit(c doctor.Check, edits []doctor.Edit, fixed render.Fixed) render.Fixed {
	var list []edited
	var files []mend.File
	for _, e := range edits {
		text, err := install.ReadText(e.Path)
		if err != nil {
			return f.failed(fixed, err, "")
		}
		to := e.Change(text.Text)
		printTextDiff(f.said, text, to)
		file := mend.File{Path: text.Real(), Now: (&install.File{Text: to}).Sum()}
		if file.Path != text.Path {
			file.Called = text.Path
		}
		list, files = append(list, edited{text, to}), append(files, file)
	}
	fixed.Then = c.Fix.Then
	if list == nil {
		fixed.Result = render.NothingToDo
		return fixed
	}
	return f.change(fixed, files, func() error {
		for _, e := range list {
			if err := e.Write(e.to); err != nil {
				return err
			}
		}
		return nil
	})
}

// install has electroscope install mend a check. otherwise is what mends it if that does not.
func (f *fixing) install(c doctor.Check, fixed render.Fixed, otherwise string) render.Fixed {
	options := optionsOf(*c.Fix.Install)
	request, _, err := options.request(f.inv, f.inv.layers(), f.state, nil)
	if err != nil {
		return f.failed(fixed, err, "")
	}
	plan := f.state.Plan(request)
	printNotes(f.inv, withoutMinor(plan.Notes))
	if !c.Fix.Install.Mends(plan) {
		return f.failed(fixed, errors.New("electroscope install has nothing to change that mends it"), otherwise)
	}
	printDiff(f.said, plan.Changes)
	files := []mend.File{{Path: f.state.Dirs.Manifest()}}
	for _, c := range pending(plan.Changes) {
		files = append(files, mend.File{Path: c.Path, Now: c.To.Sum()})
	}
	return f.change(fixed, files, func() error {
		inv := *f.inv
		inv.out = f.said
		carryOut(&inv, f.state, plan)
		f.inv.status = max(f.inv.status, inv.status)
		return nil
	})
}

// optionsOf are those of electroscope install that a fix needs.
func optionsOf(i doctor.Install) *installOptions {
	return &installOptions{flatpak: i.Packaged, snap: i.Packaged, slice: i.Slice, browser: i.Browser}
}

// change asks, keeps what there is of the files, changes them, and says which were.
func (f *fixing) change(fixed render.Fixed, files []mend.File, act func() error) render.Fixed {
	if f.dry {
		fixed.Result = render.WouldChange
		for _, file := range files {
			fixed.Files = append(fixed.Files, file.Path)
		}
		return fixed
	}
	if !f.yes && !f.asks(fixed.Check) {
		f.inv.status = statusFailed
		fixed.Result, fixed.Reason = render.NotChanged, "it was not wanted"
		return fixed
	}
	record, err := storeOf(f.state.Dirs).Begin(fixed.Check, time.Now(), files)
	if err != nil {
		return f.failed(fixed, err, "nothing was changed")
	}
	failure := act()
	changed, err := record.Finish()
	if err = errors.Join(failure, err); err != nil {
		fixed = f.failed(fixed, err, "")
	}
	if !changed {
		return fixed
	}
	if err == nil {
		fixed.Result = render.Changed
	}
	fixed.Backup = record.Dir
	for _, file := range record.Files {
		fixed.Files = append(fixed.Files, file.Path)
	}
	return fixed
}

// asks reports whether a person wants a change that was shown.
func (f *fixing) asks(check string) bool {
	fmt.Fprintf(f.inv.out, "change this for %s? [y/N] ", check)
	line, err := f.answers.ReadString('\n')
	if err != nil {
		fmt.Fprintln(f.inv.out)
	}
	answer := strings.ToLower(strings.TrimSpace(line))
	return answer == "y" || answer == "yes"
}
