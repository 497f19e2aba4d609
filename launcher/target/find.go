package target

import (
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
)

// defaultPath is what execvp(3) searches when PATH is not set.
const defaultPath = "/bin:/usr/bin"

// Search is where to look, and what not to find.
type Search struct {
	Path string      // $PATH; "" means execvp(3)'s default, never the current folder
	Dir  string      // current folder: relative names and empty PATH elements start here
	Self fs.FileInfo // of /proc/self/exe; nil switches the self test off

	// Links are the names by which links of ours lead to this app. A script
	// that calls one comes back here; by another link it starts another app.
	Links []string

	// Args are the user's own words: what flatpak, systemd-run and the like do
	// depends on them.
	Args []string

	// Env is the environment that scripts will see, as os.LookupEnv. With
	// nil, what a script takes from its environment stays unknown.
	Env func(name string) (string, bool)

	// Skip may refuse a program that would otherwise be taken; its reason goes
	// into [NotFound]. May be nil.
	Skip func(t Target) (reason string)

	looks *int // counts looks at the file system, against maxLooks; nil counts none
}

// Target is the program to exec.
type Target struct {
	Path  string // absolute, as found: links are not resolved
	Chain Chain  // what lies behind Path
}

// Find returns the first of candidates that can be exec'ed. A candidate with a
// slash is a path, absolute or relative to s.Dir; any other is looked up in
// each PATH element in turn (POSIX.1-2024, XBD 8.3). Passed over are folders
// and other files that are not regular, electroscope itself, and scripts that
// would start electroscope again.
//
// The error is a *[NotExecutable] when a file was there but may not be
// executed, else a *[NotFound].
func Find(candidates []string, s Search) (Target, error) {
	lost := &NotFound{Names: candidates}
	var denied *NotExecutable
	for _, name := range candidates {
		for path := range s.places(name) {
			t, why, err := s.try(path, candidates)
			switch {
			case err != nil && denied == nil:
				denied = err
			case err != nil:
			case why == "":
				return t, nil
			default:
				lost.Looked = append(lost.Looked, Look{path, why})
			}
		}
	}
	if denied != nil {
		return Target{}, denied
	}
	lost.nameDangling()
	return Target{}, lost
}

// places yields the paths a name may stand for, in the order to try them.
func (s Search) places(name string) func(yield func(string) bool) {
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

// try decides about one path: a Target, or why not, or a refusal.
func (s Search) try(path string, names []string) (Target, string, *NotExecutable) {
	var st syscall.Stat_t
	if err := syscall.Stat(path, &st); err != nil {
		return Target{}, unreachable(err), nil
	}
	switch {
	case st.Mode&syscall.S_IFMT == syscall.S_IFDIR:
		return Target{}, "is a folder", nil
	case !isRegular(&st):
		return Target{}, "is not a regular file", nil
	case s.isSelf(inode{st.Dev, st.Ino}):
		return Target{}, "is electroscope itself", nil
	}
	if err := mayExecute(path); err != nil {
		return Target{}, "", &NotExecutable{Path: path, Reason: err}
	}
	t := Target{Path: path, Chain: behind(path, s, names)}
	if t.Chain.Loop != "" {
		return Target{}, loops, nil
	}
	if s.Skip != nil {
		if why := s.Skip(t); why != "" {
			return Target{}, why, nil
		}
	}
	return t, "", nil
}

// loops is the reason of a script, or of links, that only lead back.
const loops = "loops"

// lookup resolves a command word of a script to an existing file that may be
// executed. path is "" if there is none.
func (s Search) lookup(word string) (path string, id inode) {
	for path := range s.places(word) {
		if s.looks != nil {
			if *s.looks > maxLooks {
				break
			}
			*s.looks++
		}
		var st syscall.Stat_t
		if syscall.Stat(path, &st) == nil && isRegular(&st) && mayExecute(path) == nil {
			return path, inode{st.Dev, st.Ino}
		}
	}
	return "", inode{}
}

// atEAccess is AT_EACCESS of <fcntl.h>: ask for the effective ids.
const atEAccess = 0x200

// mayExecute asks the kernel for execute permission by the effective ids, the
// ones execve(2) uses. It knows of ACLs and of noexec mounts; mode bits do not.
func mayExecute(path string) error {
	const atFDCWD = -0x64
	return syscall.Faccessat(atFDCWD, path, 1, atEAccess) // 1 is X_OK
}

// unreachable names the reason of a failed stat.
func unreachable(err error) string {
	switch err {
	case syscall.ENOENT, syscall.ENOTDIR:
		return "absent"
	case syscall.ELOOP:
		return loops
	}
	return err.Error()
}
