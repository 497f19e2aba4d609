//go:build rig

package session

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"unsafe"
)

// talkative is an app of whose launch there is always something to say: the rig has
// no memory controller.
const talkative = plain + "[apps.plain.limits]\nMemoryMax = \"9G\"\n"

// A deaf stderr takes no line.
type deaf func(s *stage) *os.File

// TestDeafStderr: whatever stderr is, the app starts, in its scope, and what it
// inherits is what it would have without us.
func TestDeafStderr(t *testing.T) {
	for name, make := range map[string]deaf{
		"pipe without a reader": func(s *stage) *os.File {
			r, w := s.pipe()
			r.Close()
			return w
		},
		"full pipe": func(s *stage) *os.File {
			_, w := s.pipe()
			fill(w)
			return w
		},
		"FIFO without a reader": func(s *stage) *os.File {
			s.must(syscall.Mkfifo(s.dir+"/fifo", 0o600))
			r := s.opened(s.dir+"/fifo", os.O_RDONLY|syscall.O_NONBLOCK)
			w := s.opened(s.dir+"/fifo", os.O_WRONLY)
			r.Close()
			return w
		},
		"socket without a peer": func(s *stage) *os.File {
			a, b := s.sockets()
			a.Close()
			return b
		},
		"full socket": func(s *stage) *os.File {
			_, b := s.sockets()
			fill(b)
			return b
		},
		"stopped terminal": func(s *stage) *os.File {
			_, slave := s.terminal()
			const tcxonc, tcooff = 0x540a, 0 // tcflow(3), as Ctrl-S
			s.ioctl(slave, tcxonc, tcooff)
			return slave
		},
		"full terminal": func(s *stage) *os.File {
			_, slave := s.terminal()
			fill(slave)
			return slave
		},
		"terminal that is gone": func(s *stage) *os.File {
			master, slave := s.terminal()
			master.Close()
			return slave
		},
		"full device": func(s *stage) *os.File { return s.opened("/dev/full", os.O_WRONLY) },
		"for reading": func(s *stage) *os.File { return s.opened("/etc/passwd", os.O_RDONLY) },
		"a folder":    func(s *stage) *os.File { return s.opened("/", os.O_RDONLY) },
	} {
		for _, trap := range []string{"", "trap '' PIPE; "} {
			t.Run(name+trap, func(t *testing.T) {
				s := newStage(t)
				s.catalogue(talkative)
				exe := s.standIn("plain-app", "wait")
				s.link()
				stderr := make(s)
				p := s.startWith(func(c *exec.Cmd) { c.Stderr = stderr }, "/bin/sh", "-c", trap+`exec "$0" x`, s.links+"/plain")
				r, ok := p.reportWithin(late, exe)
				if !ok {
					t.Fatal("the app does not start")
				}
				if !in(r.Group, "app-electron.slice") {
					t.Errorf("it runs in %q", r.Group)
				}
				var want syscall.Stat_t
				s.must(syscall.Fstat(int(stderr.Fd()), &want))
				if id := fmt.Sprintf("%d:%d", want.Dev, want.Ino); r.Stdio[2] != id {
					t.Errorf("its stderr is %s, not %s", r.Stdio[2], id)
				}
			})
		}
	}
}

// TestTostop: a job in the background of a terminal that stops those that write to it
// (stty tostop), as under a shell with job control.
func TestTostop(t *testing.T) {
	s := newStage(t)
	s.catalogue(talkative)
	exe := s.standIn("plain-app", "wait")
	s.link()
	_, slave := s.terminal()
	s.startWith(func(c *exec.Cmd) {
		c.Stdin, c.Stdout, c.Stderr = slave, slave, slave
		c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	}, "/bin/sh", "-c", `stty tostop; set -m; "$0" & echo $! >"$1"; wait`, s.links+"/plain", s.dir+"/pid")
	r := reportOf(t, exe, pidFrom(t, s.dir+"/pid"))
	if !in(r.Group, "app-electron.slice") {
		t.Errorf("it runs in %q", r.Group)
	}
}

// TestPipeTakesTheLine: a pipe that is read gets the whole line.
func TestPipeTakesTheLine(t *testing.T) {
	s := newStage(t)
	s.catalogue(talkative)
	exe := s.standIn("plain-app", "exit 0")
	s.link()
	read, write := s.pipe()
	p := s.startWith(func(c *exec.Cmd) { c.Stderr = write }, "plain")
	p.report(exe)
	write.Close()
	text := make([]byte, 4096)
	n, err := read.Read(text)
	s.must(err)
	if err := oneLine(string(text[:n]), "electroscope: note: plain runs without MemoryMax", nil); err != nil {
		t.Error(err)
	}
}

func (s *stage) opened(path string, flags int) *os.File {
	s.t.Helper()
	f, err := os.OpenFile(path, flags, 0)
	s.must(err)
	s.t.Cleanup(func() { f.Close() })
	return f
}

func (s *stage) pipe() (r, w *os.File) {
	s.t.Helper()
	r, w, err := os.Pipe()
	s.must(err)
	s.t.Cleanup(func() { r.Close(); w.Close() })
	return r, w
}

func (s *stage) sockets() (a, b *os.File) {
	s.t.Helper()
	p, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	s.must(err)
	a, b = os.NewFile(uintptr(p[0]), "socket"), os.NewFile(uintptr(p[1]), "socket")
	s.t.Cleanup(func() { a.Close(); b.Close() })
	return a, b
}

// terminal gives both ends of a pseudo-terminal (pts(4)).
func (s *stage) terminal() (master, slave *os.File) {
	s.t.Helper()
	master = s.opened("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY)
	var unlocked, number int32
	s.ioctl(master, syscall.TIOCSPTLCK, uintptr(unsafe.Pointer(&unlocked)))
	s.ioctl(master, syscall.TIOCGPTN, uintptr(unsafe.Pointer(&number)))
	return master, s.opened(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY)
}

func (s *stage) ioctl(f *os.File, request, value uintptr) {
	s.t.Helper()
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), request, value); errno != 0 {
		s.t.Fatalf("ioctl %#x: %v", request, errno)
	}
}

// fill writes until a file takes no more, and leaves it to wait as before.
func fill(f *os.File) {
	fd := int(f.Fd())
	syscall.SetNonblock(fd, true)
	for _, size := range []int{4096, 1} {
		block := make([]byte, size)
		for _, err := syscall.Write(fd, block); err == nil; _, err = syscall.Write(fd, block) {
		}
	}
	syscall.SetNonblock(fd, false)
}
