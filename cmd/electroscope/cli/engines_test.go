package cli

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/cmd/electroscope/cli/render"
)

var update = flag.Bool("update", false, "write testdata/engines anew")

// engines are the Electrons that the catalogue is for, with Chromium's
// version in each (electron/electron, DEPS).
var engines = []struct {
	electron, chrome string
	milestone        int
}{
	{"22.3.27", "108.0.5359.215", 108},
	{"30.5.1", "124.0.6367.243", 124},
	{"34.5.8", "132.0.6834.210", 132},
	{"38.7.2", "140.0.7339.249", 140},
	{"41.2.0", "146.0.7680.80", 146},
	{"43.4.1", "150.0.7871.224", 150},
}

// What an app gets for the wish to decode video (docs/switches.md), on X11 unless
// it says otherwise.
func TestDecoding(t *testing.T) {
	const (
		heap = "--js-flags=--max-old-space-size=1024"
		old  = "--disable-features=UseChromeOSDirectVideoDecoder"
		// The shipped wishes for NVIDIA besides.
		copies, blocklist = "--enable-zero-copy", "--ignore-gpu-blocklist"
	)
	variables := []string{"FLATPAK_SANDBOX_DIR=", "LIBVA_DRIVER_NAME=nvidia", "NVD_BACKEND=direct"}
	escape := variables[:1]
	for _, test := range []struct {
		name    string
		card    card
		wayland bool   // the session is one, with XWayland
		set     string // apps.toml of the user
		argv    [6][]string
		added   []string
	}{
		{
			name: "any card but NVIDIA's, no wish: nothing", card: intel, added: escape,
			argv: [6][]string{{heap}, {heap}, {heap}, {heap}, {heap}, {heap}},
		},
		{
			name: "no card, no wish: nothing", card: noCard, added: escape,
			argv: [6][]string{{heap}, {heap}, {heap}, {heap}, {heap}, {heap}},
		},
		{
			name: "no card: nothing to decode with", card: noCard, set: "[gpu]\nvideo-decode = true", added: escape,
			argv: [6][]string{{heap}, {heap}, {heap}, {heap}, {heap}, {heap}},
		},
		{
			// Up to 111 VaapiVideoDecoder without the other decoder; to 130
			// VaapiVideoDecodeLinuxGL; to 149 AcceleratedVideoDecodeLinuxGL; then the default.
			name: "Intel", card: intel, set: "[gpu]\nvideo-decode = true", added: escape,
			argv: [6][]string{
				{"--enable-features=VaapiVideoDecoder", old, heap},
				{"--enable-features=VaapiVideoDecodeLinuxGL", heap},
				{"--enable-features=AcceleratedVideoDecodeLinuxGL", heap},
				{"--enable-features=AcceleratedVideoDecodeLinuxGL", heap},
				{"--enable-features=AcceleratedVideoDecodeLinuxGL", heap},
				{heap},
			},
		},
		{
			// The same; from 121 on VaapiOnNvidiaGPUs, from 131 to 149 --use-angle=gl.
			name: "NVIDIA, as shipped", card: nvidia, added: variables,
			argv: [6][]string{
				{copies, blocklist, "--enable-features=VaapiVideoDecoder", old, heap},
				{copies, blocklist, "--enable-features=VaapiVideoDecodeLinuxGL,VaapiOnNvidiaGPUs", heap},
				{"--use-angle=gl", copies, blocklist, "--enable-features=AcceleratedVideoDecodeLinuxGL,VaapiOnNvidiaGPUs", heap},
				{"--use-angle=gl", copies, blocklist, "--enable-features=AcceleratedVideoDecodeLinuxGL,VaapiOnNvidiaGPUs", heap},
				{"--use-angle=gl", copies, blocklist, "--enable-features=AcceleratedVideoDecodeLinuxGL,VaapiOnNvidiaGPUs", heap},
				{copies, blocklist, "--enable-features=VaapiOnNvidiaGPUs", heap},
			},
		},
		{
			name: "NVIDIA on Wayland: the same", card: nvidia, wayland: true, added: variables,
			argv: [6][]string{
				{copies, blocklist, "--enable-features=VaapiVideoDecoder", old, heap},
				{copies, blocklist, "--enable-features=VaapiVideoDecodeLinuxGL,VaapiOnNvidiaGPUs", heap},
				{"--use-angle=gl", copies, blocklist, "--enable-features=AcceleratedVideoDecodeLinuxGL,VaapiOnNvidiaGPUs", heap},
				{"--use-angle=gl", copies, blocklist, "--enable-features=AcceleratedVideoDecodeLinuxGL,VaapiOnNvidiaGPUs", heap},
				{"--use-angle=gl", copies, blocklist, "--enable-features=AcceleratedVideoDecodeLinuxGL,VaapiOnNvidiaGPUs", heap},
				{copies, blocklist, "--enable-features=VaapiOnNvidiaGPUs", heap},
			},
		},
		{
			name: "NVIDIA without nvidia-vaapi-driver", card: nvidiaNoVA, added: escape,
			argv: [6][]string{
				{copies, blocklist, heap}, {copies, blocklist, heap}, {copies, blocklist, heap},
				{copies, blocklist, heap}, {copies, blocklist, heap}, {copies, blocklist, heap},
			},
		},
		{
			name: "NVIDIA's card under nouveau: none of its wishes", card: nouveau, added: escape,
			argv: [6][]string{{heap}, {heap}, {heap}, {heap}, {heap}, {heap}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := newMachine(t, test.card)
			m.config("apps.toml", test.set)
			if test.wayland {
				write(t, m.root+"/run/wayland-0", "", 0o600)
			}
			for i, e := range engines {
				m.elf("bin/Discord", electronLiterals(e.electron, e.chrome, e.milestone))
				p := m.plan("discord", "--start-minimized")
				want := append([]string{"{}/bin/Discord", "--start-minimized"}, test.argv[i]...)
				if diff := cmp.Diff(want, p.Argv); diff != "" {
					t.Errorf("Electron %s: %s", e.electron, diff)
				}
				if diff := cmp.Diff(test.added, p.EnvAdded); diff != "" {
					t.Errorf("Electron %s, environment: %s", e.electron, diff)
				}
				if diff := cmp.Diff(render.EngineJSON{Runtime: "electron", Milestone: e.milestone, Version: e.chrome}, p.Engine); diff != "" {
					t.Errorf("Electron %s: %s", e.electron, diff)
				}
			}
		})
	}
}

// Every app of the catalogue, in a layout that it is shipped in, with each
// engine, on each card: testdata/engines holds command line, environment and
// notes. `go test ./cmd/electroscope -update` writes it anew.
func TestCatalogueOnEngines(t *testing.T) {
	for name, test := range map[string]struct {
		card card
		set  string
	}{
		"nvidia":                {card: nvidia},
		"nvidia-without-driver": {card: nvidiaNoVA},
		"intel":                 {card: intel, set: "[gpu]\nvideo-decode = true\nvideo-encode = true\nraster = true\n"},
		"none":                  {card: noCard},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, test.card)
			m.config("apps.toml", test.set)
			var got strings.Builder
			if test.set != "" {
				got.WriteString(strings.TrimSpace("# "+strings.ReplaceAll(strings.TrimSpace(test.set), "\n", "\n# ")) + "\n")
			}
			for _, app := range []string{"discord", "signal", "spotify", "codium", "teams", "zoom", "obsidian", "claude-desktop"} {
				var plans []render.PlanJSON
				for _, e := range engines {
					m.install(app, e.electron, e.chrome, e.milestone)
					plans = append(plans, m.plan(app))
				}
				writePlans(&got, app, plans)
			}
			golden := filepath.Join("testdata/engines", name+".txt")
			if *update {
				write(t, golden, got.String(), 0o644)
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
				t.Errorf("%s (-want +got): %s", golden, diff)
			}
		})
	}
}

// explain --verbose says of every app what became of each wish and switch.
func TestExplainTellsEveryNote(t *testing.T) {
	m := newMachine(t, nvidia)
	e := engines[len(engines)-1]
	for _, app := range []string{"discord", "signal", "spotify", "codium", "teams", "zoom", "obsidian", "claude-desktop"} {
		m.install(app, e.electron, e.chrome, e.milestone)
		var out strings.Builder
		to := render.NewWriter(&out, os.Getenv)
		to.Width = 1000
		if err := (&explainOptions{verbose: true}).run(&invocation{out: to, err: &out, process: m.world()}, []string{app}); err != nil {
			t.Errorf("%s: %v", app, err)
			continue
		}
		got := strings.ReplaceAll(out.String(), m.root, "{}")
		for _, note := range m.plan(app).Notes {
			name, text, _ := strings.Cut(note, ": ")
			row := regexp.MustCompile(`(?m)^  ` + regexp.QuoteMeta(name) + ` .*` + regexp.QuoteMeta(text))
			if !row.MatchString(got) {
				t.Errorf("%s: explain does not tell %q:\n%s", app, note, got)
			}
		}
	}
}

// writePlans writes a paragraph for each run of engines that end in the same.
func writePlans(b *strings.Builder, app string, plans []render.PlanJSON) {
	for i := 0; i < len(plans); {
		text := planText(plans[i])
		fmt.Fprintf(b, "\n%s, %s", app, plans[i].Engine.Runtime)
		for ; i < len(plans) && planText(plans[i]) == text; i++ {
			if e := plans[i].Engine; e.Milestone > 0 {
				fmt.Fprintf(b, " %d (%s)", e.Milestone, e.Version)
			}
		}
		fmt.Fprintf(b, "\n%s", text)
	}
}

func planText(p render.PlanJSON) string {
	var b strings.Builder
	row := func(name string, lines []string) {
		for _, line := range lines {
			fmt.Fprintf(&b, "  %-4s  %s\n", name, line)
		}
	}
	row("argv", []string{strings.Join(p.Argv, " ")})
	row("env", p.EnvAdded)
	row("note", p.Notes)
	return b.String()
}
