package render

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

func TestStyle(t *testing.T) {
	colour := Style{true}
	for got, want := range map[string]string{
		colour.Heading("memory"): "\x1b[1mmemory\x1b[0m",
		colour.Note("note"):      "\x1b[33mnote\x1b[0m",
		colour.Failure("NOT"):    "\x1b[31mNOT\x1b[0m",
		colour.Failure(""):       "",
		Style{}.Heading("plain"): "plain",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// terminal is one end of a new pseudo-terminal.
func terminal(t *testing.T) *os.File {
	t.Helper()
	f, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestWidth(t *testing.T) {
	tty := terminal(t)
	unset := func(string) string { return "" }
	if w := NewWriter(tty, unset).Width; w != 80 {
		t.Errorf("of a terminal that does not say: %d", w)
	}
	size := struct{ rows, columns, x, y uint16 }{24, 132, 0, 0}
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, tty.Fd(), syscall.TIOCSWINSZ, uintptr(unsafe.Pointer(&size))); errno != 0 {
		t.Fatal(errno)
	}
	if w := NewWriter(tty, unset).Width; w != 132 {
		t.Errorf("of a terminal with 132 columns: %d", w)
	}
	if w := NewWriter(&strings.Builder{}, unset).Width; w != 80 {
		t.Errorf("of a pipe: %d", w)
	}
	for columns, want := range map[string]int{"100": 100, "0": 132, "-1": 132, "many": 132} {
		if w := NewWriter(tty, func(string) string { return columns }).Width; w != want {
			t.Errorf("COLUMNS=%s: %d", columns, w)
		}
	}
}

func TestStyleOf(t *testing.T) {
	regular, err := os.Create(t.TempDir() + "/out")
	if err != nil {
		t.Fatal(err)
	}
	defer regular.Close()
	tty := terminal(t)
	for _, test := range []struct {
		out           any
		term, noColor string
		want          bool
	}{
		{tty, "xterm-256color", "", true},
		{tty, "linux", "", true},
		{tty, "dumb", "", false},
		{tty, "", "", false},
		{tty, "xterm", "1", false},
		{tty, "xterm", "0", false}, // any value, says no-color.org
		{regular, "xterm", "", false},
		{&strings.Builder{}, "xterm", "", false},
	} {
		env := map[string]string{"TERM": test.term, "NO_COLOR": test.noColor}
		out := test.out.(interface{ Write([]byte) (int, error) })
		if got := StyleOf(out, func(name string) string { return env[name] }); got.colour != test.want {
			t.Errorf("%T, %v: colour %v", test.out, env, got.colour)
		}
	}
}
