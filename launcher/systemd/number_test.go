package systemd

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"electroscope/launcher/dbus"
)

// TestNumberFor: a listener in our PID namespace takes our own number; one in another
// is told none. tests/session has the launch in a namespace that the manager is not in.
func TestNumberFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "socket")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if n := number(t, path); n != os.Getpid() {
		t.Errorf("here: %d, want %d", n, os.Getpid())
	}
	if os.Getuid() != 0 {
		t.Skip("only root makes PID namespaces everywhere")
	}
	elsewhere := filepath.Join(t.TempDir(), "socket")
	listener := exec.Command(os.Args[0], "-test.run=^TestListen$")
	listener.Env = append(os.Environ(), "LISTEN_AT="+elsewhere)
	listener.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWPID, Pdeathsig: syscall.SIGKILL}
	if err := listener.Start(); err != nil {
		t.Fatal(err)
	}
	defer listener.Wait()
	defer listener.Process.Kill()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if conn, err := net.Dial("unix", elsewhere); err == nil {
			conn.Close()
			break
		}
		if time.Now().After(end) {
			t.Fatal("nobody listens")
		}
	}
	if n := number(t, elsewhere); n != 0 {
		t.Errorf("in a namespace below ours: %d, want 0", n)
	}
}

// TestListen is the other process of TestNumberFor.
func TestListen(t *testing.T) {
	at := os.Getenv("LISTEN_AT")
	if at == "" {
		return
	}
	l, err := net.Listen("unix", at)
	if err != nil {
		t.Fatal(err)
	}
	for { // who greets is to find it open
		if _, err := l.Accept(); err != nil {
			t.Fatal(err)
		}
	}
}

func number(t *testing.T, path string) int {
	t.Helper()
	c, err := dbus.Dial(path, time.Now().Add(time.Second))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return (&Conn{Conn: c}).numberFor(os.Getpid())
}
