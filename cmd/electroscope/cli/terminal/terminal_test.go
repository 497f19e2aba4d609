package terminal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"testing"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// TestNoTerminal: a pipe is not one, and nothing is written to it.
func TestNoTerminal(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := Open(r, w); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
	w.Close()
	if text, err := io.ReadAll(r); len(text) > 0 || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

// pty is a terminal and its other end (pty(7)).
func pty(t *testing.T) (master, slave *os.File) {
	t.Helper()
	fd, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	master = os.NewFile(uintptr(fd), "master")
	t.Cleanup(func() { master.Close() })
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slaveFD, err := unix.Open(fmt.Sprintf("/dev/pts/%d", n), unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	slave = os.NewFile(uintptr(slaveFD), "slave")
	return master, slave
}

// TestGuard: a panic in any goroutine gives the terminal back before it is printed, and is not
// lost.
func TestGuard(t *testing.T) {
	master, slave := pty(t)
	before, err := term.GetState(int(slave.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	opened, err := Open(slave, slave)
	if err != nil {
		t.Fatal(err)
	}
	defer slave.Close()
	defer signal.Stop(opened.Signals)
	if raw, _ := term.GetState(int(slave.Fd())); *raw == *before {
		t.Error("the terminal is not raw")
	}
	if err := opened.Draw([]string{"one", "two"}); err != nil {
		t.Error(err)
	}
	var caught any
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer func() { caught = recover() }()
		defer opened.Guard()
		panic("out of ideas")
	}()
	<-ended
	if caught != "out of ideas" {
		t.Errorf("it was %v", caught)
	}
	if after, _ := term.GetState(int(slave.Fd())); *after != *before {
		t.Errorf("%+v, before %+v", after, before)
	}
	if err := opened.Draw([]string{"late"}); err != nil {
		t.Error(err)
	}
	opened.Close()
	const end = "end"
	if _, err := slave.WriteString(end); err != nil {
		t.Fatal(err)
	}
	want := enter + paint(nil, []string{"one", "two"}) + leave + end
	text := make([]byte, len(want))
	if _, err := io.ReadFull(master, text); err != nil || string(text) != want {
		t.Errorf("%q, %v, want %q", text, err, want)
	}
}

// TestSize: a terminal that does not say is a VT100.
func TestSize(t *testing.T) {
	_, slave := pty(t)
	defer slave.Close()
	opened := &Terminal{out: slave}
	if width, height := opened.Size(); width != 80 || height != 24 {
		t.Errorf("%dx%d", width, height)
	}
	if err := unix.IoctlSetWinsize(int(slave.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 50, Col: 132}); err != nil {
		t.Fatal(err)
	}
	if width, height := opened.Size(); width != 132 || height != 50 {
		t.Errorf("%dx%d", width, height)
	}
}
