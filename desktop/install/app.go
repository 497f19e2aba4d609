package install

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/desktop/entry"
	"electroscope/launcher/runner"
)

// An App is one of the catalogue that is found on this machine.
type App struct {
	Key     string
	Names   []string        // it answers to; each gets a link
	IDs     []string        // its desktop file's, the first being the usual one
	Others  []string        // ids of entries that are other apps' own
	Exec    []string        // the catalogue's candidates for the program
	Args    []string        // what tells it from other apps of that program
	Target  string          // the one that was found
	Program string          // the ELF file behind it, which several apps may share; may be empty
	Runners []runner.Runner // the user's own, which the app's entry may start it by
	Menu    Menu            // the entry to make if there is none of its id
}

// starts gives the test whether a program, named as in an entry, is the app. An
// entry that has the app's id may name the program behind the target as well:
// Electron itself, under which another id may have another app. A program that is the
// app only with certain arguments is the app in its own entry alone.
func (a App) starts(id string, e *entry.Entry, p Dirs) entry.Starts {
	named := slices.Contains(a.IDs, id)
	owns := named || len(a.Args) == 0
	return func(program string) bool {
		if !strings.Contains(program, "/") {
			return slices.Contains(a.Names, program) || owns && slices.Contains(a.Exec, program)
		}
		if !filepath.IsAbs(program) {
			dir := e.Value("Path")
			if !filepath.IsAbs(dir) {
				return false
			}
			program = filepath.Join(dir, program)
		}
		program = filepath.Clean(program)
		if filepath.Dir(program) == p.Bin && slices.Contains(a.Names, filepath.Base(program)) {
			return true
		}
		return owns && (slices.Contains(a.Exec, program) || sameFile(program, a.Target)) || named && sameFile(program, a.Program)
	}
}

func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}
