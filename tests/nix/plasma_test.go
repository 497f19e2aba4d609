//go:build rig

package nix

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A desktop is a home with KDE's files in it, real kreadconfig6 and kwriteconfig6, and the activation that nix/home/plasma.nix makes.
type desktop struct {
	t     *testing.T
	home  string
	tools string // folder of KDE's programs
	run   string // home-manager's function of this name, which each command that changes something goes through
}

// restore is what the user runs when the module is gone.
const restore = ".local/state/electroscope/plasma/restore"

func newDesktop(t *testing.T, files map[string]string) desktop {
	t.Helper()
	rig := exec.Command("bash", "../rig/kconfig.sh")
	rig.Stderr = os.Stderr
	tools, err := rig.Output()
	if err != nil {
		t.Fatalf("tests/rig/kconfig.sh: %v", err)
	}
	d := desktop{t, t.TempDir(), strings.TrimSpace(string(tools)), `"$@"`}
	for name, text := range files {
		d.write(".config/"+name, text)
	}
	return d
}

func (d desktop) write(name, text string) {
	d.t.Helper()
	path := filepath.Join(d.home, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		d.t.Fatal(err)
	}
}

// config is every file of KDE's there is, by name.
func (d desktop) config() map[string]string {
	d.t.Helper()
	files := map[string]string{}
	for _, path := range walk(d.t, filepath.Join(d.home, ".config"), "") {
		text, err := os.ReadFile(path)
		if err != nil {
			d.t.Fatal(err)
		}
		files[filepath.Base(path)] = string(text)
	}
	return files
}

// shell runs a script with this home and KDE's programs, and gives what it says.
func (d desktop) shell(script string) (said string, err error) {
	d.t.Helper()
	stdout, stderr, err := run(d.t, "env", "-i", "LC_ALL=C.UTF-8", "HOME="+d.home, "PATH="+d.tools+":"+os.Getenv("PATH"), "bash", "-euc", script)
	return strings.ReplaceAll(string(stdout)+string(stderr), d.home, "~"), err
}

func (d desktop) must(script string) string {
	d.t.Helper()
	said, err := d.shell(script)
	if err != nil {
		d.t.Fatalf("%s: %v\n%s", script, err, said)
	}
	return said
}

// activate runs the activation of the module with these settings beside, a Nix set, and gives what it says.
func (d desktop) activate(settings string) string {
	d.t.Helper()
	return d.must(fmt.Sprintf("run() { %s; }\nwarnEcho() { echo \"$@\" >&2; }\n%s", d.run, d.script(settings)))
}

// script is the module's text in the activation. Its store paths are files in the rig's store, but for kconfig's, which is not built.
func (d desktop) script(settings string) string {
	d.t.Helper()
	expression := fmt.Sprintf(`
		let
			lib = import ./modules;
			pkgs = import ./packages { inherit lib; };
			inherit (import ./eval.nix { inherit lib pkgs; root = ../..; }) home;
		in
		(home {
			nixpkgs.overlays = [ (_: _: { writeText = builtins.toFile; }) ];
			home.homeDirectory = %q;
			xdg.configHome = %q;
			xdg.stateHome = %q;
			electroscope.plasma = { enable = true; settings = %s; };
		}).config.home.activation.electroscopePlasma.data`,
		d.home, d.home+"/.config", d.home+"/.local/state", settings)
	nix := program(d.t, "trixie", "nix-instantiate")
	stdout, stderr, err := run(d.t, nix, "--eval", "--strict", "--json", "--read-write-mode", "--expr", expression)
	if err != nil {
		d.t.Fatal(message(stderr))
	}
	var script string
	if err := json.Unmarshal(stdout, &script); err != nil {
		d.t.Fatal(err)
	}
	return strings.ReplaceAll(script, "/nix/store/", filepath.Join(filepath.Dir(filepath.Dir(nix)), "store/nix/store")+"/")
}

// snapshot tells of every file whether it is the same one, unwritten.
func (d desktop) snapshot() map[string]string {
	d.t.Helper()
	out := d.must(`find "$HOME" -mindepth 1 -printf '%P\t%y %i %T@ %s %l\n'`)
	files := map[string]string{}
	for line := range strings.Lines(out) {
		name, state, _ := strings.Cut(line, "\t")
		files[name] = state
	}
	return files
}

func (d desktop) same(what string, want, got map[string]string) {
	d.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		d.t.Errorf("%s, - want, + got:\n%s", what, diff)
	}
}

// The files of a user who has settings of his own, some of them ours to set, as KDE writes them.
var own = map[string]string{
	"kwinrc":      "[Compositing]\nBackend=QPainter\nLatencyPolicy=Low\n\n[Desktops]\nNumber=4\n\n[Plugins]\nblurEnabled=false\nslideEnabled=true\n",
	"baloofilerc": "[General]\ndbVersion=2\nexclude folders[$e]=$HOME/Music/,/opt/a b/\nonly basic indexing=false\n",
	"konsolerc":   "[MainWindow]\nMenuBar=Disabled\n",
}

// TestPlasmaFiles activates for a user with settings and for one without, and looks at the files, as text and by KDE's own reader.
func TestPlasmaFiles(t *testing.T) {
	for golden, files := range map[string]map[string]string{
		"home/plasma/settled-user.txtar": own,
		"home/plasma/new-user.txtar":     {},
	} {
		t.Run(golden, func(t *testing.T) {
			t.Parallel()
			d := newDesktop(t, files)
			text := d.activate("{ }")
			config := d.config()
			for _, name := range slices.Sorted(maps.Keys(config)) {
				text += "-- " + name + " --\n" + config[name]
			}
			checkGolden(t, strings.ReplaceAll(text, d.home, "/home/user"), golden)
			for query, want := range map[string]string{
				`--file kwinrc --group Compositing --key Backend`:                        "OpenGL\n",
				`--file kwinrc --group Plugins --key contrastEnabled --default true`:     "false\n",
				`--group KDE --key AnimationDurationFactor`:                              "0.5\n",
				`--file baloofilerc --group General --key "only basic indexing"`:         "true\n",
				`--file baloofilerc --group General --key "exclude folders" --type path`: "~/.cache,~/.local/share/Trash,~/.nix-profile,~/.nix-defexpr,/nix/store,~/node_modules,~/.cargo,~/.rustup\n",
			} {
				if got := d.must("kreadconfig6 " + query); got != want {
					t.Errorf("kreadconfig6 %s: %q, want %q", query, got, want)
				}
			}
		})
	}
}

// TestPlasmaPlannedKey: docs/plan.md's `exclude folders[$e]=$HOME/...` cannot be written by kwriteconfig6. It takes [$e] for a part of the
// key, and by --type path $HOME for a name (KConfig, src/core/kconfiggroup.cpp, translatePath). So ours are absolute paths.
func TestPlasmaPlannedKey(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, nil)
	for write, want := range map[string]string{
		`'exclude folders[$e]' '$HOME/.cache'`:         "unset\n",
		`'exclude folders' --type path '$HOME/.cache'`: "$HOME/.cache\n",
		`'exclude folders' --type path "$HOME/.cache"`: "~/.cache\n",
	} {
		d.must(`rm -f "$HOME/.config/baloofilerc"; kwriteconfig6 --file baloofilerc --group General --key ` + write)
		if got := d.must(`kreadconfig6 --file baloofilerc --group General --key "exclude folders" --type path --default unset`); got != want {
			t.Errorf("after kwriteconfig6 --key %s KDE reads %q, want %q", write, got, want)
		}
	}
}

// TestPlasmaTwice: the second activation says nothing and writes nothing.
func TestPlasmaTwice(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, own)
	d.activate("{ }")
	before := d.snapshot()
	if said := d.activate("{ }"); said != "" {
		t.Errorf("the second activation says %q", said)
	}
	d.same("after the second activation", before, d.snapshot())
}

// TestPlasmaRestore: the module is gone, and the user takes back what it did.
func TestPlasmaRestore(t *testing.T) {
	for user, files := range map[string]map[string]string{"settled": own, "new": {}} {
		t.Run(user, func(t *testing.T) {
			t.Parallel()
			d := newDesktop(t, files)
			d.activate("{ }")
			d.activate("{ kwinrc.Plugins.blurEnabled = false; }") // what was there before the first counts
			d.must(`"$HOME/` + restore + `"`)
			d.same("restored", files, d.config())
			if _, err := os.Stat(filepath.Join(d.home, ".local/state/electroscope/plasma")); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the state is still there: %v", err)
			}
		})
	}
}

// TestPlasmaRestoreKeeps: what KDE or the user changed since stays.
func TestPlasmaRestoreKeeps(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, own)
	d.activate("{ }")
	d.must(`kwriteconfig6 --file kwinrc --group Plugins --key blurEnabled maybe
		kwriteconfig6 --file kwinrc --group Desktops --key Number 2`)
	said := d.must(`"$HOME/` + restore + `"`)
	want := maps.Clone(own)
	want["kwinrc"] = strings.NewReplacer("blurEnabled=false", "blurEnabled=maybe", "Number=4", "Number=2").Replace(own["kwinrc"])
	d.same("restored", want, d.config())
	if !strings.Contains(said, "kwinrc [Plugins] blurEnabled: maybe stays, it is not ours\n") {
		t.Errorf("it does not tell what it left:\n%s", said)
	}
}

// TestPlasmaLessKeys: a key that is taken out of the settings gets back what it had, by the activation itself.
func TestPlasmaLessKeys(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, own)
	d.activate("{ }")
	said := d.activate(`{ kwinrc.Compositing.Backend = null; kdeglobals.KDE.AnimationDurationFactor = null; }`)
	want := "electroscope: kdeglobals [KDE] AnimationDurationFactor: <not set> (as before; we had set 0.5)\n" +
		"electroscope: kwinrc [Compositing] Backend: QPainter (as before; we had set OpenGL)\n"
	if said != want {
		t.Errorf("it says\n%s, want\n%s", said, want)
	}
	if text, there := d.config()["kdeglobals"]; there {
		t.Errorf("kdeglobals, which was not there, has %q", text)
	}
}

// TestPlasmaImmutable: a key that may not be written is told, the others are written, and the activation goes on.
func TestPlasmaImmutable(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, map[string]string{"kwinrc": "[Compositing]\nBackend[$i]=QPainter\n"})
	said := d.activate("{ }")
	for _, want := range []string{
		"cannot write kwinrc [Compositing] Backend: it stays QPainter\nelectroscope: remedy: see whether ~/.config/kwinrc ",
		"electroscope: not all of Plasma's settings are written; the activation goes on\n",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("it says\n%s, which has no %q", said, want)
		}
	}
	if kwinrc := d.config()["kwinrc"]; !strings.Contains(kwinrc, "Backend[$i]=QPainter\n") || !strings.Contains(kwinrc, "blurEnabled=true\n") {
		t.Errorf("kwinrc has\n%s", kwinrc)
	}
}

// TestPlasmaDryRun: home-manager's -n prints the command, and nothing happens.
func TestPlasmaDryRun(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, own)
	d.run = `echo "$@"`
	before := d.snapshot()
	if said := d.activate("{ }"); !strings.Contains(said, "plasma.sh") {
		t.Errorf("it says %q, not what it would run", said)
	}
	d.same("after a dry run", before, d.snapshot())
}

// TestPlasmaWithoutTools: after a garbage collection, and with no Plasma installed, restore tells where to get KDE's programs.
func TestPlasmaWithoutTools(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, own)
	d.activate("{ }")
	after := d.config()
	d.tools = "/nonexistent"
	said, err := d.shell(`"$HOME/` + restore + `"`)
	if err == nil || !strings.Contains(said, "(remedy: nix shell nixpkgs#kdePackages.kconfig --command ~/"+restore+")") {
		t.Errorf("%v: it says %q", err, said)
	}
	d.same("after the failure", after, d.config())
}
