package cgroup

import (
	"os"
	"strings"
	"testing"
)

// FuzzProcess: of any /proc/PID/cgroup, what is said about the group agrees with itself.
func FuzzProcess(f *testing.F) {
	f.Add("0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-a.scope/inner\n", "app-a.scope")
	f.Add("12:memory:/\n0::/../x.scope\n", "..")
	f.Add("0::\n", "")
	proc := f.TempDir()
	if err := os.Mkdir(proc+"/self", 0o700); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, unit string) {
		if err := os.WriteFile(proc+"/self/cgroup", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		g, err := Own(proc)
		if err != nil && g != "" || !strings.Contains(text, string(g)) {
			t.Errorf("%q is of the group %q, %v", text, g, err)
		}
		if strings.Contains(unit, "/") {
			return // no name of a unit
		}
		of := g.Of(unit)
		if g.In(unit) != (of != "") || !strings.HasPrefix(string(g), string(of)) || of != "" && of.Name() != unit {
			t.Errorf("%q in %q: %v, as %q", g, unit, g.In(unit), of)
		}
		if inner := g.Unit(); inner != "" && strings.HasPrefix(string(g), "/") && !g.In(inner) {
			t.Errorf("%q is not in its unit %q", g, inner)
		}
		for _, slice := range g.Slices() {
			if strings.HasPrefix(string(g), "/") && !g.In(slice) {
				t.Errorf("%q is not in its slice %q", g, slice)
			}
		}
	})
}
