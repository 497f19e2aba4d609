package doctor

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata/*.golden anew")

var machines = []string{"nixos-nvidia", "debian-laptop-amd", "debian-server", "empty-container", "hostile-proc"}

// examine makes every check on a recorded machine.
func examine(t *testing.T, r recording) []Finding {
	t.Helper()
	return Run(r.unpack(t), Checks(), func(string) {})
}

// TestRecordedMachines: what is found on each of them, a line a check.
func TestRecordedMachines(t *testing.T) {
	for _, name := range machines {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for _, f := range examine(t, record(t, name)) {
				fmt.Fprintf(&b, "%-8s %-22s %s\n", f.State, f.Check, f.Found)
				if f.Mend != "" {
					fmt.Fprintf(&b, "%32s%s\n", "mend: ", f.Mend)
				}
			}
			got := withoutUID(b.String())
			golden := "testdata/" + name + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", golden, diff)
			}
		})
	}
}

// withoutUID takes who runs the test out of a text: the files of a recorded machine are his.
func withoutUID(text string) string {
	uid := strconv.Itoa(os.Getuid())
	return strings.NewReplacer("/run/user/"+uid+"/", "/run/user/UID/", "user-"+uid+".slice", "user-UID.slice").Replace(text)
}

// TestHealthy: on a machine that is as it should be, nothing is to be mended.
func TestHealthy(t *testing.T) {
	for _, name := range []string{"nixos-nvidia", "debian-laptop-amd"} {
		for _, f := range examine(t, record(t, name)) {
			if f.IsProblem() || f.State == Unknown {
				t.Errorf("%s: %s is %s: %s", name, f.Check, f.State, f.Found)
			}
		}
	}
}

// TestChecks: their names are in kebab-case and of one check each, and each says what it is for.
func TestChecks(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Checks() {
		if strings.Trim(c.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || seen[c.Name] || seen[string(c.Group)] && c.Name == string(c.Group) {
			t.Errorf("%q is not a name of its own", c.Name)
		}
		seen[c.Name] = true
		if c.Wanted == "" || c.Why == "" || strings.ContainsAny(c.Wanted+c.Why, "\n") || strings.HasSuffix(c.Why, ".") {
			t.Errorf("%s: wanted %q, why %q", c.Name, c.Wanted, c.Why)
		}
	}
}

// TestHostileFiles: whatever a file or a program says, each check ends, and says something.
func TestHostileFiles(t *testing.T) {
	r := record(t, nixos)
	root := r.unpack(t).Root
	for name := range r {
		if strings.HasPrefix(name, "sys/fs/") || slices.Contains([]string{"links", "engines", "programs", "manager"}, name) {
			continue
		}
		for _, text := range []string{"", "\x00\x1b[31m -1 18446744073709551616 NaN [ ] = :\n[$i]\n# dec\n1\nmax max\n[x: segfault at \n"} {
			m := r.changed(t, root, map[string]string{name: text})
			for _, f := range Run(m, Checks(), func(string) {}) {
				if f.State == "" || f.Found == "" {
					t.Errorf("%s is %q: %s finds nothing to say: %+v", name, text, f.Check, f)
				}
			}
			if isFile(name) {
				put(t, root, name, r[name])
			}
		}
	}
}
