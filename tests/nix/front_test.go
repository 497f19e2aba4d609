//go:build rig

package nix

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// fronts are the attributes of front/default.nix, built for real with one Nix in a store of their own.
type fronts struct {
	nix   string // nix-build
	store string // folder of the store's nix/store
	bin   string // the electroscope under test
}

// underTest is the path of the program under test.
func underTest(t *testing.T) string {
	t.Helper()
	bin, err := filepath.Abs(cmp.Or(os.Getenv("ELECTROSCOPE_BIN"), "../../build/electroscope"))
	if err == nil {
		_, err = os.Stat(bin)
	}
	if err != nil {
		t.Fatalf("%v\n(remedy: make build)", err)
	}
	return bin
}

// TestFront builds the packages that stand in front of the apps, the profiles that home-manager would make of them and apps.toml,
// and then calls every link, in Nix's sandbox.
func TestFront(t *testing.T) {
	bin := underTest(t)
	for _, suite := range suites {
		t.Run(suite, func(t *testing.T) {
			t.Setenv("NIX_STORE_ROOT", t.TempDir())
			f := fronts{nix: program(t, suite, "nix-build"), store: os.Getenv("NIX_STORE_ROOT"), bin: bin}
			t.Run("what a front holds", f.tree)
			t.Run("desktop entries", f.entries)
			t.Run("hostile desktop entries", f.hostile)
			t.Run("apps.toml", f.catalogue)
			t.Run("a mistake stops the build and is named", f.mistakes)
			t.Run("profiles", f.profiles)
			t.Run("mistake 2: a script alone has no desktop entry, and beside the app it collides", f.plan)
			t.Run("every name starts its app", f.launches)
			t.Run("a front alone starts its app", f.carried)
		})
	}
}

func (f fronts) run(t *testing.T, attribute string) (path, complaint string, err error) {
	t.Helper()
	out, said, err := run(t, f.nix, "--no-out-link", "front", "-A", `"`+attribute+`"`, "--arg", "electroscope", f.bin)
	return strings.TrimSpace(string(out)), string(said), err
}

// build returns a path in the store, as it is called in there.
func (f fronts) build(t *testing.T, attribute string) string {
	t.Helper()
	path, complaint, err := f.run(t, attribute)
	if err != nil {
		t.Fatalf("%s: %v\n%s", attribute, err, complaint)
	}
	return path
}

// fails builds what must not build, and looks for the reasons.
func (f fronts) fails(t *testing.T, attribute string, why ...string) {
	t.Helper()
	path, complaint, err := f.run(t, attribute)
	if err == nil {
		t.Fatalf("%s builds: %s", attribute, path)
	}
	for _, text := range why {
		if !strings.Contains(complaint, text) {
			t.Errorf("%s: the complaint does not hold %q:\n%s", attribute, text, complaint)
		}
	}
}

// outside is where a path of the store lies on this machine.
func (f fronts) outside(path string) string { return filepath.Join(f.store, path) }

// resolve follows links, which lead from store path to store path, and gives the last path.
func (f fronts) resolve(t *testing.T, path string) string {
	t.Helper()
	for range 20 {
		folder, name := filepath.Split(path)
		if folder == "/" {
			return path
		}
		path = filepath.Join(f.resolve(t, filepath.Clean(folder)), name)
		to, err := os.Readlink(f.outside(path))
		if err != nil {
			return path
		}
		path = to
	}
	t.Fatalf("%s: links without end", path)
	return ""
}

func (f fronts) read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(f.outside(f.resolve(t, path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var hash = regexp.MustCompile(`/nix/store/[0-9a-z]{32}-`)

// unhashed makes store paths the same for every build.
func unhashed(text string) string { return hash.ReplaceAllString(text, "/nix/store/") }

// names lists a folder of the store.
func (f fronts) names(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(f.outside(f.resolve(t, path)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// tree: what is ours in each front, what the app's, and that nothing of the app's is missing.
func (f fronts) tree(t *testing.T) {
	all := f.build(t, "fronts")
	var b strings.Builder
	for _, app := range f.names(t, all) {
		front := f.resolve(t, all+"/"+app)
		fmt.Fprintf(&b, "%s\n", app)
		err := filepath.WalkDir(f.outside(front), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			line := "\t" + strings.TrimPrefix(path, f.outside(front)+"/")
			if to, err := os.Readlink(path); err == nil {
				line += " -> " + unhashed(to)
			}
			fmt.Fprintln(&b, line)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	checkGolden(t, b.String(), "front/tree.txt")
}

var execLine = regexp.MustCompile(`(?m)^(?:Try)?Exec=(.*)$`)

// entries: each is valid, and whatever it runs is electroscope, under a name that the front has.
func (f fronts) entries(t *testing.T) {
	all := f.build(t, "fronts")
	for _, app := range f.names(t, all) {
		if app == "hostile" {
			continue
		}
		front := f.resolve(t, all+"/"+app)
		for _, entry := range f.names(t, front+"/share/applications") {
			path := front + "/share/applications/" + entry
			if out, said, err := run(t, "desktop-file-validate", f.outside(f.resolve(t, path))); err != nil {
				t.Errorf("%s: %v\n%s%s", entry, err, out, said)
			}
			lines := execLine.FindAllStringSubmatch(f.read(t, path), -1)
			if len(lines) == 0 {
				t.Errorf("%s has no Exec", entry)
			}
			for _, line := range lines {
				command := strings.Trim(strings.Fields(line[1])[0], `"`)
				if !filepath.IsAbs(command) {
					command = front + "/bin/" + command // by PATH, where the front is
				}
				if got := f.resolve(t, command); !strings.HasSuffix(got, "/bin/electroscope") {
					t.Errorf("%s: %q leads to %s, past electroscope", entry, line[0], got)
				}
			}
		}
	}
}

// hostile: every path that runs the app is ours, and nothing else has changed.
func (f fronts) hostile(t *testing.T) {
	share := f.build(t, "fronts") + "/hostile/share"
	checkGolden(t, unhashed(f.read(t, share+"/applications/org.example.Hostile.desktop")), "front/org.example.Hostile.desktop")
	checkGolden(t, unhashed(f.read(t, share+"/dbus-1/services/org.example.Hostile.service")), "front/org.example.Hostile.service")
	want := "Exec=/nix/store/hostile-electroscope/bin/a.b+c\r\n"
	if got := unhashed(f.read(t, share+"/applications/with space.desktop")); !strings.HasSuffix(got, want) {
		t.Errorf("an entry with line ends of DOS: %q, want %q at its end", got, want)
	}
}

// catalogue: what is written for a home with every app; electroscope itself has read it in the build.
func (f fronts) catalogue(t *testing.T) {
	checkGolden(t, unhashed(f.read(t, f.build(t, "apps.toml"))), "home/electroscope/apps.toml")
}

func (f fronts) mistakes(t *testing.T) {
	f.fails(t, "misspelt", "apps.discord.limits.MemoryMaks: unknown key", "did you mean MemoryMax?")
	f.fails(t, "amountless", `apps.discord.heap: "many" is not a size`)
	f.fails(t, "taken", `apps.mine.names: the name "discord" is taken by apps.discord`)
}

func (f fronts) profiles(t *testing.T) {
	fronted := "/nix/store/electroscope-0.1.0/bin/electroscope"
	for _, profile := range []struct{ name, entry string }{
		{"installed", "Name=Discord\n"},
		{"beside", "Name=Discord\n"},
		{"instead", "Name=Discord\n"},
		{"overruled", "Name=Mine\n"},
	} {
		path := f.build(t, profile.name)
		for _, name := range []string{"Discord", "discord"} {
			if got := unhashed(f.resolve(t, path+"/bin/"+name)); got != fronted {
				t.Errorf("%s: %s is %s, want %s", profile.name, name, got, fronted)
			}
		}
		if got := f.read(t, path+"/share/applications/discord.desktop"); !strings.Contains(got, profile.entry) {
			t.Errorf("%s: discord.desktop has no %q:\n%s", profile.name, profile.entry, got)
		}
		if icons := f.names(t, path+"/share/icons/hicolor/256x256/apps"); !slices.Contains(icons, "discord.png") {
			t.Errorf("%s: the icons are %q", profile.name, icons)
		}
	}
	f.fails(t, "equal", "conflict", "discord") // what setPrio is for
}

func (f fronts) plan(t *testing.T) {
	path := f.build(t, "plan")
	if got := f.names(t, path); !slices.Equal(got, []string{"bin", "manifest.nix"}) {
		t.Errorf("the plan's profile has %q; of desktop entries there should be none", got)
	}
	f.fails(t, "plan-beside", "conflict", "/bin/discord")
}

// launches: the target is the app's own path, so that it cannot be ourselves; the app gets its arguments.
func (f fronts) launches(t *testing.T) {
	out := f.build(t, "launches")
	var names []string
	for _, file := range f.names(t, out) {
		name, said := strings.CutSuffix(file, ".said")
		if !said {
			continue
		}
		names = append(names, name)
		text := unhashed(f.read(t, out+"/"+file))
		if !strings.HasPrefix(text, "fake ") || !strings.Contains(text, " --one two words") || strings.Contains(text, "electroscope/") {
			t.Errorf("%s started %q", name, text)
		}
		target := strings.Fields(text)[2]
		plan := unhashed(f.read(t, out+"/"+name+".plan"))
		if line, _, _ := strings.Cut(plan, "\n"); !slices.Contains(strings.Fields(line), target) {
			t.Errorf("%s started %s, and would start by its plan: %s", name, target, line)
		}
		if !strings.Contains(plan, "app-electron.slice") {
			t.Errorf("%s has no slice:\n%s", name, plan)
		}
	}
	want := []string{"Discord", "a.b+c", "claude-desktop", "codium", "discord", "hostile", "obsidian", "signal", "signal-desktop",
		"spotify", "teams", "teams-for-linux", "vscodium", "zoom", "zoom-us"}
	slices.Sort(names)
	if !slices.Equal(names, want) {
		t.Errorf("the profile's links are %q, want %q", names, want)
	}
}
