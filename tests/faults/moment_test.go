//go:build rig

package faults

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A moment is what happens while a launch waits for the manager: it has decided what it will run, and
// is about to become it.
type moment struct {
	name      string
	happens   func(s *stage) error
	mayRefuse bool // there is no program any more
}

// put has something else in the place of a file at once, as an update does it.
func put(path string, make func(aside string) error) error {
	aside := path + ".new"
	if err := make(aside); err != nil {
		return err
	}
	return os.Rename(aside, path)
}

func shell(aside string) error {
	text, err := os.ReadFile("/bin/sh")
	if err != nil {
		return err
	}
	return os.WriteFile(aside, text, 0o755)
}

func written(text string, mode os.FileMode) func(string) error {
	return func(aside string) error { return os.WriteFile(aside, []byte(text), mode) }
}

// app has the program replaced by something else.
func app(make func(aside string) error) func(s *stage) error {
	return func(s *stage) error { return put(s.app(), make) }
}

var moments = []moment{
	{"the program is replaced by a newer one", app(shell), false},
	{"the program is replaced by a script", app(written("#!/bin/sh\nexec /bin/sh \"$@\"\n", 0o755)), false},
	{"the program is replaced by a script without #!", app(written("exec /bin/sh \"$@\"\n", 0o755)), false},
	{"the program is replaced by a link", app(func(aside string) error { return os.Symlink("/bin/sh", aside) }), false},
	{"the program is removed", func(s *stage) error { return os.Remove(s.app()) }, true},
	{"the program becomes a folder", func(s *stage) error {
		if err := os.Remove(s.app()); err != nil {
			return err
		}
		return os.Mkdir(s.app(), 0o755)
	}, true},
	{"the program becomes a link to nothing", app(func(aside string) error { return os.Symlink("/nonexistent", aside) }), true},
	{"the program becomes a link to itself", func(s *stage) error {
		return put(s.app(), func(aside string) error { return os.Symlink(s.app(), aside) })
	}, true},
	{"the program becomes a FIFO", app(func(aside string) error { return syscall.Mkfifo(aside, 0o755) }), true},
	{"the program becomes empty", app(written("", 0o755)), true},
	{"the program is cut off", app(written("\x7fELF", 0o755)), true},
	{"the program may not be executed any more", func(s *stage) error { return os.Chmod(s.app(), 0o644) }, true},
	{"the program is open for writing", func(s *stage) error {
		f, err := os.OpenFile(s.app(), os.O_WRONLY, 0)
		if err == nil {
			s.t.Cleanup(func() { f.Close() })
		}
		return err
	}, true},
	{"the script's interpreter is not there", app(written("#!/nonexistent/sh\n", 0o755)), true},
	{"its folder is moved away", func(s *stage) error { return os.Rename(s.bin, s.bin+".old") }, true},
	{"apps.toml is removed", func(s *stage) error { return os.Remove(s.catalogue()) }, false},
	{"apps.toml is replaced by nonsense", func(s *stage) error { return put(s.catalogue(), written("[[[", 0o644)) }, false},
	{"the link is removed", func(s *stage) error { return os.Remove(s.link()) }, false},
	{"the home is moved away", func(s *stage) error { return os.Rename(s.dir+"/home", s.dir+"/home.old") }, false},
	{"the cache becomes a file", func(s *stage) error {
		if err := os.RemoveAll(s.dir + "/cache"); err != nil {
			return err
		}
		return os.WriteFile(s.dir+"/cache", nil, 0o644)
	}, false},
	{"what launches note is removed", func(s *stage) error {
		return os.RemoveAll(os.Getenv("XDG_RUNTIME_DIR") + "/electroscope")
	}, false},
	{"the working folder is removed", func(s *stage) error { return os.RemoveAll(s.cwd) }, false},
}

// waits reports whether a process waits for an answer over a socket (proc_pid_syscall(5)).
func waits(pid int) bool {
	now, _ := os.ReadFile(fmt.Sprintf("/proc/%d/syscall", pid))
	return strings.HasPrefix(string(now), fmt.Sprint(syscall.SYS_RECVFROM, " "))
}

// asking reports whether the request has gone out: of the bus, the answer to the greeting has come
// by then, and no other than the manager's is awaited.
func asking(pid int) bool {
	if !waits(pid) {
		return false
	}
	time.Sleep(20 * time.Millisecond)
	return waits(pid)
}

// during launches while the manager stands still, has something happen, and lets it go on.
func (s *stage) during(t *testing.T, manager int, happens func() error) (launch, error) {
	if err := syscall.Kill(manager, syscall.SIGSTOP); err != nil {
		return launch{}, err
	}
	defer syscall.Kill(manager, syscall.SIGCONT)
	if !until(soon, func() bool { return state(manager) == 'T' }) {
		return launch{}, fmt.Errorf("the manager does not stop")
	}
	var happened error
	l, err := s.runWhile(s.env, func(*exec.Cmd) {}, func(pid int) {
		if !until(late, func() bool { return asking(pid) }) {
			happened = fmt.Errorf("the launch does not ask the manager")
			return
		}
		happened = happens()
		syscall.Kill(manager, syscall.SIGCONT)
	})
	if err == nil {
		err = happened
	}
	return l, err
}

// TestMoments has what a launch rests on change between its plan and its end.
func TestMoments(t *testing.T) {
	manager := managerPID(t)
	a := newArea(t, "files that change between plan and exec")
	first := newStage(t, "/bin/sh", catalogue)
	r := newRows(a, first, 1, func() (launch, error) { return first.during(t, manager, func() error { return nil }) })
	for _, m := range moments {
		s := newStage(t, "/bin/sh", catalogue)
		s.cwd = s.dir + "/cwd"
		s.must(os.Mkdir(s.cwd, 0o755))
		l, err := s.during(t, manager, func() error { return m.happens(s) })
		l.said = strings.ReplaceAll(l.said, s.dir, first.dir)
		l.said = strings.ReplaceAll(l.said, "sh: 0: getcwd() failed: No such file or directory\n", "") // the app's own
		r.launch("while it waits for the manager", m.name, m.mayRefuse, l, err)
	}
}
