//go:build rig

package session

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// A tmux is a terminal of its own with a shell in it. It is the machine's tmux(1), so these tests run
// in a rig of the machine's suite alone.
type tmux struct {
	s      *stage
	socket string
}

// newTmux starts a shell on a terminal of 80 columns and 24 lines.
func newTmux(s *stage) *tmux {
	s.t.Helper()
	// Among its words are icanon and -icanon.
	s.script("modes", "#!/bin/sh\necho modes are $(stty -a | tr ' ' '\\n' | grep -x -e '-*icanon;*' -e '-*echo;*' -e '-*isig;*').\n")
	m := &tmux{s, s.dir + "/tmux"}
	m.do("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "env PS1='$ ' bash --norc --noprofile")
	server, _ := strconv.Atoi(strings.TrimSpace(m.do("display-message", "-p", "#{pid}")))
	s.t.Cleanup(func() { syscall.Kill(server, syscall.SIGKILL) })
	m.see("$", func(screen string) bool { return strings.HasPrefix(screen, "$") })
	return m
}

func (m *tmux) do(words ...string) string {
	m.s.t.Helper()
	c := exec.Command("tmux", append([]string{"-S", m.socket}, words...)...)
	c.Env = append(m.s.env, "TERM=xterm-256color")
	out, err := c.CombinedOutput()
	if err != nil {
		m.s.t.Fatalf("tmux %s: %v\n%s", strings.Join(words, " "), err, out)
	}
	return string(out)
}

func (m *tmux) screen() string { return m.do("capture-pane", "-p") }

// keys are pressed; names are those of tmux(1), "C-c".
func (m *tmux) keys(names ...string) {
	m.s.t.Helper()
	m.do(append([]string{"send-keys"}, names...)...)
}

// line types one, and presses Enter.
func (m *tmux) line(text string) {
	m.s.t.Helper()
	m.do("send-keys", "-l", text)
	m.keys("Enter")
}

// see waits for a screen.
func (m *tmux) see(what string, is func(screen string) bool) string {
	m.s.t.Helper()
	var screen string
	if !until(soon, func() bool { screen = m.screen(); return is(screen) }) {
		m.s.t.Fatalf("no %s on the screen:\n%s", what, screen)
	}
	return screen
}

func (m *tmux) seeText(text string) string {
	m.s.t.Helper()
	return m.see(strconv.Quote(text), func(screen string) bool { return strings.Contains(screen, text) })
}

// checkGivenBack holds the terminal to what it was: its modes, its screen and its cursor.
func (m *tmux) checkGivenBack(how string) {
	m.s.t.Helper()
	if other := m.flag("alternate_on"); other {
		m.s.t.Errorf("%s: the other screen is left", how)
	}
	m.checkUsable(how)
}

func (m *tmux) flag(name string) bool {
	m.s.t.Helper()
	return strings.TrimSpace(m.do("display-message", "-p", "#{"+name+"}")) == "1"
}

// checkUsable holds it to modes, cursor and wrapping as a shell wants them.
func (m *tmux) checkUsable(how string) {
	m.s.t.Helper()
	m.line("modes")
	screen := m.see("modes", func(screen string) bool { return strings.Contains(screen, "modes are") })
	if !strings.Contains(screen, "modes are isig icanon echo.") {
		m.s.t.Errorf("%s: the terminal is left raw:\n%s", how, screen)
	}
	if !m.flag("cursor_flag") || !m.flag("wrap_flag") {
		m.s.t.Errorf("%s: cursor %v, wraps %v", how, m.flag("cursor_flag"), m.flag("wrap_flag"))
	}
	m.line("clear")
	m.see("a clear screen", func(screen string) bool { return strings.TrimSpace(screen) == "$" })
}

// top starts it, and returns its PID.
func (m *tmux) top(options string) int {
	m.s.t.Helper()
	m.line(electroscope() + " top " + options)
	m.seeText("q quit")
	pid := m.pid()
	if pid == 0 {
		m.s.t.Fatal("it shows a screen, and does not run")
	}
	return pid
}

// pid is that of the electroscope that runs; 0: none does.
func (m *tmux) pid() int {
	for _, link := range processesOf(electroscope()) {
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(link)))
		return pid
	}
	return 0
}

// TestTopScreen: what it shows of two real launches, by its keys and in each size.
func TestTopScreen(t *testing.T) {
	s := plainStage(t)
	first, second := s.start("plain"), s.start("plain")
	for _, p := range []*started{first, second} {
		p.report(s.bin + "/plain-app")
	}
	m := newTmux(s)
	m.top("--interval=0.2")
	row := func(p *started) string { return fmt.Sprintf("plain          %7d", p.pid()) }
	screen := m.see("two launches", func(screen string) bool {
		return strings.Contains(screen, row(first)) && strings.Contains(screen, row(second)) && strings.Contains(screen, "0%")
	})
	lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	if len(lines) != 24 || !strings.HasPrefix(lines[0], "electroscope top: 2 apps, by memory") || !strings.HasPrefix(lines[1], "RAM ") ||
		!strings.HasPrefix(lines[3], " APP                PID     UP") || !strings.HasPrefix(lines[23], "q quit  h help") {
		t.Errorf("%d lines:\n%s", len(lines), screen)
	}
	for _, key := range [][2]string{{"n", "by name"}, {"c", "by CPU"}, {"h", "electroscope top: keys"}} { // in this order: any key ends the help
		m.keys(key[0])
		m.seeText(key[1])
	}
	m.keys("Space") // back from help
	selected := func(p *started) func(string) bool {
		return func(screen string) bool { return strings.Contains(screen, ">"+row(p)) }
	}
	m.keys("n", "Home")
	m.see("the first selected", selected(first))
	m.keys("Down")
	m.see("the second selected", selected(second))
	for _, size := range [][2]int{{120, 40}, {40, 10}, {20, 3}, {80, 24}} {
		m.do("resize-window", "-x", strconv.Itoa(size[0]), "-y", strconv.Itoa(size[1]))
		m.see(fmt.Sprintf("screen of %v", size), func(screen string) bool {
			lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
			return len(lines) == size[1] && strings.HasPrefix(lines[size[1]-1], "q quit  h help")
		})
	}
	second.kill()
	m.see("one launch", func(screen string) bool { return !strings.Contains(screen, row(second)) })
	m.keys("q")
	m.see("end", func(string) bool { return m.pid() == 0 })
	m.checkGivenBack("q")
}

// TestTopEnds: however it ends, the terminal is as it was, and the status says how.
func TestTopEnds(t *testing.T) {
	s := plainStage(t)
	m := newTmux(s)
	for _, key := range []string{"q", "C-c"} {
		m.top("")
		m.keys(key)
		m.see("end", func(string) bool { return m.pid() == 0 })
		m.line("echo status $?")
		m.seeText("status 0")
		m.checkGivenBack(key)
	}
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT} {
		pid := m.top("")
		syscall.Kill(pid, signal)
		m.see("end", func(string) bool { return m.pid() == 0 })
		m.line("echo status $?")
		m.seeText(fmt.Sprintf("status %d", 128+int(signal)))
		m.checkGivenBack(signal.String())
	}
	// Nothing can be done about SIGKILL. reset(1) is what is left to do then. In tmux that does not
	// leave the other screen (input.c, INPUT_ESC_RIS), where a shell works as well.
	pid := m.top("")
	syscall.Kill(pid, syscall.SIGKILL)
	m.see("end", func(string) bool { return m.pid() == 0 })
	m.keys("C-j")
	m.line("reset")
	m.see("prompt", func(screen string) bool { return strings.TrimSpace(screen) == "$" })
	m.checkUsable("reset after SIGKILL")
}

// TestTopStops: job control gives the terminal to the shell and back, whoever sends the signal.
func TestTopStops(t *testing.T) {
	s := plainStage(t)
	m := newTmux(s)
	for how, stop := range map[string]func(pid int){
		"Ctrl-Z":  func(int) { m.keys("C-z") },
		"SIGTSTP": func(pid int) { syscall.Kill(pid, syscall.SIGTSTP) },
	} {
		pid := m.top("")
		stop(pid)
		m.seeText("Stopped")
		m.line("clear")
		m.checkGivenBack(how)
		m.line("fg")
		m.seeText("q quit")
		m.keys("q")
		m.see("end", func(string) bool { return m.pid() == 0 })
		m.checkGivenBack(how + " and q")
	}
	// SIGSTOP cannot be caught. After it, the screen is taken again.
	pid := m.top("")
	syscall.Kill(pid, syscall.SIGSTOP)
	m.see("prompt", func(screen string) bool { return strings.Contains(screen, "Stopped") })
	m.keys("C-j")
	m.line("fg")
	m.seeText("q quit")
	m.keys("q")
	m.see("end", func(string) bool { return m.pid() == 0 })
	m.checkGivenBack("SIGSTOP and q")
}

// TestTopAlone: as a session's first process there is no shell that could let it go on: Ctrl-Z does
// not end it for ever.
func TestTopAlone(t *testing.T) {
	s := plainStage(t)
	m := newTmux(s)
	m.do("new-window", electroscope()+" top")
	m.seeText("q quit")
	m.keys("C-z")
	m.keys("n")
	m.seeText("by name")
	m.keys("q")
	m.see("the shell's window", func(screen string) bool { return strings.HasPrefix(screen, "$") })
	if _, err := os.Stat(m.socket); err != nil {
		t.Error(err)
	}
}

// TestTopActs: its keys freeze, thaw and stop a real launch, after a question where that may hurt.
func TestTopActs(t *testing.T) {
	s := plainStage(t)
	p := s.start("plain")
	p.report(s.bin + "/plain-app")
	frozen := func(want string) func() bool {
		return func() bool {
			text, err := os.ReadFile("/sys/fs/cgroup" + groupOf(p.pid()) + "/cgroup.events")
			return err == nil && strings.Contains(string(text), "frozen "+want)
		}
	}
	m := newTmux(s)
	m.top("--interval=0.2")
	m.seeText(strconv.Itoa(p.pid()))
	m.keys("f")
	m.seeText("freeze plain, until it is thawed? (y/n)")
	m.keys("n")
	m.seeText("nothing done")
	m.keys("f", "y")
	m.seeText("is frozen; f thaws it")
	if !frozen("1")() {
		t.Error("the kernel has not frozen it")
	}
	// It thaws what its sample shows to be frozen.
	if !until(soon, func() bool {
		m.keys("f", "n") // where the sample is still the one before, a question
		return frozen("0")()
	}) {
		t.Error("f does not thaw it")
	}
	m.keys("s", "y")
	m.seeText("ended by itself at SIGTERM")
	p.status()
	m.keys("q")
	m.see("end", func(string) bool { return m.pid() == 0 })
	m.checkGivenBack("q")
}
