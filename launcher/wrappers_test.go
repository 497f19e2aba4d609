package launcher

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/engine"
	"electroscope/launcher/machine"
	"electroscope/launcher/plan"
	"electroscope/launcher/program"
	"electroscope/launcher/wrapper"
	"electroscope/tests/tree"
)

var update = flag.Bool("update", false, "write testdata/wrappers.txt anew")

// TestWrappers takes each wrapper of docs/switches.md (launcher/wrapper/testdata) through
// a whole plan: what leaves and what is said, on X11 and on Wayland, without anything in
// apps.toml and with lists and a heap there. The engine behind it is Electron 43.
func TestWrappers(t *testing.T) {
	const golden = "testdata/wrappers.txt"
	paths, err := filepath.Glob("wrapper/testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no wrappers: %v", err)
	}
	var out strings.Builder
	for _, path := range paths {
		for _, session := range []string{"x11", "wayland"} {
			for _, lists := range []bool{false, true} {
				fmt.Fprintf(&out, "== %s, %s, lists %v\n%s", strings.TrimSuffix(filepath.Base(path), ".txtar"), session, lists, throughPlan(t, path, session, lists))
			}
		}
	}
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("%s (-update writes it anew): %s", golden, diff)
	}
}

// throughPlan is a line for the arguments, and one for each note about them.
func throughPlan(t *testing.T, path, session string, lists bool) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := tree.Sections(string(text))
	env := append(strings.Fields(files["env"]), "XDG_SESSION_TYPE="+session)
	delete(files, "env")
	delete(files, "want")
	root := tree.Make(t, files)
	w := Process{Env: append(env, "HOME="+root+"/home"), Dir: root}
	app := catalog.App{Key: "app", ID: "app", Runtime: chromium.Electron}
	if lists {
		app.EnableFeatures, app.DisableFeatures, app.Heap = []string{"OursOn"}, []string{"OursOff"}, 1<<30
	}
	chain := wrapper.Behind(root+"/bin/app", wrapper.Search{Path: "/usr/bin:/bin", Dir: root, Env: w.lookupEnv})
	knowledge := engine.Knowledge{Engine: engine.Engine{Runtime: chromium.Electron, Milestone: 150}}
	for _, name := range chromium.Names() {
		if r := chromium.Lookup(name); r.Of == chromium.Electron || r.At(knowledge.Milestone) == chromium.Present {
			knowledge.Known = append(knowledge.Known, name)
		}
	}
	p := plan.Decide(plan.Facts{
		Settings: catalog.Settings{App: app}, Program: program.Target{Path: root + "/bin/app", Chain: chain},
		Inspection: plan.Inspection{Runtime: chromium.Electron, Large: true}, Argv0: "app", Args: []string{"--typed"}, PID: 42, Env: w.lookupEnv,
		Switches: func(app catalog.App) plan.SwitchFacts {
			return plan.SwitchFacts{
				Engine: knowledge, Flags: flagsFiles(w, app, knowledge, chain),
				Display: machine.Display{X11: true, Wayland: session == "wayland", SessionType: session},
			}
		},
	}, nil)
	var b strings.Builder
	fmt.Fprintf(&b, "   %s\n", strings.Join(p.Argv[1:], " "))
	for _, n := range p.Notes {
		if n.Switch != "" {
			fmt.Fprintf(&b, "   # %s\n", n)
		}
	}
	return strings.ReplaceAll(b.String(), root, "{}")
}
