package launcher

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/plan"
	"electroscope/launcher/program"
	"electroscope/launcher/wrapper"
)

func TestOwnScopeNotes(t *testing.T) {
	home := t.TempDir()
	w := Process{Env: []string{"HOME=" + home}}
	app := catalog.App{Key: "music"}
	in := func(own wrapper.OwnScope) program.Target {
		return program.Target{Path: "/x/music", Chain: wrapper.Chain{Own: own}}
	}
	for name, test := range map[string]struct {
		own    wrapper.OwnScope
		line   string
		faults int
	}{
		"nothing": {wrapper.OwnScope{}, "", 0},
		"flatpak": {
			wrapper.OwnScope{Maker: "flatpak", ID: "org.x.Music"},
			"music runs without limits: flatpak starts it in a scope of its own (electroscope install --flatpak music)", 1,
		},
		"snap": {
			wrapper.OwnScope{Maker: "snap", ID: "music.music"},
			"music runs without limits: snap starts it in a scope of its own (electroscope install --snap music)", 1,
		},
		"systemd-run, in a branch": {
			wrapper.OwnScope{Maker: "systemd-run", May: true},
			`music runs without limits that are sure to hold: what is in /x/music may start it by systemd-run, in a scope of its own (name the program itself in apps.toml: exec = ["..."])`, 1,
		},
	} {
		notes := ownScopeNotes(w, app, in(test.own))
		if got := plan.Summary("music", notes); got != test.line || len(plan.Failures(notes)) != test.faults {
			t.Errorf("%s: %q, %d faults", name, got, len(plan.Failures(notes)))
		}
	}
	// Where install has put the limits, there is nothing to say at a launch.
	for _, test := range []struct {
		unit string
		own  wrapper.OwnScope
	}{
		{"app-flatpak-org.x.Music-.scope.d/50-electroscope.conf", wrapper.OwnScope{Maker: "flatpak", ID: "org.x.Music"}},
		{"snap.music.music-.scope.d/50-electroscope.conf", wrapper.OwnScope{Maker: "snap", ID: "music.music"}},
	} {
		file := filepath.Join(home, ".config/systemd/user", test.unit)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		want := []plan.Note{{Text: test.own.Maker + " starts it in a scope of its own, which gets its limits from " + test.unit}}
		if diff := cmp.Diff(want, ownScopeNotes(w, app, in(test.own))); diff != "" {
			t.Error(diff)
		}
	}
}
