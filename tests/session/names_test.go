//go:build rig

package session

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	mib = 1 << 20
	gib = 1 << 30
)

// table is that of docs/plan.md, 3, and what apps.toml adds to it: obsidian. Sizes in
// bytes, the quota as systemctl show spells it (150 % of a CPU is 1.500000s a second).
var table = []struct {
	typed, program string // what is typed, the real program
	id             string // escaped as in a unit's name
	high, max      int
	quota          string
	switches       []string
}{
	{"discord", "Discord", "discord", 2 * gib, 3 * gib, "1.500000s", heap(1024)},
	{"signal", "signal-desktop", "signal", 1536 * mib, 2 * gib, "1s", heap(768)},
	{"codium", "codium", "codium", 4 * gib, 5 * gib, "2s", heap(2048)},
	{"teams", "teams-for-linux", `teams\x2dfor\x2dlinux`, 2560 * mib, 4 * gib, "2s", append([]string{"--enable-features=WebRTCPipeWireCapturer"}, heap(1536)...)},
	{"spotify", "spotify", "spotify", 2 * gib, 3 * gib, "1s", heap(512)},
	{"zoom", "zoom", "Zoom", 2560 * mib, 4 * gib, "2.500000s", nil},
	{"claude-desktop", "claude-desktop", "com.anthropic.Claude", 4 * gib, 6 * gib, "2s", heap(2048)},
	{"obsidian", "obsidian", "obsidian", 2 * gib, 3 * gib, "1.500000s", heap(1024)},
}

// heap is the cap of V8's heap, in MiB, as the app gets it.
func heap(mib int) []string { return []string{fmt.Sprintf("--js-flags=--max-old-space-size=%d", mib)} }

func TestNames(t *testing.T) {
	for _, row := range table {
		t.Run(row.typed, func(t *testing.T) {
			s := newStage(t)
			exe := s.standIn(row.program, "wait")
			s.link()
			s.env = append(s.env, `ELECTROSCOPE_SET=defaults.memory-high-without-swap = "keep"`) // the rig may have no swap
			p := s.start(row.typed, "--some-arg")
			r := p.report(exe)

			unit := fmt.Sprintf("app-%s-%d.scope", row.id, p.pid())
			if !strings.HasSuffix(r.Group, "/app.slice/app-electron.slice/"+unit) {
				t.Fatalf("it runs in %q, not in %q; stderr: %s", r.Group, unit, p.stderr())
			}
			if now := groupOf(p.pid()); now != r.Group {
				t.Errorf("it is in %q now", now)
			}
			names := []string{"Slice", "MemoryHigh", "MemoryMax", "CPUQuotaPerSecUSec", "OOMPolicy", "CollectMode", "PartOf", "BindsTo", "ActiveState"}
			want := map[string]string{
				"Slice": "app-electron.slice", "MemoryHigh": fmt.Sprint(row.high), "MemoryMax": fmt.Sprint(row.max),
				"CPUQuotaPerSecUSec": row.quota, "OOMPolicy": "continue", "CollectMode": "inactive-or-failed",
				"PartOf": "graphical-session.target", "BindsTo": "", "ActiveState": "active",
			}
			if diff := cmp.Diff(want, show(t, unit, names...)); diff != "" {
				t.Errorf("%s: %s", unit, diff)
			}
			if after := show(t, unit, "After")["After"]; !has(after, "graphical-session.target") {
				t.Errorf("After=%s", after)
			}
			wantArgs := append(append([]string{exe}, row.switches...), "--some-arg")
			if diff := cmp.Diff(strings.Join(wantArgs, "\x00"), join(r.Args)); diff != "" {
				t.Errorf("arguments: %s", diff)
			}
			p.kill()
			if !until(soon, func() bool { return show(t, unit, "LoadState")["LoadState"] == "not-found" }) {
				t.Errorf("%s is still there after its app", unit)
			}
		})
	}
}

func TestUnknownName(t *testing.T) {
	s := newStage(t)
	s.must(os.Symlink(electroscope(), s.links+"/discord.sh"))
	p := s.start("discord.sh")
	if got := p.status(); got != 127 {
		t.Errorf("status %d", got)
	}
	for _, word := range []string{`"discord.sh"`, "discord", "signal-desktop", "obsidian"} {
		if !strings.Contains(p.stderr(), word) {
			t.Errorf("stderr lacks %s: %s", word, p.stderr())
		}
	}
}
