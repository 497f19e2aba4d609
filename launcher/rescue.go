package launcher

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"electroscope/launcher/catalog"
	"electroscope/launcher/term"
)

// Rescue starts the program of a request after a panic of ours, whose value fault is:
// without limits and switches, and one line says so. It is called in a deferred
// function, and leans on nothing that a launch has found out. Like [Launch] it returns
// only if nothing was run.
//
// What ends the process outright cannot be caught: a stack that overflows, memory that
// the kernel does not give (package runtime).
func Rescue(w Process, r Request, fault any) error {
	return rescue(w, r, resolved{}, fault)
}

func rescue(w Process, r Request, s resolved, fault any) error {
	w.watch.pass()
	app := s.facts.Settings.App
	name := cmp.Or(app.ID, r.Name, filepath.Base(r.Command))
	text := fmt.Sprintf("electroscope failed, %v at %s", fault, panicked())
	const remedy = "please report it"
	if app.OnFailure == catalog.Refuse {
		return &ExitError{Status: ExitRefused, Text: name + " is not started: " + text, Remedy: remedy}
	}
	path, argv0 := s.facts.Program.Path, s.facts.Argv0
	if path == "" {
		path = nextOnPath(w, append(slices.Clip(app.Exec), cmp.Or(r.Command, r.Name)))
		argv0 = cmp.Or(r.Command, path)
	}
	if path == "" {
		return &ExitError{Status: ExitRefused, Text: text, Remedy: remedy}
	}
	say(w, term.Note, name+" runs without limits and switches: "+text+" ("+remedy+")")
	env := past{}.unmarked(w.Env)
	if file, ok := fileID(path); ok {
		env = append(env, loopVariable+"="+writeMark(append(readMark(w.Getenv(loopVariable)), run{w.PID, file})))
	}
	return become(path, append([]string{argv0}, app.CommandLine(r.Args)...), env)
}

// nextOnPath is the first of the programs that can be executed, is not electroscope and
// did not lead here; "" if there is none.
func nextOnPath(w Process, names []string) string {
	self, _ := fileID(w.Proc + "/self/exe")
	past := past{ran: readMark(w.Getenv(loopVariable))}
	for _, name := range names {
		folders := filepath.SplitList(w.Getenv("PATH"))
		if strings.Contains(name, "/") {
			folders = []string{w.Dir}
			if filepath.IsAbs(name) {
				folders = []string{"/"}
			}
		}
		for _, folder := range folders {
			path := filepath.Join(folder, name)
			info, err := os.Stat(path)
			id, ok := fileID(path)
			times, _ := past.times(id, w.PID)
			const execute = 1 // X_OK, access(2)
			if err == nil && ok && info.Mode().IsRegular() && id != self && times == 0 && syscall.Access(path, execute) == nil {
				return path
			}
		}
	}
	return ""
}

// panicked is the line of ours that panicked, "file.go:12".
func panicked() string {
	var counters [64]uintptr
	frames := runtime.CallersFrames(counters[:runtime.Callers(1, counters[:])])
	raised := false
	for {
		f, more := frames.Next()
		raised = raised || f.Function == "runtime.gopanic"
		if raised && !strings.HasPrefix(f.Function, "runtime.") {
			return filepath.Base(filepath.Dir(f.File)) + "/" + filepath.Base(f.File) + ":" + strconv.Itoa(f.Line)
		}
		if !more {
			return "a place that is not known"
		}
	}
}
