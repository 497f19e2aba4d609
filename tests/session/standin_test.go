//go:build rig

package session

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
)

// A stand-in is this test binary under an app's name: it writes down how it was
// started, then does what the file beside it says. It takes nothing from its
// arguments and environment, so that those can be anything.
//
//	exit N   ends with that status
//	die N    ends by that signal
//	wait     lives until it is killed; SIGUSR1 it writes down
const thenSuffix = ".then"

// A report is what a stand-in saw.
type report struct {
	PID, PPID int
	Dir       string
	Args, Env [][]byte
	Stdio     [3]string // what the descriptors are, by device and inode
	Group     string    // its line in the unified hierarchy
	OOM       string
}

func reportFile(exe string, pid int) string { return exe + ".report." + strconv.Itoa(pid) }

// heardFile is there once the stand-in has been reached by SIGUSR1.
func heardFile(exe string, pid int) string { return exe + ".heard." + strconv.Itoa(pid) }

func standIn(exe, then string) int {
	usr1 := make(chan os.Signal, 1)
	signal.Notify(usr1, syscall.SIGUSR1)
	text, err := json.Marshal(observe())
	if err == nil {
		err = writeWhole(reportFile(exe, os.Getpid()), text)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "stand-in:", err)
		return 98
	}
	what, number, _ := strings.Cut(strings.TrimSpace(then), " ")
	n, _ := strconv.Atoi(number)
	switch what {
	case "exit":
		return n
	case "die":
		signal.Reset()
		syscall.Kill(os.Getpid(), syscall.Signal(n))
		select {}
	}
	for range usr1 {
		writeWhole(heardFile(exe, os.Getpid()), nil)
	}
	return 0
}

// observe reads the raw form from /proc: Go's own drops doubled variables.
func observe() report {
	r := report{PID: os.Getpid(), PPID: os.Getppid(), Group: groupOf(os.Getpid())}
	r.Dir, _ = os.Readlink("/proc/self/cwd")
	r.Args, r.Env = list("/proc/self/cmdline"), list("/proc/self/environ")
	oom, _ := os.ReadFile("/proc/self/oom_score_adj")
	r.OOM = strings.TrimSpace(string(oom))
	for fd := range r.Stdio {
		var s syscall.Stat_t
		if syscall.Fstat(fd, &s) == nil {
			r.Stdio[fd] = fmt.Sprintf("%d:%d", s.Dev, s.Ino)
		}
	}
	return r
}

func list(file string) [][]byte {
	text, _ := os.ReadFile(file)
	if len(text) == 0 {
		return nil
	}
	return bytes.Split(bytes.TrimSuffix(text, []byte{0}), []byte{0})
}

// groupOf is where a process stands in the unified hierarchy; empty if it is gone.
func groupOf(pid int) string {
	text, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cgroup")
	return groupIn(string(text))
}

func groupIn(text string) string {
	for line := range strings.SplitSeq(text, "\n") {
		if group, ok := strings.CutPrefix(line, "0::"); ok {
			return group
		}
	}
	return ""
}

// writeWhole makes a file that is there only with all of its text.
func writeWhole(file string, text []byte) error {
	if err := os.WriteFile(file+".new", text, 0o644); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
