package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/install"
	"electroscope/doctor"
	"electroscope/doctor/mend"
)

// giveBack undoes fixes, the newest first: those of the checks, or all if no word names one.
func (o *doctorOptions) giveBack(inv *invocation, words []string, checks []doctor.Check) error {
	if err := asRoot(inv.process); err != nil {
		return err
	}
	state, unlock, err := homeState(inv, !o.dry)
	if err != nil {
		return err
	}
	defer unlock()
	records, err := storeOf(state.Dirs).Records()
	if err != nil {
		return err
	}
	said := inv.out
	if o.json {
		said = render.NewWriter(io.Discard, inv.process.Getenv)
	}
	list := []render.Fixed{}
	for _, r := range slices.Backward(records) {
		named := slices.ContainsFunc(checks, func(c doctor.Check) bool { return c.Name == r.Check })
		if len(words) > 0 && !named {
			continue
		}
		undone := o.undoOne(inv, said, r, records)
		render.WriteFixed(said, undone)
		list = append(list, undone)
	}
	if o.json {
		return render.JSON(inv.out, list)
	}
	if len(list) == 0 {
		fmt.Fprintln(inv.out, "nothing to undo")
	}
	return nil
}

// undoOne gives back what a fix changed, if nothing else has changed it since.
func (o *doctorOptions) undoOne(inv *invocation, said *render.Writer, r mend.Record, all []mend.Record) render.Fixed {
	undone := render.Fixed{Check: r.Check, Result: render.Kept, Files: []string{}, Backup: r.Dir, Then: fixOf(r.Check).Then}
	failed := func(text, remedy string) render.Fixed {
		inv.fail(r.Check+": "+text, remedy)
		undone.Reason = text
		return undone
	}
	changes, since, err := r.Plan()
	switch {
	case err != nil:
		return failed(err.Error(), "")
	case since != nil:
		return failed(fmt.Sprintf("%q was changed since: nothing is given back", since[0].Path), byHand(r, since[0], all))
	}
	units := false
	for _, c := range changes {
		undone.Files = append(undone.Files, c.Path)
		units = units || strings.Contains(c.Path, "/systemd/user/")
		printSwap(said, c)
	}
	if o.dry {
		undone.Result = render.WouldRestore
		return undone
	}
	if err := r.Undo(changes); err != nil {
		return failed(err.Error(), "")
	}
	if units {
		reload(inv, false)
	}
	undone.Result, undone.Backup = render.Restored, ""
	if changes == nil {
		undone.Result, undone.Then = render.NothingToDo, "" // it is all as it was
	}
	return undone
}

// noteFixes says what doctor --fix has changed, and is not for uninstall to take back.
func noteFixes(inv *invocation, dirs install.Dirs) {
	records, _ := storeOf(dirs).Records() // what cannot be read, --undo tells
	for _, r := range records {
		if changes, _, err := r.Plan(); err == nil && changes != nil {
			inv.note("what electroscope doctor --fix has changed stays", "electroscope doctor --undo gives it back")
			return
		}
	}
}

// fixOf is the fix of a check by its name; an empty one if there is none any more.
func fixOf(check string) doctor.Fix {
	for _, c := range doctor.Fixes() {
		if c.Name == check {
			return *c.Fix
		}
	}
	return doctor.Fix{}
}

// byHand says how to give a file back that was changed since it was fixed: after a later fix of
// the same file, or with the backup.
func byHand(r mend.Record, f mend.File, all []mend.Record) string {
	for _, later := range slices.Backward(all) {
		if later.Time.After(r.Time) && later.Check != r.Check && slices.ContainsFunc(later.Files, func(o mend.File) bool { return o.Path == f.Path }) {
			return "the fix of " + later.Check + " came after it: electroscope doctor --undo " + later.Check + " " + r.Check
		}
	}
	quoted := render.Quote(f.Path)
	remedy := "rm " + quoted + " gives it back: nothing was there"
	switch {
	case fixOf(r.Check).Install != nil:
		remedy = "electroscope uninstall removes what install has written, before and since"
	case r.Backup(f) != "":
		remedy = "cp " + render.Quote(r.Backup(f)) + " " + quoted + " gives it back all the same"
	case f.Was != nil:
		remedy = "ln -sfn " + render.Quote(f.Was.Link) + " " + quoted + " gives it back all the same"
	}
	return remedy + "\nrm -r " + render.Quote(r.Dir) + " forgets the fix"
}

// printSwap shows what becomes of a file that is given back.
func printSwap(out *render.Writer, c mend.Change) {
	oldName, newName := "/dev/null", "/dev/null"
	var oldText, newText string
	if c.Is != nil {
		oldName, oldText = c.Path, shownText(c.Is)
	}
	if c.To != nil {
		newName, newText = c.Path, shownText(c.To)
	}
	render.Diff(out, oldName, oldText, newName, newText)
}

// shownText is a file's text, or where the link leads.
func shownText(f *install.File) string {
	if f.Link != "" {
		return "link to " + f.Link + "\n"
	}
	return f.Text
}
