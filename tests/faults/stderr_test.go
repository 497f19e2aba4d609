//go:build rig

package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// said always: the rig's manager has no memory controller to give.
const talkative = catalogue

// A sink is an stderr that cannot be written to. What it needs is closed or ended
// by the test's cleanup.
type sink struct {
	name string
	open func(t *testing.T) *os.File
}

func pipe(t *testing.T) (r, w *os.File) {
	r, w, err := os.Pipe()
	try(t, err)
	t.Cleanup(func() { r.Close(); w.Close() })
	return r, w
}

// fill writes until it would block, then lets the next one wait.
func fill(t *testing.T, f *os.File) *os.File {
	fd := int(f.Fd())
	try(t, syscall.SetNonblock(fd, true))
	for size := 4096; size > 0; size /= 2 {
		for {
			if _, err := syscall.Write(fd, make([]byte, size)); err == syscall.EAGAIN {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	}
	try(t, syscall.SetNonblock(fd, false))
	return f
}

// terminal is a pseudo-terminal (pty(7)): the master, and the terminal itself.
func terminal(t *testing.T) (master, slave *os.File) {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	try(t, err)
	t.Cleanup(func() { master.Close() })
	var number, unlock int32
	try(t, call(syscall.SYS_IOCTL, master.Fd(), syscall.TIOCSPTLCK, uintptr(unsafe.Pointer(&unlock))))
	try(t, call(syscall.SYS_IOCTL, master.Fd(), syscall.TIOCGPTN, uintptr(unsafe.Pointer(&number))))
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	try(t, err)
	t.Cleanup(func() { slave.Close() })
	return master, slave
}

func socketPair(t *testing.T) (a, b *os.File) {
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	try(t, err)
	a, b = os.NewFile(uintptr(fds[0]), "a"), os.NewFile(uintptr(fds[1]), "b")
	t.Cleanup(func() { a.Close(); b.Close() })
	return a, b
}

var sinks = []sink{
	{"a pipe whose reader has gone", func(t *testing.T) *os.File {
		r, w := pipe(t)
		r.Close()
		return w
	}},
	{"a pipe that is full", func(t *testing.T) *os.File {
		_, w := pipe(t)
		return fill(t, w)
	}},
	{"a pipe with room for a byte", func(t *testing.T) *os.File {
		r, w := pipe(t)
		fill(t, w)
		_, err := io.ReadFull(r, make([]byte, 1))
		try(t, err)
		return w
	}},
	{"a FIFO that is full", func(t *testing.T) *os.File {
		path := t.TempDir() + "/fifo"
		try(t, syscall.Mkfifo(path, 0o600))
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		try(t, err)
		t.Cleanup(func() { f.Close() })
		return fill(t, f)
	}},
	{"a socket whose reader has gone", func(t *testing.T) *os.File {
		a, b := socketPair(t)
		b.Close()
		return a
	}},
	{"a socket that is full", func(t *testing.T) *os.File {
		a, _ := socketPair(t)
		return fill(t, a)
	}},
	{"a terminal that was stopped by Ctrl-S", func(t *testing.T) *os.File {
		master, slave := terminal(t)
		_, err := master.Write([]byte{'S' & 0x1f})
		try(t, err)
		return slave
	}},
	{"a terminal that nobody reads", func(t *testing.T) *os.File {
		_, slave := terminal(t)
		return fill(t, slave)
	}},
	{"a terminal that has gone", func(t *testing.T) *os.File {
		master, slave := terminal(t)
		master.Close()
		return slave
	}},
	{"a full file system", func(t *testing.T) *os.File { return opened(t, "/dev/full", os.O_WRONLY) }},
	{"open to read only", func(t *testing.T) *os.File { return opened(t, "/dev/null", os.O_RDONLY) }},
	{"a folder", func(t *testing.T) *os.File { return opened(t, "/", os.O_RDONLY) }},
	{"an eventfd that is full", func(t *testing.T) *os.File {
		fd, _, errno := syscall.Syscall(syscall.SYS_EVENTFD2, 0, syscall.O_CLOEXEC, 0)
		if errno != 0 {
			t.Fatal(errno)
		}
		f := os.NewFile(fd, "eventfd")
		t.Cleanup(func() { f.Close() })
		_, err := f.Write([]byte{0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
		try(t, err)
		return f
	}},
}

func opened(t *testing.T, path string, flags int) *os.File {
	f, err := os.OpenFile(path, flags, 0)
	try(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

// TestStderr has the launch something to say where it cannot be said.
func TestStderr(t *testing.T) {
	s := newStage(t, "/bin/sh", talkative)
	if l, err := s.run(s.env); err != nil || l.said == "" {
		t.Fatalf("a launch without a fault has nothing to say; %v", err)
	}
	a := newArea(t, "an stderr that cannot be written to")
	for _, sink := range sinks {
		for _, ignoring := range []string{"", "signal 13 ignored"} {
			err := s.toSink(sink.open(t), ignoring)
			a.try(strings.TrimSpace(sink.name+" "+ignoring), "", err)
		}
	}
	a.try("a background job under stty tostop", "", s.inBackground(t))
}

// toSink launches the app, a shell, which says on stdout that it runs.
func (s *stage) toSink(stderr *os.File, attribute string) error {
	ctx, cancel := context.WithTimeout(context.Background(), late)
	defer cancel()
	of := inheriting(attribute, s.link(), s.link(), "-c", "echo up")
	c := exec.CommandContext(ctx, of.Path, of.Args[1:]...)
	var out bytes.Buffer
	c.Env, c.Dir, c.Stdout, c.Stderr, c.WaitDelay = s.env, s.dir, &out, stderr, time.Second
	err := c.Run()
	if out.String() != "up\n" {
		return fmt.Errorf("the app does not run: %w", errors.Join(err, ctx.Err()))
	}
	return nil
}

// inBackground launches in a process group that is not the terminal's, in a
// session with tostop (termios(3)): a write stops the job.
func (s *stage) inBackground(t *testing.T) error {
	_, slave := terminal(t)
	out, err := os.Create(s.dir + "/background")
	if err != nil {
		return err
	}
	defer out.Close()
	// The shell leads the session; with job control its job has a group of its own.
	c := exec.Command("/bin/sh", "-c", `stty tostop; set -m; "$0" -c 'echo up' >&3 & wait`, s.link())
	c.Env, c.Dir, c.ExtraFiles = s.env, s.dir, []*os.File{out}
	c.Stdin, c.Stdout, c.Stderr = slave, slave, slave
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		return err
	}
	// The terminal's end hangs up and continues what is stopped in it.
	signal.Ignore(syscall.SIGTTOU)
	defer signal.Reset(syscall.SIGTTOU)
	defer c.Wait()
	defer c.Process.Kill()
	if !until(late, func() bool { text, _ := os.ReadFile(out.Name()); return string(text) == "up\n" }) {
		return errors.New("the app does not run")
	}
	return nil
}
