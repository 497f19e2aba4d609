package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/install"
	"electroscope/launcher/self"
	"electroscope/launcher/term"
)

// printNotes reports what a plan leaves undone.
func printNotes(inv *invocation, notes []install.Note) {
	for _, n := range notes {
		text := n.Text
		if n.App != "" {
			text = n.App + ": " + text
		}
		if n.Failure {
			inv.fail(text, n.Remedy)
		} else {
			inv.note(text, n.Remedy)
		}
	}
}

// withoutMinor returns the notes that must be said.
func withoutMinor(notes []install.Note) []install.Note {
	return slices.DeleteFunc(slices.Clone(notes), func(n install.Note) bool { return n.Minor })
}

// pending returns the changes that change something.
func pending(changes []install.Change) []install.Change {
	return slices.DeleteFunc(slices.Clone(changes), install.Change.Idle)
}

// nothingToDo is printed in place of an empty list of changes.
const nothingToDo = "nothing to do"

// printDone prints a line for each file that was changed.
func printDone(out io.Writer, changes []install.Change) {
	list := pending(changes)
	if len(list) == 0 {
		fmt.Fprintln(out, nothingToDo)
	}
	for _, c := range list {
		path, source := term.Printable(c.Path), term.Printable(c.Source)
		switch {
		case c.To == nil:
			fmt.Fprintln(out, "removed ", path)
		case c.Undo && !c.LedBack:
			fmt.Fprintln(out, "restored", path)
		case c.Kind == install.Link:
			fmt.Fprintf(out, "linked   %s (starts %s)\n", path, source)
		case c.Was != nil:
			fmt.Fprintln(out, "changed ", path)
		case c.Source != "":
			fmt.Fprintln(out, "wrote   ", path, "from", source)
		default:
			fmt.Fprintln(out, "wrote   ", path)
		}
	}
}

// remindShells prints a reminder for shells that have looked a name up before, and remember
// where it was: a new link is before the app itself on PATH, or a link that they know is gone.
func remindShells(inv *invocation, changes []install.Change) {
	folders := filepath.SplitList(inv.process.Getenv("PATH"))
	if slices.ContainsFunc(changes, func(c install.Change) bool {
		return c.Kind == install.Link && !c.Idle() && (c.To == nil || c.Was == nil && isShadow(c.Path, folders))
	}) {
		fmt.Fprintln(inv.out, "a shell that is open now may still start what a name started before: hash -r, or open a new one")
	}
}

// isShadow reports whether a link comes before another program of its name on PATH.
func isShadow(link string, folders []string) bool {
	at := slices.IndexFunc(folders, func(f string) bool { return filepath.Clean(f) == filepath.Dir(link) })
	if at < 0 {
		return false
	}
	return slices.ContainsFunc(folders[at+1:], func(f string) bool {
		path := filepath.Join(f, filepath.Base(link))
		info, err := os.Stat(path)
		return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 && !self.IsLink(path)
	})
}

// printState prints what install would change; the exit status is then statusFailed.
func printState(inv *invocation, changes []install.Change) {
	list := pending(changes)
	if len(list) == 0 {
		fmt.Fprintln(inv.out, nothingToDo)
	}
	for _, c := range list {
		inv.status = statusFailed
		word, more := stateOf(c)
		mark := inv.out.Style.Note
		if word == "outside" { // the app runs without its limits
			mark = inv.out.Style.Failure
		}
		inv.out.Styled(mark, word)
		fmt.Fprintf(inv.out, "%*s%s%s\n", len("needless ")-len(word), "", term.Printable(c.Path), more)
	}
}

// stateOf returns a word for how a file was found, and the reason.
func stateOf(c install.Change) (word, more string) {
	switch {
	case c.To == nil:
		return "needless", ""
	case c.Why != "":
		return "stale", " (" + c.Why + ")"
	case c.Was != nil && c.Source == c.Path:
		return "outside", " (starts the app without its limits)"
	case c.Was != nil:
		return "stale", ""
	}
	return "missing", ""
}

// printDiff prints each change of a text as a diff from what it is made from: the app's own
// entry if there is one.
func printDiff(out *render.Writer, changes []install.Change) {
	list := pending(changes)
	if len(list) == 0 {
		fmt.Fprintln(out, nothingToDo)
	}
	for _, c := range list {
		if c.Kind == install.Link {
			printLinkDiff(out, c)
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
		render.Diff(out, oldName, oldText, newName, newText)
	}
}

func printLinkDiff(out io.Writer, c install.Change) {
	if c.To == nil {
		fmt.Fprintln(out, "unlink", term.Printable(c.Path))
		return
	}
	fmt.Fprintln(out, "link", term.Printable(c.Path), "->", term.Printable(c.To.Link))
}
