package program

import (
	"syscall"

	"electroscope/launcher/regular"
	"electroscope/launcher/self"
	"electroscope/launcher/wrapper"
)

// Target is the program to exec.
type Target struct {
	Path  string        // absolute, as found: links are not resolved
	Chain wrapper.Chain // what lies behind Path
}

// Find returns the first of candidates that can be exec'ed. A candidate with a
// slash is a path, absolute or relative to s.Dir; any other is looked up in
// each PATH element in turn (POSIX.1-2024, XBD 8.3). Passed over are folders
// and other files that are not regular, electroscope itself, and scripts that
// would start electroscope again. skip may refuse a program that would otherwise be
// taken, and its reason goes into [NotFound]; it may be nil.
//
// The error is a *[NotExecutable] when a file was there but may not be
// executed, else a *[NotFound].
func Find(candidates []string, s wrapper.Search, skip func(Target) (reason string)) (Target, error) {
	lost := &NotFound{Names: candidates}
	var denied *NotExecutable
	for _, name := range candidates {
		for path := range s.Paths(name) {
			t, why, err := tryFronts(path, candidates, s, skip)
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

// tryFronts is try, and where that finds electroscope in Nix's store it goes on to what
// the front starts, which may be another front.
func tryFronts(path string, names []string, s wrapper.Search, skip func(Target) string) (Target, string, *NotExecutable) {
	t, why, err := try(path, names, s, skip)
	for range maxLinks {
		if why != isStoredSelf {
			break
		}
		if path = Fronted(path); path == "" {
			return t, isSelf, err
		}
		t, why, err = try(path, names, s, skip)
	}
	return t, why, err
}

// try decides about one path: a Target, or why not, or a refusal.
func try(path string, names []string, s wrapper.Search, skip func(Target) string) (Target, string, *NotExecutable) {
	var st syscall.Stat_t
	if err := syscall.Stat(path, &st); err != nil {
		return Target{}, unreachable(err), nil
	}
	switch {
	case st.Mode&syscall.S_IFMT == syscall.S_IFDIR:
		return Target{}, "is a folder", nil
	case !regular.Is(&st):
		return Target{}, "is not a regular file", nil
	case s.Self.Has(regular.Inode{Dev: st.Dev, Ino: st.Ino}):
		return Target{}, selfReason(&st), nil
	}
	if err := wrapper.MayExecute(path); err != nil {
		return Target{}, "", &NotExecutable{Path: path, Reason: err}
	}
	t := Target{Path: path, Chain: wrapper.Behind(path, s, names...)}
	switch {
	case t.Chain.Loop == "" || s.Ours:
	case self.Is(path):
		return Target{}, selfReason(&st), nil
	default:
		return Target{}, loops, nil
	}
	if skip != nil {
		if why := skip(t); why != "" {
			return Target{}, why, nil
		}
	}
	return t, "", nil
}

// The reasons of this program, or another copy of it, and of a script, or of links,
// that only lead back.
const (
	isSelf       = "is electroscope itself"
	isStoredSelf = isSelf + ", in Nix's store"
	loops        = "loops"
)

// selfReason is the reason of a file that is electroscope.
func selfReason(st *syscall.Stat_t) string {
	if self.InStore(st) {
		return isStoredSelf
	}
	return isSelf
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
