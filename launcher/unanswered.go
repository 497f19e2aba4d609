package launcher

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"electroscope/launcher/mounts"
	"electroscope/launcher/plan"
	"electroscope/launcher/regular"
	"electroscope/launcher/systemd"
	"electroscope/launcher/term"
	"electroscope/launcher/xdg"
)

// A file of a dead network file system, or of a FUSE whose server stands still, holds
// whoever looks at it, and a thread held so may not even be killed: exec would wait
// for it too. An ordinary launch pays nothing to find out beforehand. A watch looks
// whether the launch stands still in a call about files; if it does, a process of
// its own starts the app around all such file systems, and this one waits for it
// and ends as it does.

// unansweredVariable tells electroscope that it is that process.
const unansweredVariable = "ELECTROSCOPE_UNANSWERED"

// A launch is held when every glance finds it in the same call, one after the other.
const (
	glance  = 400 * time.Millisecond
	glances = 4
)

// A watch is over one launch. The nil watch sees nothing.
type watch struct{ state atomic.Int32 }

const (
	watching int32 = iota
	passed         // nothing more can hold the launch
	replaced       // another process goes on
)

// Watched is the world with a watch over what a launch in it reads.
func (w Process) Watched() Process {
	if w.waits == nil {
		w.watch = &watch{}
		go func() {
			defer func() { _ = recover() }() // a launch without the watch is still a launch
			w.watch.over(w)
		}()
	}
	return w
}

func (x *watch) over(w Process) {
	last, same := "", 0
	for same < glances {
		systemd.Pause(glance)
		call := fileCall(w.Proc)
		if call == "" || call != last {
			last, same = call, 0
			continue
		}
		same++
	}
	table, _ := mounts.Read()
	held := slices.ContainsFunc(table, func(m mounts.Mount) bool { return m.Type.MayWait() })
	if held && x.state.CompareAndSwap(watching, replaced) {
		os.Exit(goAround(w))
	}
}

// check stays for good where another process has gone on.
func (x *watch) check() {
	if x != nil && x.state.Load() == replaced {
		select {}
	}
}

// pass ends the watch.
func (x *watch) pass() {
	if x != nil && !x.state.CompareAndSwap(watching, passed) {
		x.check()
	}
}

// fileCall is the system call that the main thread waits in, with its arguments, as
// proc_pid_syscall(5) has it; empty if it runs, or waits for something else than
// a file.
func fileCall(proc string) string {
	text, err := regular.Read(proc+"/self/syscall", 256)
	if err != nil {
		return ""
	}
	return aboutFiles(strings.TrimSpace(string(text)))
}

// aboutFiles is the call if it may be held by a file system. It is not if it
// waits by a clock of its own, or is execve(2), which would hold the bare app too.
func aboutFiles(call string) string {
	number, _, _ := strings.Cut(call, " ")
	switch number {
	case "running", "-1", "":
		return ""
	}
	for _, other := range []int{
		syscall.SYS_FUTEX, syscall.SYS_NANOSLEEP, syscall.SYS_EPOLL_PWAIT, syscall.SYS_PPOLL, syscall.SYS_RECVFROM, syscall.SYS_RECVMSG,
		syscall.SYS_SENDMSG, syscall.SYS_SENDTO, syscall.SYS_WAIT4, syscall.SYS_EXECVE,
	} {
		if number == strconv.Itoa(other) {
			return ""
		}
	}
	return call
}

// goAround starts electroscope once more, and gives the status that it ends with.
func goAround(w Process) int {
	env := append(slices.Clone(w.Env), unansweredVariable+"=1")
	pid, err := syscall.ForkExec("/proc/self/exe", os.Args, &syscall.ProcAttr{Env: env, Files: []uintptr{0, 1, 2}})
	if err != nil {
		say(w, term.Error, "a file system does not answer, and "+err.Error())
		return ExitRefused
	}
	var status syscall.WaitStatus
	for {
		_, err := syscall.Wait4(pid, &status, 0, nil)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return ExitRefused
		case status.Signaled():
			return 128 + int(status.Signal()) // as a shell has it
		default:
			return status.ExitStatus()
		}
	}
}

// around is the world for the process that goes around: what decides about the
// launch sees an environment without the folders that may wait.
func (w Process) around() Process {
	table, _ := mounts.Read()
	w.waits = table.MayWait
	w.Env = slices.DeleteFunc(w.Env, func(e string) bool { return strings.HasPrefix(e, unansweredVariable+"=") })
	var left []string
	w.seen, left = answering(w.Env, w.Getenv("HOME"), surroundings{waits: w.waits, names: names})
	for _, path := range left {
		w.notes = append(w.notes, plan.Note{Failure: true, Without: path, Text: "its file system does not answer"})
	}
	return w
}

// names returns the files in a folder; none if it cannot be listed.
func names(dir string) []string {
	entries, _ := os.ReadDir(dir)
	var list []string
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return list
}

// nowhere is a folder in which nothing is.
const nowhere = "/dev/null"

// A surroundings answers what is asked about folders without looking at one that may
// wait.
type surroundings struct {
	waits func(path string) bool
	names func(dir string) []string // the files in a folder
}

// configWaits reports whether a folder of configuration has a layer that may wait.
func (s surroundings) configWaits(dir string) bool {
	dir += "/electroscope"
	if s.waits(dir+"/apps.toml") || s.waits(dir+"/apps.d") {
		return true
	}
	return slices.ContainsFunc(s.names(dir+"/apps.d"), func(name string) bool { return s.waits(dir + "/apps.d/" + name) })
}

// ownWaits reports whether the folder of ours in a folder may wait.
func (s surroundings) ownWaits(dir string) bool { return s.waits(dir + "/electroscope") }

// answering gives an environment without the folders that may wait, and those. Of the
// programs on PATH only the way there is taken out: see [find].
func answering(env []string, home string, s surroundings) (seen, left []string) {
	seen = slices.Clone(env)
	dirs := xdg.Env(func(name string) string {
		if name == "HOME" {
			return home
		}
		value, _ := lookup(env, name)
		return value
	})
	display, _ := lookup(env, "WAYLAND_DISPLAY")
	for _, v := range []struct {
		name, path, instead string
		waits               func(string) bool
	}{
		{"XDG_CONFIG_HOME", dirs.ConfigHome(), nowhere, s.configWaits},
		{"XDG_CACHE_HOME", dirs.CacheHome(), nowhere, s.ownWaits},
		{"XDG_RUNTIME_DIR", dirs.RuntimeDir(), "", s.ownWaits},
		{"WAYLAND_DISPLAY", display, "", s.waits},
	} {
		if filepath.IsAbs(v.path) && v.waits(v.path) {
			seen = setVariable(seen, v.name, v.instead)
			left = append(left, v.path)
		}
	}
	for _, v := range []struct {
		name, usual string
		waits       func(string) bool
	}{
		{"XDG_CONFIG_DIRS", xdg.UsualConfigDirs, s.configWaits},
		{"PATH", "", s.waits},
		{"LIBVA_DRIVERS_PATH", "", s.waits},
	} {
		list, _ := lookup(seen, v.name)
		kept, dropped := split(cmp.Or(list, v.usual), func(dir string) bool { return filepath.IsAbs(dir) && v.waits(dir) })
		if len(dropped) > 0 {
			seen = setVariable(seen, v.name, strings.Join(append(kept, nowhere), ":"))
			left = append(left, dropped...)
		}
	}
	slices.Sort(left)
	return seen, slices.Compact(left)
}

// split divides a list such as PATH.
func split(list string, drop func(string) bool) (kept, dropped []string) {
	for dir := range strings.SplitSeq(list, ":") {
		if drop(dir) {
			dropped = append(dropped, dir)
		} else {
			kept = append(kept, dir)
		}
	}
	return kept, dropped
}

// setVariable gives every variable of a name a new value, or adds it.
func setVariable(env []string, name, value string) []string {
	env = slices.DeleteFunc(env, func(e string) bool { return strings.HasPrefix(e, name+"=") })
	return append(env, name+"="+value)
}
