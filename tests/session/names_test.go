//go:build rig

package session

import (
	"fmt"
	"os"
	"strings"
	"testing"

	catalogue "electroscope"
	"electroscope/launcher/catalog"

	"github.com/google/go-cmp/cmp"
)

const gib = 1 << 30

// shipped are the apps of apps.toml.
func shipped(t *testing.T) []catalog.App {
	t.Helper()
	all, mistakes := catalog.ReadLayers(func(string) string { return "" }, catalogue.Apps).All()
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	return all.Apps
}

// amount is a limit of the app.
func amount(app catalog.App, name string) uint64 {
	l, _ := app.Limit(name)
	return l.Amount.Of(0)
}

// seconds is a time in µs as systemctl show spells it (systemd, format_timespan): 1s,
// 1.500000s, 500ms.
func seconds(µs uint64) string {
	switch {
	case µs < 1_000_000:
		return fmt.Sprintf("%dms", µs/1000)
	case µs%1_000_000 == 0:
		return fmt.Sprintf("%ds", µs/1_000_000)
	}
	return fmt.Sprintf("%d.%06ds", µs/1_000_000, µs%1_000_000)
}

// switches are those that the app has in apps.toml, in the order in which it gets them.
func switches(app catalog.App) []string {
	var list []string
	if len(app.EnableFeatures) > 0 {
		list = append(list, "--enable-features="+strings.Join(app.EnableFeatures, ","))
	}
	if app.Heap > 0 {
		list = append(list, heap(int(app.Heap>>20))...)
	}
	return append(list, app.Switches...)
}

// heap is the cap of V8's heap, in MiB, as the app gets it.
func heap(mib int) []string { return []string{fmt.Sprintf("--js-flags=--max-old-space-size=%d", mib)} }

func TestNames(t *testing.T) {
	for _, app := range shipped(t) {
		t.Run(app.Key, func(t *testing.T) {
			s := newStage(t)
			exe := s.standIn(app.Exec[0], "wait")
			s.link()
			s.env = append(s.env, `ELECTROSCOPE_SET=defaults.memory-high-without-swap = "keep"`) // the rig may have no swap
			p := s.start(app.Names[0], "--some-arg")
			r := p.report(exe)

			unit := fmt.Sprintf("app-%s-%d.scope", strings.ReplaceAll(app.ID, "-", `\x2d`), p.pid())
			if !strings.HasSuffix(r.Group, "/app.slice/app-electron.slice/"+unit) {
				t.Fatalf("it runs in %q, not in %q; stderr: %s", r.Group, unit, p.stderr())
			}
			if now := groupOf(p.pid()); now != r.Group {
				t.Errorf("it is in %q now", now)
			}
			names := []string{"Slice", "MemoryHigh", "MemoryMax", "CPUQuotaPerSecUSec", "OOMPolicy", "CollectMode", "PartOf", "BindsTo", "ActiveState"}
			want := map[string]string{
				"Slice": "app-electron.slice", "MemoryHigh": fmt.Sprint(amount(app, "MemoryHigh")), "MemoryMax": fmt.Sprint(amount(app, "MemoryMax")),
				"CPUQuotaPerSecUSec": seconds(amount(app, "CPUQuota")), "OOMPolicy": "continue", "CollectMode": "inactive-or-failed",
				"PartOf": "graphical-session.target", "BindsTo": "", "ActiveState": "active",
			}
			if diff := cmp.Diff(want, show(t, unit, names...)); diff != "" {
				t.Errorf("%s: %s", unit, diff)
			}
			if after := show(t, unit, "After")["After"]; !has(after, "graphical-session.target") {
				t.Errorf("After=%s", after)
			}
			wantArgs := append([]string{exe, "--some-arg"}, switches(app)...)
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
