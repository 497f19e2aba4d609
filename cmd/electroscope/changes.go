package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/rogpeppe/go-internal/diff"

	"electroscope/launcher/install"
)

// tell complains of what is not done.
func tell(t *toolbox, notes []install.Note) {
	for _, n := range notes {
		text := n.Text
		if n.App != "" {
			text = n.App + ": " + text
		}
		complain(t.err, text, n.Remedy)
		if n.Fault {
			t.status = 1
		}
	}
}

// due are the changes of files; where there are none it says so.
func due(out io.Writer, changes []install.Change) []install.Change {
	list := slices.DeleteFunc(slices.Clone(changes), install.Change.Idle)
	if len(list) == 0 {
		fmt.Fprintln(out, "nothing to do")
	}
	return list
}

// showDone has a line for each file.
func showDone(out io.Writer, changes []install.Change) {
	for _, c := range due(out, changes) {
		switch {
		case c.To == nil:
			fmt.Fprintln(out, "removed ", c.Path)
		case c.Undo:
			fmt.Fprintln(out, "restored", c.Path)
		case c.Kind == install.Link:
			fmt.Fprintln(out, "linked  ", c.Path, "->", c.Source)
		case c.Was != nil:
			fmt.Fprintln(out, "changed ", c.Path)
		case c.Source != "":
			fmt.Fprintln(out, "wrote   ", c.Path, "from", c.Source)
		default:
			fmt.Fprintln(out, "wrote   ", c.Path)
		}
	}
}

// showState tells what install would mend; the exit status is then 1.
func showState(t *toolbox, changes []install.Change) {
	for _, c := range due(t.out, changes) {
		t.status = 1
		switch {
		case c.To == nil:
			fmt.Fprintln(t.out, "needless", c.Path)
		case c.Why != "":
			fmt.Fprintf(t.out, "stale    %s (%s)\n", c.Path, c.Why)
		case c.Was != nil && c.Source == c.Path:
			fmt.Fprintf(t.out, "outside  %s (starts the app without its limits)\n", c.Path)
		case c.Was != nil:
			fmt.Fprintln(t.out, "stale   ", c.Path)
		default:
			fmt.Fprintln(t.out, "missing ", c.Path)
		}
	}
}

// showDiff shows each change of a text against what it is made from: an app's own
// entry where there is one.
func showDiff(out io.Writer, changes []install.Change) {
	for _, c := range due(out, changes) {
		if c.Kind == install.Link {
			showLink(out, c)
			continue
		}
		oldName, oldText, newName, newText := "/dev/null", "", "/dev/null", ""
		if c.Was != nil {
			oldName, oldText = c.Path, c.Was.Text
		}
		if c.Base != "" {
			oldName, oldText = c.Source, c.Base
		}
		if c.To != nil {
			newName, newText = c.Path, c.To.Text
		}
		out.Write(diff.Diff(oldName, []byte(oldText), newName, []byte(newText)))
	}
}

func showLink(out io.Writer, c install.Change) {
	if c.To == nil {
		fmt.Fprintln(out, "unlink", c.Path)
		return
	}
	fmt.Fprintln(out, "link", c.Path, "->", c.To.Link)
}
