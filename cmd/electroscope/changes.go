package main

import (
	"fmt"
	"io"

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

// showDone has a line for each file.
func showDone(out io.Writer, changes []install.Change) {
	idle := true
	for _, c := range changes {
		if c.Idle() {
			continue
		}
		idle = false
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
	if idle {
		fmt.Fprintln(out, "nothing to do")
	}
}

// showState tells what install would mend; the exit status is then 1.
func showState(t *toolbox, changes []install.Change) {
	idle := true
	for _, c := range changes {
		if c.Idle() {
			continue
		}
		idle = false
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
	if idle {
		fmt.Fprintln(t.out, "nothing to do")
		return
	}
	t.status = 1
}

// showDiff shows each change of a text against what it is made from: an app's own
// entry where there is one.
func showDiff(out io.Writer, changes []install.Change) {
	idle := true
	for _, c := range changes {
		if c.Idle() {
			continue
		}
		idle = false
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
	if idle {
		fmt.Fprintln(out, "nothing to do")
	}
}

func showLink(out io.Writer, c install.Change) {
	if c.To == nil {
		fmt.Fprintln(out, "unlink", c.Path)
		return
	}
	fmt.Fprintln(out, "link", c.Path, "->", c.To.Link)
}
