//go:build rig

package uml

import (
	"fmt"
	"io"
	"net"
	"os"
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

// inZram is how many bytes zram holds, which is all the swap that there is
// (Documentation/admin-guide/blockdev/zram.rst, mm_stat).
func inZram(t *testing.T) int64 {
	t.Helper()
	text, err := os.ReadFile("/sys/block/zram0/mm_stat")
	if err != nil {
		t.Fatal(err)
	}
	return int64(number(t, strings.Fields(string(text))[0]))
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
	const most, over = 96 << 20, 128 << 20
	before := inZram(t)
	app := s.start("plain", "fill", fmt.Sprint(256<<20)) // not with zeros, which the kernel keeps without zram
	scope := app.scope("plain")
	if got := scope.number(t, "memory.high"); got != most {
		t.Errorf("memory.high is %d", got)
	}
	memory, swap := scope.memory(t)
	if !until(func() bool { memory, swap = scope.memory(t); return swap > over && memory <= most+most/100 }) {
		t.Errorf("memory.current is %d, swap %d", memory, swap)
	}
	if got := inZram(t) - before; got < over {
		t.Errorf("zram took %d bytes", got)
	}
	if !app.lives() || scope.count(t, "memory.events", "oom_kill") != 0 || scope.count(t, "memory.events", "high") == 0 {
		t.Errorf("the app lives: %v; %s", app.lives(), scope.read(t, "memory.events"))
	}
	if said := app.said(); said != "" {
		t.Errorf("it says %q", said)
	}
}
