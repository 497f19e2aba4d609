package cli

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// onTerminal runs a command of the tool whose stdout is a terminal of 60 columns, and
// returns what it wrote there. The master is read until it says EIO, which it does once
// all is read and no process has the other end any more: nothing is lost (pty(7)).
func onTerminal(t *testing.T, env []string, words ...string) string {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	ioctl := func(request uintptr, value unsafe.Pointer) {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, master.Fd(), request, uintptr(value)); errno != 0 {
			t.Fatal(errno)
		}
	}
	var number, locked int32
	ioctl(syscall.TIOCGPTN, unsafe.Pointer(&number))
	ioctl(syscall.TIOCSPTLCK, unsafe.Pointer(&locked))
	ioctl(syscall.TIOCSWINSZ, unsafe.Pointer(&struct{ rows, columns, x, y uint16 }{24, 60, 0, 0}))
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer slave.Close()
	var stderr strings.Builder
	c := exec.Command("/proc/self/exe") // TestMain makes it electroscope, by its name
	c.Args, c.Env, c.Stdout, c.Stderr = append([]string{"electroscope"}, words...), env, slave, &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	slave.Close()
	text, _ := io.ReadAll(master)
	if err := c.Wait(); err != nil || stderr.String() != "" {
		t.Fatalf("%v, stderr: %s", err, stderr.String())
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n") // ONLCR, termios(3)
}

// On a terminal, headings are bold and failures red, folded at its width; unless the user
// wants none of it.
func TestColour(t *testing.T) {
	m := newMachine(t, noCard)
	m.elf("bin/chat", electronLiterals("43.4.1", "150.0.7871.224", 150))
	m.config("apps.toml", "[apps.chat]\nmemory = \"1G\"\nheap = \"lots\"\n[apps.chat.limits]\nMemoryHigh = \"infinity\"\n[budget]\nmemory = \"infinity\"\ncpus = \"infinity\"\n")
	env := m.world().Env
	const limits = "memory 1G, no limit of its own on CPU and tasks"
	for _, test := range []struct {
		set    string
		colour bool
	}{{"TERM=xterm-256color", true}, {"TERM=dumb", false}, {"NO_COLOR=1", false}} {
		got := onTerminal(t, slices.Concat(env, []string{"TERM=xterm", test.set}), "explain", "chat")
		heading, failure := "limits    ", "note      without apps.chat.heap:"
		if test.colour {
			heading, failure = "\x1b[1mlimits\x1b[0m    ", "\x1b[1mnote\x1b[0m      \x1b[31mwithout apps.chat.heap:"
		}
		if !strings.HasPrefix(got, heading+limits+"\n") || !strings.Contains(got, "\n"+failure) || strings.Contains(got, "\x1b") != test.colour {
			t.Errorf("%s:\n%q", test.set, got)
		}
		for line := range strings.Lines(strings.NewReplacer("\x1b[1m", "", "\x1b[31m", "", "\x1b[33m", "", "\x1b[0m", "").Replace(got)) {
			if len(line) > len("\n")+60 && !strings.Contains(line, m.root) { // a path is not divided
				t.Errorf("%s: wider than the terminal: %q", test.set, line)
			}
		}
	}
}
