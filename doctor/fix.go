package doctor

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"electroscope/desktop/install"
)

// A Fix is how electroscope doctor --fix mends a check: in files of the user's own, so that --undo
// can give them back.
type Fix struct {
	Changes string   // which files, in a few words
	Then    string   // what makes it take effect; empty: nothing has to
	Install *Install // electroscope install does it, with these options
	edits   func(*Machine) ([]Edit, error)
}

// An Install has the options of electroscope install that a fix needs, and the kinds of files by
// which it mends the check; none: all.
type Install struct {
	Packaged, Slice, Browser bool
	kinds                    []install.Kind
}

// An Edit makes another text of a file's, which is empty if nothing is there.
type Edit struct {
	Path   string
	Change func(text string) string
}

// A Refusal is why a check cannot be fixed here, and what to do instead.
type Refusal struct{ Text, Remedy string }

func (r *Refusal) Error() string { return r.Text }

// Fixes are the checks that have a fix.
func Fixes() []Check {
	return slices.DeleteFunc(Checks(), func(c Check) bool { return c.Fix == nil })
}

// SelectFixes returns the checks with a fix that the words name: each by its own name, or all of a
// group's. without is the first that has none.
func SelectFixes(words []string) (list []Check, unmatched string, without *Check) {
	checks, unmatched := Select(words)
	for i, c := range checks {
		switch {
		case c.Fix != nil:
			list = append(list, c)
		case slices.Contains(words, c.Name) && without == nil:
			without = &checks[i]
		}
	}
	if list == nil && without == nil && len(checks) > 0 {
		without = &checks[0] // none of the group has one
	}
	return list, unmatched, without
}

// Line is what a person is told to do for a check that a fix does not mend.
func (m *Machine) Line(c Check) string { return m.line(c.Mend) }

// fixLine is what is to be done if a fix would mend what was found, or has and only has to take
// effect, or why it cannot; empty if the check's own mend says it all.
func (m *Machine) fixLine(c Check, r Result) string {
	fix := "electroscope doctor --fix " + c.Name
	switch {
	case c.Fix == nil || !m.MayFix:
		return ""
	case c.Fix.Install != nil:
		if p, err := m.Install(*c.Fix.Install); err == nil && r.Mend == (Mend{}) && c.Fix.Install.Mends(p) {
			return fix
		}
		return ""
	}
	edits, err := m.Edits(c)
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Remedy != "":
		return refusal.Text + ": " + refusal.Remedy
	case err != nil:
		return ""
	case len(edits) > 0:
		return fix
	}
	return c.Fix.Then
}

// Mends reports whether a plan has a change that mends the check.
func (o Install) Mends(p install.Plan) bool {
	return slices.ContainsFunc(p.Changes, func(c install.Change) bool {
		return !c.Idle() && (o.kinds == nil || slices.Contains(o.kinds, c.Kind))
	})
}

// Edits are what a fix changes in files; none if they are as it would have them. The error may be
// a [Refusal].
func (m *Machine) Edits(c Check) ([]Edit, error) {
	edits, err := c.Fix.edits(m)
	if err != nil {
		return nil, err
	}
	var list []Edit
	for _, e := range edits {
		if to := m.inStore(e.Path); to != "" {
			line := cmp.Or(c.Mend.Home, c.Mend.NixOS, "change it in the configuration that makes it")
			return nil, &Refusal{quoted(e.Path) + " is made by Nix: it leads to " + quoted(to), line}
		}
		if err := m.mayEdit(e.Path); err != nil {
			return nil, err
		}
		text, err := m.whole(e.Path)
		if err != nil {
			return nil, err
		}
		if e.Change(text) != text {
			e.Path = m.at(e.Path)
			list = append(list, e)
		}
	}
	return list, nil
}

// whole is the text of a file, "" if nothing is there.
func (m *Machine) whole(path string) (string, error) {
	f, err := install.ReadText(m.at(path))
	return f.Text, err
}

// inStore is where a file leads in the Nix store, as home-manager's do; empty if it does not.
func (m *Machine) inStore(path string) string {
	real, err := filepath.EvalSymlinks(m.at(path))
	if to := strings.TrimPrefix(real, strings.TrimSuffix(m.Root, "/")); err == nil && strings.HasPrefix(to, "/nix/store/") {
		return to
	}
	return ""
}

// mayEdit is nil if a file is this user's to change, or to make.
func (m *Machine) mayEdit(path string) error {
	real, err := filepath.EvalSymlinks(m.at(path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		real = m.at(path)
	case err != nil:
		return fmt.Errorf("cannot follow %q: %w", path, cause(err))
	}
	info, err := os.Stat(real)
	for dir := filepath.Dir(real); errors.Is(err, fs.ErrNotExist) && dir != "/"; dir = filepath.Dir(dir) {
		info, err = os.Stat(dir)
	}
	if err != nil {
		return fmt.Errorf("cannot look at %q: %w", path, cause(err))
	}
	st, _ := info.Sys().(*syscall.Stat_t)
	switch {
	case st != nil && int(st.Uid) != m.Process.UID:
		return &Refusal{Text: quoted(path) + " belongs to the user with number " + strconv.Itoa(int(st.Uid))}
	case info.Mode().IsRegular() && st != nil && st.Nlink > 1:
		return &Refusal{quoted(path) + " has another name too, by a hard link, which a new file would not have", "change it by hand"}
	case info.Mode()&0o200 == 0:
		return &Refusal{quoted(path) + " may not be written", "if that is not meant: chmod u+w " + quoted(path)}
	}
	return nil
}

// cause is an error without the call and the path, which the message has already.
func cause(err error) error { return cmp.Or(errors.Unwrap(err), err) }

func quoted(path string) string { return strconv.Quote(path) }
