//go:build rig

package uml

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// setSwap has root turn the machine's zram on or off as swap.
func setSwap(t *testing.T, on bool) {
	t.Helper()
	tell(t, "/run/swap", map[bool]string{true: "on", false: "off"}[on])
}

// tell says a word to one of root's sockets (prepare.sh), and waits until it is done.
func tell(t *testing.T, socket, word string) {
	t.Helper()
	conn, err := net.DialTimeout("unix", socket, soon)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(soon))
	if _, err := io.WriteString(conn, word+"\n"); err != nil {
		t.Fatal(err)
	}
	if answer, err := io.ReadAll(conn); err != nil || string(answer) != word+"\n" {
		t.Fatalf("%s %s: %q, %v", socket, word, answer, err)
	}
}

const swapping = `
[budget]
cpus = "infinity"
[apps.plain]
exec = ["stand-in"]
[apps.plain.limits]
MemoryHigh = "96M"
MemoryMax  = "320M"
`

// TestNoSwap: with nothing behind it MemoryHigh would make the app stand still,
// so it is left out, and that is said.
func TestNoSwap(t *testing.T) {
	setSwap(t, false)
	s := newStage(t, swapping)
	app := s.start("plain")
	scope := app.scope("plain")
	if a, b := scope.read(t, "memory.high"), scope.parent().read(t, "memory.high"); a != "max" || b != "max" {
		t.Errorf("memory.high is %s, the group's %s", a, b)
	}
	const line = "electroscope: note: plain runs without MemoryHigh, the group's MemoryHigh: "
	if said := app.said(); !strings.HasPrefix(said, line) || strings.Count(said, "\n") != 1 {
		t.Errorf("it says %q", said)
	}
}

// TestSwap: with zram behind it, an app above MemoryHigh is swapped out, and lives.
func TestSwap(t *testing.T) {
	setSwap(t, true)
	s := newStage(t, swapping)
	app := s.start("plain", "hold", "256M")
	scope := app.scope("plain")
	if got := scope.number(t, "memory.high"); got != 96<<20 {
		t.Errorf("memory.high is %d", got)
	}
	if !until(func() bool { return scope.number(t, "memory.swap.current") > 128<<20 }) {
		t.Errorf("memory.current is %s, swap %s", scope.read(t, "memory.current"), scope.read(t, "memory.swap.current"))
	}
	if !app.lives() || scope.count(t, "memory.events", "oom_kill") != 0 || scope.count(t, "memory.events", "high") == 0 {
		t.Errorf("the app lives: %v; %s", app.lives(), scope.read(t, "memory.events"))
	}
	if said := app.said(); said != "" {
		t.Errorf("it says %q", said)
	}
}
