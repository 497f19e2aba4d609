package launcher

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// soon is how long a write may take that is not to wait.
const soon = 5 * time.Second

// writeTo ends the test where the write waits.
func writeTo(t *testing.T, d Descriptor, text string) (n int, err error) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		n, err = d.Write([]byte(text))
	}()
	select {
	case <-done:
	case <-time.After(soon):
		t.Fatal("the write waits")
	}
	return n, err
}

// open gives a descriptor that the test closes.
func open(t *testing.T, path string, flags int) int {
	t.Helper()
	fd, err := syscall.Open(path, flags|syscall.O_CLOEXEC, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(fd) })
	return fd
}

func pipe(t *testing.T) (read, write int) {
	t.Helper()
	var p [2]int
	if err := syscall.Pipe2(p[:], syscall.O_CLOEXEC); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(p[1]) })
	return p[0], p[1]
}

func sockets(t *testing.T) (a, b int) {
	t.Helper()
	p, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(p[1]) })
	return p[0], p[1]
}

// fill writes until a descriptor takes no more, and leaves it to wait as before.
func fill(t *testing.T, fd int) {
	t.Helper()
	if err := syscall.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 4096)
	for _, err := syscall.Write(fd, block); err == nil; _, err = syscall.Write(fd, block) {
	}
	for _, err := syscall.Write(fd, block[:1]); err == nil; _, err = syscall.Write(fd, block[:1]) {
	}
	if err := syscall.SetNonblock(fd, false); err != nil {
		t.Fatal(err)
	}
}

// terminal gives both ends of a pseudo-terminal.
func terminal(t *testing.T) (master, slave int) {
	t.Helper()
	master = open(t, "/dev/ptmx", syscall.O_RDWR|syscall.O_NOCTTY)
	var unlocked, number int32
	for request, value := range map[uintptr]*int32{syscall.TIOCSPTLCK: &unlocked, syscall.TIOCGPTN: &number} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(master), request, uintptr(unsafe.Pointer(value))); errno != 0 {
			t.Fatal(errno)
		}
	}
	return master, open(t, fmt.Sprintf("/dev/pts/%d", number), syscall.O_RDWR|syscall.O_NOCTTY)
}

func TestDescriptorLosesWhatWouldWait(t *testing.T) {
	for name, make := range map[string]func(t *testing.T) int{
		"pipe without a reader": func(t *testing.T) int {
			r, w := pipe(t)
			syscall.Close(r)
			return w
		},
		"full pipe": func(t *testing.T) int {
			r, w := pipe(t)
			t.Cleanup(func() { syscall.Close(r) })
			fill(t, w)
			return w
		},
		"FIFO without a reader": func(t *testing.T) int {
			path := filepath.Join(t.TempDir(), "fifo")
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Fatal(err)
			}
			r := open(t, path, syscall.O_RDONLY|syscall.O_NONBLOCK)
			w := open(t, path, syscall.O_WRONLY)
			syscall.Close(r)
			return w
		},
		"socket without a peer": func(t *testing.T) int {
			a, b := sockets(t)
			syscall.Close(a)
			return b
		},
		"full socket": func(t *testing.T) int {
			a, b := sockets(t)
			t.Cleanup(func() { syscall.Close(a) })
			fill(t, b)
			return b
		},
		"terminal stopped by Ctrl-S": func(t *testing.T) int {
			_, slave := terminal(t)
			const tcxonc, tcooff = 0x540a, 0 // tcflow(3): what Ctrl-S does, but at once
			if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(slave), tcxonc, tcooff); errno != 0 {
				t.Fatal(errno)
			}
			return slave
		},
		"terminal that is gone": func(t *testing.T) int {
			master, slave := terminal(t)
			syscall.Close(master)
			return slave
		},
		"full device":  func(t *testing.T) int { return open(t, "/dev/full", syscall.O_WRONLY) },
		"a folder":     func(t *testing.T) int { return open(t, "/", syscall.O_RDONLY) },
		"a place":      func(t *testing.T) int { return open(t, "/", 0x200000) }, // O_PATH
		"not open":     func(t *testing.T) int { return 1 << 20 },
		"not a number": func(t *testing.T) int { return -1 },
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := writeTo(t, Descriptor(make(t)), "a line\n"); err == nil {
				t.Error("no error")
			}
		})
	}
}

// A terminal that nobody reads makes room as the kernel moves what it has: it may
// take the line or lose it.
func TestDescriptorDoesNotWaitForTerminal(t *testing.T) {
	_, slave := terminal(t)
	for range 3 {
		fill(t, slave)
		writeTo(t, Descriptor(slave), strings.Repeat("a line\n", 1000))
	}
}

// readAll reads to the end, and closes.
func readAll(fd int) string {
	defer syscall.Close(fd)
	var text []byte
	buf := make([]byte, 4096)
	for n, err := syscall.Read(fd, buf); n > 0 && err == nil; n, err = syscall.Read(fd, buf) {
		text = append(text, buf[:n]...)
	}
	return string(text)
}

func TestDescriptorWrites(t *testing.T) {
	long := strings.Repeat("0123456789abcdef", 700) + "\n" // more than PIPE_BUF
	for _, text := range []string{"a line\n", long} {
		r, w := pipe(t)
		n, err := writeTo(t, Descriptor(w), text)
		syscall.Close(w)
		if got := readAll(r); n != len(text) || err != nil || got != text {
			t.Errorf("pipe: %d of %d bytes, %v; %d read", n, len(text), err, len(got))
		}
		path := filepath.Join(t.TempDir(), "log")
		if err := os.WriteFile(path, []byte("before\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := writeTo(t, Descriptor(open(t, path, syscall.O_WRONLY|syscall.O_APPEND)), text); err != nil {
			t.Errorf("file: %v", err)
		}
		if got, _ := os.ReadFile(path); string(got) != "before\n"+text {
			t.Errorf("file: %d bytes", len(got))
		}
		a, b := sockets(t)
		if _, err := writeTo(t, Descriptor(b), text); err != nil {
			t.Errorf("socket: %v", err)
		}
		if err := syscall.Shutdown(b, syscall.SHUT_WR); err != nil {
			t.Fatal(err)
		}
		if got := readAll(a); got != text {
			t.Errorf("socket: %d bytes read", len(got))
		}
	}
	master, slave := terminal(t)
	if _, err := writeTo(t, Descriptor(slave), "a line\n"); err != nil {
		t.Errorf("terminal: %v", err)
	}
	buf := make([]byte, 64)
	n, err := syscall.Read(master, buf)
	if err != nil || !bytes.HasPrefix(buf[:n], []byte("a line")) {
		t.Errorf("terminal: %q, %v", buf[:n], err)
	}
}

// A line must leave nothing behind: no flag on what others share, no signal blocked.
func TestDescriptorLeavesAllAsItWas(t *testing.T) {
	r, w := pipe(t)
	defer syscall.Close(r)
	flags := func() uintptr {
		f, _, _ := syscall.Syscall(syscall.SYS_FCNTL, uintptr(w), syscall.F_GETFL, 0)
		return f
	}
	signals := func() string {
		text, _ := os.ReadFile("/proc/thread-self/status")
		_, after, _ := strings.Cut(string(text), "SigBlk:")
		line, _, _ := strings.Cut(after, "\n")
		return line
	}
	StayOnMainThread()
	before, blocked := flags(), signals()
	if _, err := Descriptor(w).Write([]byte("a line\n")); err != nil {
		t.Fatal(err)
	}
	if flags() != before || signals() != blocked {
		t.Errorf("flags %x, were %x; blocked %s, were %s", flags(), before, signals(), blocked)
	}
}

func TestIsJournal(t *testing.T) {
	_, w := pipe(t)
	var st syscall.Stat_t
	if err := syscall.Fstat(w, &st); err != nil {
		t.Fatal(err)
	}
	own := fmt.Sprintf("%d:%d", st.Dev, st.Ino)
	for stream, want := range map[string]bool{own: true, "": false, own + "1": false, "1:2": false, "x": false} {
		if got := Descriptor(w).isJournal(stream); got != want {
			t.Errorf("JOURNAL_STREAM=%q: %v", stream, got)
		}
	}
}

func TestPieces(t *testing.T) {
	full := errors.New("full")
	var sizes []int
	n, err := pieces(make([]byte, 2*pipeBuf+10), func(b []byte) (int, error) {
		if len(sizes) == 2 {
			return 0, full
		}
		sizes = append(sizes, len(b))
		return len(b), nil
	})
	if n != 2*pipeBuf || err != full || fmt.Sprint(sizes) != "[4096 4096]" {
		t.Errorf("%d, %v, pieces %v", n, err, sizes)
	}
}
