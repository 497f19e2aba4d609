//go:build rig

package desktop

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDebian takes real entries through install: Debian's Chromium's, and those of
// the packages of entries.sh. Only what starts the program may change in them.
func TestDebian(t *testing.T) {
	folder := os.Getenv("ELECTROSCOPE_ENTRIES")
	packages, err := filepath.Glob(folder + "/*")
	if err != nil || len(packages) < 10 {
		t.Fatalf("%d packages in ELECTROSCOPE_ENTRIES=%q (remedy: tests/desktop/run.sh)", len(packages), folder)
	}
	path, data := "", ""
	for _, p := range packages {
		path += ":" + p + "/usr/bin"
		data += p + "/usr/share:"
	}
	files, _ := filepath.Glob(folder + "/*/usr/share/applications/*.desktop")
	files = append(files, "/usr/share/applications/chromium.desktop")
	apps := map[string]bool{}
	for _, file := range files {
		apps[program(t, file)] = true
	}
	text := ""
	for _, app := range slices.Sorted(maps.Keys(apps)) {
		text += fmt.Sprintf("[apps.%s]\nexec = [%q, %q]\n", app, "/usr/bin/"+app, app)
	}
	h := newHome(t, t.TempDir(), text)
	h.env = append(h.env, "PATH="+h.dir+"/.local/bin:/usr/bin:/bin"+path, "XDG_DATA_DIRS="+data+"/usr/share")
	before := h.tree()
	h.electroscope("install")
	changed := 0
	for _, file := range files {
		made := h.dir + "/.local/share/applications/" + filepath.Base(file)
		changed += compare(t, file, made, h.dir+"/.local/bin/"+program(t, file))
		if diff := cmp.Diff(validate(file), validate(made)); diff != "" {
			t.Errorf("desktop-file-validate of %s: %s", filepath.Base(file), diff)
		}
	}
	t.Logf("%d entries of %d apps, %d lines changed", len(files), len(apps), changed)
	h.uninstall(before)
}

// program is the first word of the first Exec line, without its folder.
func program(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, exec, found := strings.Cut(string(text), "\nExec=")
	if !found {
		t.Fatalf("%s has no Exec", file)
	}
	return filepath.Base(strings.Fields(exec)[0])
}

// compare holds an entry against what was made of it, line by line, by rules of its
// own: they are those of these entries, whose programs are plain first words.
func compare(t *testing.T, file, made, link string) (changed int) {
	t.Helper()
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	now, err := os.ReadFile(made)
	if err != nil {
		t.Error(err)
		return 0
	}
	var want []string
	tries := strings.Contains(string(old), "\nTryExec=") // of these entries, in the main group
	for line := range strings.SplitSeq(string(old), "\n") {
		if exec, ok := strings.CutPrefix(line, "Exec="); ok {
			_, arguments, _ := strings.Cut(exec, " ")
			line = strings.TrimSuffix("Exec="+link+" "+arguments, " ")
			changed++
			if !tries {
				line += "\nTryExec=" + link
				tries = true
			}
		}
		if line == "DBusActivatable=true" {
			line = "DBusActivatable=false"
			changed++
		}
		want = append(want, line)
	}
	if diff := cmp.Diff(strings.Join(want, "\n"), string(now)); diff != "" {
		t.Errorf("%s: %s", filepath.Base(file), diff)
	}
	return changed
}

// validate is what desktop-file-validate says of an entry, its path left out.
func validate(file string) string {
	out, _ := exec.Command("desktop-file-validate", file).CombinedOutput() // fails on entries with errors, some of Debian's among them
	return strings.ReplaceAll(string(out), file, "")
}
