package launcher

import (
	"bytes"
	"os"
	"slices"
	"strconv"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/target"
)

// A link must never end up at itself. Links and scripts that can be read are
// passed over by package target. What cannot be read (a Python script that calls
// `discord`, a copy of electroscope elsewhere) is noticed when it comes back: by
// exec, in the same PID, or as a child of the script that we would run.

// loopVariable marks, with our PID, a process that a script is about to take
// over while no scope of its own tells it apart. It is in the app's environment
// only in that case.
const loopVariable = "ELECTROSCOPE_PID"

// cameBack tells whether this very process has been through a launch of the app.
// A scope of that name elsewhere in the tree is somebody else's.
func cameBack(w World, place Place, app catalog.App) bool {
	own := scopePrefix(app.ID) + strconv.Itoa(w.PID)
	random, here := strings.CutPrefix(place.Group.Unit(), own)
	return here && place.Group.In(groupSlice(app, place)) && strings.Trim(strings.TrimSuffix(random, ".scope"), "x") == "" ||
		w.Getenv(loopVariable) == strconv.Itoa(w.PID)
}

// mayComeBack tells what a launch cannot see the end of.
func mayComeBack(path string) bool { return isScript(path) || target.IsElectroscope(path) }

// marked is the environment with our PID in it. A mark of another's, inherited, goes:
// of two variables of a name, the first is the one that is read.
func marked(w World) []string {
	env := slices.DeleteFunc(slices.Clone(w.Env), func(e string) bool { return strings.HasPrefix(e, loopVariable+"=") })
	return append(env, loopVariable+"="+strconv.Itoa(w.PID))
}

// loopGuard refuses the candidates that would only come back here.
func loopGuard(w World, again bool) func(path string) string {
	return func(path string) string {
		script := isScript(path)
		switch {
		case again && script:
			return "is a script that calls electroscope again"
		case again && target.IsElectroscope(path):
			return "is electroscope itself"
		case script && calledBy(w, path):
			return "is the script that calls electroscope"
		}
		return ""
	}
}

// isScript tells whether something interprets the file: all that is no ELF, for what
// execve(2) does not know goes to the shell.
func isScript(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	var magic [4]byte
	n, _ := f.Read(magic[:])
	return n > 0 && string(magic[:]) != "\x7fELF"
}

// maxAncestors bounds the way up; maxLaps is how often a script may stand above
// us without being our parent (an app started by a script opens a link).
const (
	maxAncestors = 64
	maxLaps      = 3
)

// calledBy tells whether the script at path is what started us: our parent
// interprets it, or it stands above us again and again.
func calledBy(w World, path string) bool {
	laps := 0
	pid := os.Getppid()
	for i := 0; i < maxAncestors && pid > 1; i++ {
		cmdline, err := os.ReadFile(w.Proc + "/" + strconv.Itoa(pid) + "/cmdline")
		if err != nil {
			return false
		}
		if slices.Contains(strings.Split(string(cmdline), "\x00"), path) {
			laps++
			if i == 0 || laps == maxLaps {
				return true
			}
		}
		pid = parent(w.Proc, pid)
	}
	return false
}

// parent is the fourth field of /proc/PID/stat, proc_pid_stat(5); the second,
// in parentheses, may hold anything.
func parent(proc string, pid int) int {
	stat, err := os.ReadFile(proc + "/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(stat[bytes.LastIndexByte(stat, ')')+1:], []byte{' '})
	if f := bytes.Fields(rest); len(f) > 1 {
		ppid, _ := strconv.Atoi(string(f[1]))
		return ppid
	}
	return 0
}
