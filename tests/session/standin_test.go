//go:build rig

package session

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
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
//	next HOW becomes the next of its own name on PATH, as version managers and
//	         compiler caches do; HOW is exec, fork, or orphan (in a session of
//	         its own, not waited for), with "clean" for an environment of PATH
//	         alone, and "off" to take its own folder off PATH before
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

// electronMark is Electron's fuse wire (electron/fuses, src/constants.ts): a program
// that holds it among its constants is examined to be Electron.
const electronMark = "\x00dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x00"

func standIn(exe, then string) int {
	fmt.Fprint(io.Discard, electronMark)
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
	case "next":
		return next(exe, number)
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

// next is a shim: it starts the next program of its own name that is another file.
func next(exe, how string) int {
	name, path := filepath.Base(exe), strings.Split(os.Getenv("PATH"), ":")
	if strings.Contains(how, "off") {
		path = slices.DeleteFunc(path, func(dir string) bool { return dir == filepath.Dir(exe) })
		os.Setenv("PATH", strings.Join(path, ":"))
	}
	if strings.Contains(how, "clean") {
		path, home, runtime := os.Getenv("PATH"), os.Getenv("HOME"), os.Getenv("XDG_RUNTIME_DIR")
		config := os.Getenv("XDG_CONFIG_HOME")
		os.Clearenv()
		for _, v := range []string{"PATH=" + path, "HOME=" + home, "XDG_RUNTIME_DIR=" + runtime, "XDG_CONFIG_HOME=" + config} {
			name, value, _ := strings.Cut(v, "=")
			os.Setenv(name, value)
		}
	}
	self, _ := os.Stat(exe)
	for _, dir := range path {
		found, err := os.Stat(dir + "/" + name)
		if err != nil || os.SameFile(found, self) {
			continue
		}
		c := exec.Command(dir+"/"+name, os.Args[1:]...)
		c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
		switch {
		case strings.Contains(how, "fork"):
			c.Run()
			return c.ProcessState.ExitCode()
		case strings.Contains(how, "orphan"):
			c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
			if c.Start() != nil {
				return 98
			}
			return 0
		}
		fmt.Fprintln(os.Stderr, "stand-in:", syscall.Exec(c.Path, c.Args, os.Environ()))
		return 98
	}
	return 127
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
