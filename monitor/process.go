package monitor

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"electroscope/launcher/procstat"
	"electroscope/launcher/regular"
)

// A Process is one process of an app.
type Process struct {
	PID     int           `json:"pid"`
	Parent  int           `json:"parent"`
	Command string        `json:"command"` // proc_pid_comm(5)
	Kind    Kind          `json:"kind"`
	Memory  Figure        `json:"memory"`  // resident, in bytes; what it shares with others is counted in each
	CPU     Figure        `json:"cpu"`     // microseconds since it started
	Started time.Duration `json:"started"` // since the machine was
}

// A Kind says what a process of a Chromium is for. Others are [Other].
type Kind string

const (
	Browser  Kind = "browser" // the main process
	Renderer Kind = "renderer"
	GPU      Kind = "gpu"
	Utility  Kind = "utility"
	Zygote   Kind = "zygote"
	Crash    Kind = "crash handler"
	Other    Kind = "other"
)

// kindNamed is what a value of --type says (content/public/common/content_switches.cc and
// third_party/crashpad's handler).
func kindNamed(value string) Kind {
	switch value {
	case "renderer":
		return Renderer
	case "gpu-process":
		return GPU
	case "utility":
		return Utility
	case "zygote":
		return Zygote
	case "crashpad-handler":
		return Crash
	}
	return Other
}

// words are those of /proc/PID/cmdline. A process of Chromium may have put them into one, with
// spaces between (base/process/set_process_title.cc).
func words(cmdline string) []string {
	return strings.FieldsFunc(cmdline, func(r rune) bool { return r == 0 || r == ' ' })
}

// kindOf reads --type from a command line.
func kindOf(cmdline string) Kind {
	first, _, _ := strings.Cut(cmdline, "\x00")
	program, _, _ := strings.Cut(first, " --")
	if strings.HasSuffix(program, "crashpad_handler") {
		return Crash
	}
	for _, word := range words(cmdline) {
		if value, ok := strings.CutPrefix(word, "--type="); ok {
			return kindNamed(value)
		}
	}
	return Other
}

// ticks is USER_HZ, in which /proc counts time: 100 on every architecture that Go has
// (include/asm-generic/param.h).
const ticks = 100

// largest is the most that is read of a command line: more than any switch that matters here
// stands behind.
const largest = 64 << 10

// process reads one process. ok is false if it has ended.
func (r Reader) process(pid int) (p Process, cmdline string, ok bool) {
	dir := r.Proc + "/" + strconv.Itoa(pid)
	stat, err := regular.Read(dir+"/stat", largest)
	if err != nil {
		return Process{}, "", false
	}
	if p, ok = parseStat(string(stat), uint64(os.Getpagesize())); !ok {
		return Process{}, "", false
	}
	words, _ := regular.Read(dir+"/cmdline", largest) // of a process that ends it is empty
	p.Kind = kindOf(string(words))
	return p, string(words), true
}

// Process is the process of that PID now. ok is false if it has ended.
func (r Reader) Process(pid int) (p Process, ok bool) {
	p, _, ok = r.process(pid)
	return p, ok
}

// Runs reports whether a process of a sample still runs, and not another one by its PID.
func (r Reader) Runs(p Process) bool {
	now, ok := r.Process(p.PID)
	return ok && now.Started == p.Started
}

// parseStat takes what is shown out of /proc/PID/stat.
func parseStat(text string, page uint64) (p Process, ok bool) {
	const pid, state, parent, utime, stime, start, rss = 1, 3, 4, 14, 15, 22, 24
	s := procstat.Parse(text)
	if s.Field(rss) == "" || s.Field(state) == "Z" || s.Field(state) == "X" { // it has ended
		return Process{}, false
	}
	p.PID, _ = strconv.Atoi(s.Field(pid))
	p.Parent, _ = strconv.Atoi(s.Field(parent))
	p.Command = s.Name()
	if n := ParseFigure(s.Field(rss)); n.known {
		p.Memory = Known(n.n * page)
	}
	if n := ParseFigure(s.Field(utime)).Plus(ParseFigure(s.Field(stime))); n.known {
		p.CPU = Known(n.n * (1e6 / ticks))
	}
	n := ParseFigure(s.Field(start))
	p.Started = time.Duration(n.n) * (time.Second / ticks)
	return p, p.PID > 0 && n.known
}

// IsOwn reports whether there is a process of that PID, and it is the user's.
func (r Reader) IsOwn(pid int) bool { return r.isOwn(strconv.Itoa(pid)) }

// Exists reports whether there is a process of that PID that can be seen (hidepid=, proc(5)).
func (r Reader) Exists(pid int) bool {
	var st syscall.Stat_t
	return syscall.Lstat(r.Proc+"/"+strconv.Itoa(pid), &st) == nil
}

// isOwn reports whether a process is the user's, by the owner of its folder.
func (r Reader) isOwn(pid string) bool {
	var st syscall.Stat_t
	return syscall.Lstat(r.Proc+"/"+pid, &st) == nil && int(st.Uid) == r.UID
}
