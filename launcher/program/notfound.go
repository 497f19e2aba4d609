package program

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Look is one place that was looked at, and why it was not taken.
type Look struct {
	Path   string
	Reason string // "absent", "is electroscope itself", "is a folder", "loops", ...
}

// ComesBack is the reason by which a launch refuses, in [Search.Skip], what was
// run already and called electroscope again.
const ComesBack = "was run already, and called electroscope again"

// NotFound says that none of the names leads to a program.
type NotFound struct {
	Names  []string
	Looked []Look // in the order they were tried
}

// Error names what stood in the way; Folders has the places with nothing in them.
func (e *NotFound) Error() string {
	names := make([]string, len(e.Names))
	for i, name := range e.Names {
		names[i] = strconv.Quote(name)
	}
	var inTheWay []string
	for _, l := range e.Looked {
		if l.Reason == "absent" {
			continue
		}
		inTheWay = append(inTheWay, fmt.Sprintf("%q: %s", l.Path, l.Reason))
	}
	text := "cannot find " + strings.Join(names, " or ")
	if len(names) == 0 {
		text = "no program is named"
	}
	if len(inTheWay) > 0 {
		text += " (" + strings.Join(inTheWay, "; ") + ")"
	}
	return text
}

// Folders are those that were looked in and had nothing.
func (e *NotFound) Folders() []string {
	var folders []string
	for _, l := range e.Looked {
		if folder := filepath.Dir(l.Path); l.Reason == "absent" && !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	return folders
}

// Remedy is what the user can do about it.
func (e *NotFound) Remedy() string {
	for _, l := range e.Looked {
		if l.Reason == loops || l.Reason == ComesBack {
			return "let the script name the real program by its full path, or set `exec` to that path in apps.toml"
		}
	}
	return "install the app, or set `exec` in apps.toml to its full path"
}

// ExitCode is the shell's for a command that is not there (POSIX.1-2024, XCU 2.8.2).
func (e *NotFound) ExitCode() int { return 127 }

// nameDangling tells links that lead nowhere from places with nothing in them.
// It costs a stat each, so it is done only once the search has failed.
func (e *NotFound) nameDangling() {
	for i, l := range e.Looked {
		if l.Reason != "absent" {
			continue
		}
		if to, err := os.Readlink(l.Path); err == nil {
			e.Looked[i].Reason = "is a link to " + strconv.Quote(filepath.Clean(to)) + ", which is absent"
		}
	}
}

// NotExecutable says that the program is there, but may not be executed.
type NotExecutable struct {
	Path   string
	Reason error // of access(2)
}

func (e *NotExecutable) Error() string {
	return fmt.Sprintf("cannot execute %q: %v", e.Path, e.Reason)
}

func (e *NotExecutable) Unwrap() error { return e.Reason }

// Remedy is what the user can do about it.
func (e *NotExecutable) Remedy() string {
	return "chmod +x " + strconv.Quote(e.Path) + ", or look whether its file system is mounted noexec"
}

// ExitCode is the shell's for a command that cannot be executed (POSIX.1-2024, XCU 2.8.2).
func (e *NotExecutable) ExitCode() int { return 126 }
