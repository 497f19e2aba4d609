//go:build rig

package uml

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// A compared is what `electroscope baseline compare --json` says.
type compared struct {
	Whole, Categories []struct {
		Name        string
		Before, Now *int64
		Saved       *int64
		SwappedNow  int64 `json:"swapped_now"`
	}
	Before, Now struct {
		Zram *struct{ Original *int64 }
		CPU  struct {
			Idle *float64
		}
		Session  *int64 `json:"session_seconds"`
		Resident int
	}
	Notes []string
}

func (s *stage) compareBaselines(names ...string) compared {
	s.t.Helper()
	out := s.tool(electroscope(), append([]string{"baseline", "compare", "--json", "--seconds=0.2"}, names...)...)
	var c compared
	if err := json.Unmarshal([]byte(out), &c); err != nil {
		s.t.Fatalf("%v: %s", err, out)
	}
	return c
}

// saved is what a row has saved.
func (c compared) saved(t *testing.T, name string) int64 {
	t.Helper()
	for _, row := range append(c.Whole, c.Categories...) {
		if row.Name == name && row.Saved != nil {
			return *row.Saved
		}
	}
	t.Fatalf("what %s saved is not known: %+v", name, c)
	return 0
}

// TestBaseline: an app that holds memory is seen to come, and to go; and one that is held to its
// limit has it in swap, which is not called saved.
func TestBaseline(t *testing.T) {
	setSwap(t, true)
	s := newStage(t, "[apps.plain]\nexec = [\"stand-in\"]\n[apps.plain.limits]\nMemoryHigh = \"64M\"\nMemoryMax = \"1G\"\n")
	s.env = append(s.env, "XDG_STATE_HOME="+s.dir+"/state")
	record := func(name string) { s.tool(electroscope(), "baseline", "record", "--seconds=0.2", name) }
	record("before")
	app := s.start("plain", "hold", "160M")
	scope := app.scope("plain")
	const settled = 40 << 20
	if !until(func() bool { return scope.number(t, "memory.swap.current") > settled }) {
		t.Fatalf("nothing was swapped out: memory.current %s", scope.read(t, "memory.current"))
	}
	record("during")
	app.kill()
	if !until(func() bool { out, _ := try(nil, "pgrep", "-c", "tail"); return strings.TrimSpace(out) == "0" }) {
		t.Fatal("the app does not end")
	}

	grown := s.compareBaselines("before", "during")
	if n := grown.saved(t, "apps"); n > -30<<20 || n < -120<<20 {
		t.Errorf("with the app %d bytes of apps were saved", n)
	}
	if n := grown.saved(t, "swap in use"); n > -settled/2 {
		t.Errorf("with the app %d bytes of swap were saved", n)
	}
	if z := grown.Now.Zram; z == nil || z.Original == nil || *z.Original < settled/2 {
		t.Errorf("zram: %+v", z)
	}
	if cpu := grown.Now.CPU.Idle; cpu == nil || *cpu < 0 || *cpu > 100 {
		t.Errorf("idle: %v", cpu)
	}
	if age := grown.Now.Session; age == nil || *age < 1 || *age > int64(time.Hour/time.Second) {
		t.Errorf("the session's age: %v", age)
	}
	notes := strings.Join(grown.Notes, "\n")
	for _, want := range []string{"Runs now, and did not before: plain.", "in swap, which is moved and not saved: apps ", "processes of others"} {
		if !strings.Contains(notes, want) {
			t.Errorf("no note has %q: %s", want, notes)
		}
	}
	if n := s.compareBaselines("during").saved(t, "apps"); n < 30<<20 {
		t.Errorf("without the app %d bytes of apps were saved", n)
	}
}
