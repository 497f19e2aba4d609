package launcher

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"electroscope/launcher/procstat"
	"electroscope/launcher/regular"
	"electroscope/launcher/wrapper"
)

// These look for what an environment that was cleared no longer says. They are
// asked only inside a scope of ours, about what may come back.

// maxAncestors bounds the way up. maxLaps is how often a program may stand above
// us: apps of several processes do so more than once without calling us.
const (
	maxAncestors = 64
	maxLaps      = 8
	maxCmdline   = 1 << 20 // a program's own path stands at the begin
)

// goesRound reports whether the program at path stands above us again and again.
func goesRound(w Process, path string) bool {
	laps, pid := 0, os.Getppid()
	for i := 0; i < maxAncestors && pid > 1; i++ {
		if runs(w, pid, path) {
			laps++
		}
		pid = parent(w.Proc, pid)
	}
	return laps >= maxLaps
}

// runs reports whether a process runs the program at path: it is that file, or an
// interpreter whose script is that file. That the path is among the arguments
// means nothing: timeout(1) and strace(1) have it there too.
func runs(w Process, pid int, path string) bool {
	proc := w.Proc + "/" + strconv.Itoa(pid)
	exe, known := fileID(proc + "/exe")
	if own, ok := fileID(path); !known || ok && own == exe {
		return known
	}
	interpreter := wrapper.Interpreter(path, wrapper.Search{Path: w.Getenv("PATH"), Dir: w.Dir})
	if id, ok := fileID(interpreter); !ok || id != exe {
		return false
	}
	cmdline, _ := regular.Read(proc+"/cmdline", maxCmdline)
	words := strings.Split(string(cmdline), "\x00")[1:]
	i := slices.IndexFunc(words, func(s string) bool { return !strings.HasPrefix(s, "-") })
	return i >= 0 && words[i] == path
}

// parent is the fourth field of /proc/PID/stat, proc_pid_stat(5).
func parent(proc string, pid int) int {
	n, _ := strconv.Atoi(procstat.Read(proc + "/" + strconv.Itoa(pid)).Field(4))
	return n
}

// longAgo is more than a wrapper takes to become the app.
const longAgo = 10 * time.Second

// old reports whether this process was started long ago: field 22 of stat, in
// ticks of a hundredth of a second since boot, beside the first of /proc/uptime.
func old(w Process) bool {
	uptime, _ := regular.Read(filepath.Join(w.Proc, "uptime"), 4096)
	first, _, _ := strings.Cut(string(uptime), " ")
	now, err := strconv.ParseFloat(first, 64)
	started, wrong := strconv.ParseFloat(procstat.Read(w.Proc+"/self").Field(22), 64)
	return err == nil && wrong == nil && now-started/100 > longAgo.Seconds()
}
