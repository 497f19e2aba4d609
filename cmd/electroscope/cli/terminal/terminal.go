// Package terminal takes a terminal for a full screen, and gives it back as it was.
package terminal

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"golang.org/x/term"
)

// A Terminal is the one that this process was started on, in raw mode, on its other screen.
type Terminal struct {
	Typed   chan string    // what was typed; closed at its end
	Signals chan os.Signal // [syscall.SIGWINCH], or one that asks to end or to go on

	in, out *os.File
	mu      sync.Mutex // over what follows: a panic may come from any goroutine
	before  *term.State
	shown   []string // what is on the screen
}

// signals are those that end a program, stop it, or let it go on (signal(7)).
var signals = []os.Signal{
	syscall.SIGWINCH, syscall.SIGTSTP, syscall.SIGCONT, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT,
}

// The other screen, without a cursor and with lines that are cut, not wrapped (xterm's ctlseqs,
// DECSET 1049, 25 and 7); and back.
const (
	enter = "\x1b[?1049h\x1b[?25l\x1b[?7l"
	leave = "\x1b[?7h\x1b[?25h\x1b[?1049l"
)

// ErrNone says that there is no terminal.
var ErrNone = errors.New("not a terminal")

// Open takes the terminal.
func Open(in, out *os.File) (*Terminal, error) {
	if !term.IsTerminal(int(in.Fd())) || !term.IsTerminal(int(out.Fd())) {
		return nil, ErrNone
	}
	t := &Terminal{Typed: make(chan string), Signals: make(chan os.Signal, 16), in: in, out: out}
	signal.Notify(t.Signals, signals...)
	if err := t.take(); err != nil {
		return nil, err
	}
	go t.read()
	return t, nil
}

func (t *Terminal) take() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	before, err := term.MakeRaw(int(t.in.Fd()))
	if err != nil {
		return fmt.Errorf("cannot put the terminal into raw mode: %w", err)
	}
	if t.before == nil {
		t.before = before
	}
	t.shown = nil
	_, err = t.out.WriteString(enter)
	return err
}

// Close gives the terminal back. It may be called more than once, and after what failed.
func (t *Terminal) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.before == nil {
		return
	}
	t.out.WriteString(leave)
	term.Restore(int(t.in.Fd()), t.before)
	t.before = nil
}

// Guard gives the terminal back before a panic of the goroutine that defers it is printed.
func (t *Terminal) Guard() {
	if p := recover(); p != nil {
		t.Close()
		panic(p)
	}
}

func (t *Terminal) read() {
	defer t.Guard()
	defer close(t.Typed)
	buffer := make([]byte, 256)
	for {
		n, err := t.in.Read(buffer)
		if n > 0 {
			t.Typed <- string(buffer[:n])
		}
		if err != nil || n == 0 {
			return
		}
	}
}

// Size is that of the screen. A terminal that does not say has the size of a VT100.
func (t *Terminal) Size() (width, height int) {
	width, height, err := term.GetSize(int(t.out.Fd()))
	if err != nil || width <= 0 || height <= 0 {
		return 80, 24
	}
	return width, height
}

// Draw shows lines: those that have changed, in one write.
func (t *Terminal) Draw(lines []string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := paint(t.shown, lines)
	t.shown = lines
	if text == "" || t.before == nil {
		return nil
	}
	_, err := t.out.WriteString(text)
	return err
}

// Forget has the next Draw paint all of the screen.
func (t *Terminal) Forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.shown = nil
}

// Suspend gives the terminal back, and stops this process until somebody lets it go on. Then, and
// after a stop that did not come through here, the terminal is taken again.
func (t *Terminal) Suspend() error {
	t.Close()
	raise(syscall.SIGTSTP)
	return t.take()
}

// Resume takes the terminal again after a SIGCONT: whoever had it meanwhile has set it anew.
func (t *Terminal) Resume() error { return t.take() }

// End gives the terminal back and ends this process by the signal, as whoever sent it expects.
func (t *Terminal) End(s syscall.Signal) {
	t.Close()
	raise(s)
}
