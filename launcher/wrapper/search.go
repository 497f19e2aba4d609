package wrapper

import (
	"path/filepath"
	"strings"
	"syscall"

	"electroscope/launcher/regular"
	"electroscope/launcher/runner"
	"electroscope/launcher/self"
)

// defaultPath is what execvp(3) searches when PATH is not set.
const defaultPath = "/bin:/usr/bin"

// Search is where to look, and what not to find.
type Search struct {
	Path string       // $PATH; "" means execvp(3)'s default, never the current folder
	Dir  string       // current folder: relative names and empty PATH elements start here
	Self self.Program // which is not to be found; nor is another copy of it
	Ours bool         // electroscope may be found all the same: what it leads to makes a scope of its own

	// Links are the names by which links of ours lead to this app. A script
	// that calls one comes back here; by another link it starts another app.
	Links []string

	// Runners are programs that hand on the command they are given, beside those
	// that package runner knows.
	Runners []runner.Runner

	// Args are the user's own words: what flatpak, systemd-run and the like do
	// depends on them.
	Args []string

	// Env is the environment that scripts will see, as os.LookupEnv. With
	// nil, what a script takes from its environment stays unknown.
	Env func(name string) (string, bool)

	looks *int // counts looks at the file system, against maxLooks; nil counts none
}

// Paths yields the paths a name may stand for, in the order to try them.
func (s Search) Paths(name string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		if name == "" {
			return
		}
		if strings.Contains(name, "/") {
			yield(s.absolute(name))
			return
		}
		path := s.Path
		if path == "" {
			path = defaultPath
		}
		for dir := range strings.SplitSeq(path, ":") {
			if dir == "" {
				dir = "."
			}
			if !yield(s.absolute(dir + "/" + name)) {
				return
			}
		}
	}
}

// absolute puts a relative path under s.Dir. It does not clean: "x/.." is not
// "." where x is a link.
func (s Search) absolute(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return strings.TrimSuffix(s.Dir, "/") + "/" + strings.TrimPrefix(path, "./")
}

// A found file is told apart from others, and from electroscope by its size.
type found struct {
	regular.Inode
	size int64
}

// lookup resolves a command word of a script to an existing file that may be
// executed. path is "" if there is none.
func (s Search) lookup(word string) (path string, f found) {
	for path := range s.Paths(word) {
		if s.looks != nil {
			if *s.looks > maxLooks {
				break
			}
			*s.looks++
		}
		var st syscall.Stat_t
		if syscall.Stat(path, &st) == nil && regular.Is(&st) && MayExecute(path) == nil {
			return path, found{regular.Inode{Dev: st.Dev, Ino: st.Ino}, st.Size}
		}
	}
	return "", found{}
}

// Of <fcntl.h>: from the current folder, and by the effective ids.
const (
	atFDCWD   = -0x64
	atEAccess = 0x200
)

// MayExecute asks the kernel for execute permission by the effective ids, the
// ones execve(2) uses. It knows of ACLs and of noexec mounts; mode bits do not.
func MayExecute(path string) error {
	return syscall.Faccessat(atFDCWD, path, 1, atEAccess) // 1 is X_OK
}

// isSelf reports whether the file at path is electroscope, by whatever name: this
// copy of it or another.
func (s Search) isSelf(path string, f found) bool {
	return path != "" && (s.Self.Has(f.Inode) || self.MayBe(f.size) && self.Is(path))
}
