package launcher

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"unsafe"

	"electroscope/launcher/catalog"
	"electroscope/launcher/plan"
	"electroscope/launcher/program"
	"electroscope/launcher/unitname"
	"electroscope/launcher/wrapper"
)

// A launch must not go round for ever. Links, and scripts that can be read to do
// nothing else, are passed over by package program. What cannot be read is noticed
// when it comes back: in the same process (a Python script or a version manager
// that execs the next of its own name), or in a child (one that forks).
//
// A file that was run in this process already is not run in it again. What comes
// back in a child is run once more, for a wrapper may ask its own app for its
// version, and then no more.

// loopVariable holds what was run on the way here: the PID of a launch and the
// files that it ran, as device:inode in hexadecimal, then the same of the next. The
// app gets it only if it might come back, and nothing else would tell.
const loopVariable = "ELECTROSCOPE_PID"

// maxPast bounds the list: two apps that call each other have two files in it.
const maxPast = 32

// past is what a launch knows of those before it.
type past struct {
	ran    []run  // in order
	back   bool   // this very process has been through a launch of the app
	inside bool   // it stands in a scope of ours
	same   bool   // of the same app
	scope  string // the folder of its control group; empty if the process is not its first
}

// run is one file that was run by a process. A mark may name the process alone.
type run struct {
	pid  int
	file string
}

// readPast returns what was before the launch of the app. A scope of that name
// elsewhere in the tree is somebody else's.
func readPast(w Process, place plan.Caller, app catalog.App) past {
	p := past{ran: readMark(w.Getenv(loopVariable))}
	unit := place.Group.Unit()
	p.inside = place.Group.In(plan.GroupSlice(app, place))
	p.same = p.inside && unitname.IsScopeOf(unit, app.ID)
	random, own := strings.CutPrefix(unit, unitname.ScopePrefix(app.ID)+strconv.Itoa(w.PID))
	own = own && strings.Trim(strings.TrimSuffix(random, ".scope"), "x") == ""
	if p.same && own {
		p.scope = w.Cgroup + string(place.Group.Of(unit))
	}
	if len(p.ran) == 0 {
		p.ran = readScopeMark(p.scope)
	}
	p.back = p.scope != "" || slices.ContainsFunc(p.ran, func(r run) bool { return r.pid == w.PID })
	return p
}

// scopeMark is the mark again, for a wrapper that clears the environment and execs:
// an attribute of the scope's control group, where systemd keeps some of its own
// (Linux 5.7). It goes with the scope.
const scopeMark = "user.electroscope.ran"

func readScopeMark(scope string) []run {
	if scope == "" {
		return nil
	}
	var mark [4096]byte
	n, err := syscall.Getxattr(scope, scopeMark, mark[:])
	if err != nil {
		return nil
	}
	return readMark(string(mark[:n]))
}

// readMark is the inverse of writeMark. Whatever else stands there says nothing.
func readMark(mark string) []run {
	var ran []run
	pid := 0
	for word := range strings.FieldsSeq(mark) {
		if n, err := strconv.Atoi(word); err == nil {
			pid = n
		} else if pid != 0 && len(ran) < maxPast {
			ran = append(ran, run{pid, word})
		}
	}
	return ran
}

func writeMark(ran []run) string {
	var words []string
	ran = ran[max(0, len(ran)-maxPast):]
	for i, r := range ran {
		if i == 0 || r.pid != ran[i-1].pid {
			words = append(words, strconv.Itoa(r.pid))
		}
		words = append(words, r.file)
	}
	return strings.Join(words, " ")
}

// times is how often a file was run on the way here, and how often by one process.
func (p past) times(file string, pid int) (all, here int) {
	for _, r := range p.ran {
		if r.file == file {
			all++
			if r.pid == pid {
				here++
			}
		}
	}
	return all, here
}

// clean reports whether nothing was before, as it is with nearly every launch.
func (p past) clean() bool { return len(p.ran) == 0 && !p.back && !p.inside }

// guard refuses the candidates that would only come back here.
func (p past) guard(w Process) func(program.Target) string {
	if p.clean() {
		return nil
	}
	passed := false
	return func(t program.Target) string {
		file, ok := fileID(t.Path)
		all, here := p.times(file, w.PID)
		switch {
		case !ok:
		case here > 0, all > 1 && !typed(w.PID):
			return program.ComesBack
		case len(p.ran) > 0 || !mayComeBack(w, t.Chain):
		case p.inside && !p.back && goesRound(w, t.Path):
			return program.ComesBack // its mark was taken from it
		case p.back && !passed && old(w):
			passed = true // the same; and which file it was is not known: the first
			return program.ComesBack
		}
		return ""
	}
}

// mayComeBack reports whether the end of a launch cannot be seen. An engine that
// is started itself, or by scripts that are understood, starts what it likes, but
// it is not a way to the app.
func mayComeBack(w Process, chain wrapper.Chain) bool {
	if chain.Program == "" || chain.Returns || len(chain.Scripts) > 0 && !chain.Execs {
		return true
	}
	return !mayBeEngine(chain) || examine(w, chain).Milestone == 0
}

// mark is the environment of the app: with the mark if it may come back and only
// that would tell, else without one. unscoped says that the launch made no scope,
// by whose name this process would be known again.
func (p past) mark(w Process, t program.Target, unscoped bool) []string {
	needed := unscoped || !p.clean() || t.Chain.Program == ""
	if !needed || !mayComeBack(w, t.Chain) {
		return p.unmarked(w.Env)
	}
	file, ok := fileID(t.Path)
	if !ok {
		return p.unmarked(w.Env)
	}
	ran := slices.Clone(p.ran)
	if p.same && !p.back && len(ran) == 0 {
		ran = append(ran, run{os.Getppid(), file}) // the launch of the scope ran it too, for all we know
	}
	mark := writeMark(append(ran, run{w.PID, file}))
	if p.scope != "" {
		_ = syscall.Setxattr(p.scope, scopeMark, []byte(mark), 0) // else it is noticed later: see old
	}
	return append(p.unmarked(w.Env), loopVariable+"="+mark)
}

// unmarked takes the mark of an earlier launch away.
func (p past) unmarked(env []string) []string {
	isMark := func(e string) bool { return strings.HasPrefix(e, loopVariable+"=") }
	if !slices.ContainsFunc(env, isMark) {
		return env[:len(env):len(env)]
	}
	return slices.DeleteFunc(slices.Clone(env), isMark)
}

// fileID tells files apart, whatever their paths.
func fileID(path string) (string, bool) {
	var st syscall.Stat_t
	if syscall.Stat(path, &st) != nil {
		return "", false
	}
	return strconv.FormatUint(st.Dev, 16) + ":" + strconv.FormatUint(st.Ino, 16), true
}

// typed reports whether somebody at a terminal started this process: it leads the
// group in the foreground, as the job of an interactive shell does. An app's own
// terminal may start the app again as often as one likes.
func typed(pid int) bool {
	if Descriptor(syscall.Stdin).kind() != stream {
		return false // no terminal, and perhaps a file whose server would have to be asked
	}
	session, _, _ := syscall.RawSyscall(syscall.SYS_GETSID, 0, 0, 0)
	var foreground int32
	_, _, failed := syscall.RawSyscall(syscall.SYS_IOCTL, 0, syscall.TIOCGPGRP, uintptr(unsafe.Pointer(&foreground)))
	return failed == 0 && int(foreground) == pid && int(session) != pid
}
