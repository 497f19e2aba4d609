//go:build rig

package nix

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// doctor is what electroscope doctor finds of Plasma in this home.
func (d desktop) doctor() map[string]string {
	d.t.Helper()
	bin, err := filepath.Abs(cmp.Or(os.Getenv("ELECTROSCOPE_BIN"), "../../build/electroscope"))
	if err != nil {
		d.t.Fatal(err)
	}
	out := d.must("XDG_CURRENT_DESKTOP=KDE XDG_CONFIG_HOME=$HOME/.config XDG_CONFIG_DIRS=$HOME/etc " + bin + " doctor --json plasma || true")
	var list []struct{ Check, State, Found string }
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		d.t.Fatalf("%v: %s", err, out)
	}
	found := map[string]string{}
	for _, f := range list {
		found[f.Check] = strings.TrimSpace(f.State + " " + f.Found)
	}
	return found
}

// TestDoctorAfterActivation: what the module wrote is what doctor wants.
func TestDoctorAfterActivation(t *testing.T) {
	d := newDesktop(t, own)
	if got := d.doctor(); strings.HasPrefix(got["baloo-keys"], "ok") && strings.HasPrefix(got["kwin-effects"], "ok") {
		t.Errorf("before: %q, nothing is left to the module", got)
	}
	d.activate("{ }")
	got := d.doctor()
	for _, check := range []string{"kwin-compositor", "kwin-effects", "animations", "baloo-keys"} {
		if !strings.HasPrefix(got[check], "ok") {
			t.Errorf("%s: %s", check, got[check])
		}
	}
}

// TestDoctorReadsAsKDE: of files that lie over each other doctor reads the value that kreadconfig6 reads.
func TestDoctorReadsAsKDE(t *testing.T) {
	const head = "[Compositing]\n"
	for name, test := range map[string]struct{ globals, system, user string }{
		"nothing":                              {},
		"the user's":                           {user: head + "Backend=QPainter\n"},
		"the administrator's":                  {system: head + "Backend=QPainter\n"},
		"both":                                 {system: head + "Backend=QPainter\n", user: head + "Backend=XRender\n"},
		"the last of two":                      {user: head + "Backend=QPainter\nBackend=XRender\n"},
		"a group of two parts":                 {user: head + "Backend=QPainter\n[Other]\nBackend=XRender\n"},
		"a group twice":                        {user: head + "Backend=QPainter\n[Other]\nA=1\n" + head + "Backend=XRender\n"},
		"a fixed key":                          {system: head + "Backend[$i]=QPainter\n", user: head + "Backend=XRender\n"},
		"a fixed group":                        {system: "[Compositing][$i]\nBackend=QPainter\n", user: head + "Backend=XRender\n"},
		"a fixed file":                         {system: "[$i]\n" + head + "Backend=QPainter\n", user: head + "Backend=XRender\n"},
		"a key taken out":                      {system: head + "Backend=QPainter\n", user: head + "Backend[$d]\n"},
		"a comment":                            {user: head + "#Backend=XRender\nBackend=QPainter\n"},
		"blanks around":                        {user: "  [Compositing]  \n  Backend  =  QPainter  \n"},
		"of kdeglobals":                        {globals: head + "Backend=QPainter\n"},
		"over kdeglobals":                      {globals: head + "Backend=QPainter\n", user: head + "Backend=XRender\n"},
		"kdeglobals after the administrator's": {globals: head + "Backend=QPainter\n", system: head + "Backend=XRender\n"},
		"no newline at the end":                {user: head + "Backend=QPainter"},
		"another group's name in it":           {user: "[Compositing][More]\nBackend=QPainter\n"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesktop(t, map[string]string{"kdeglobals": test.globals, "kwinrc": test.user})
			d.write("etc/kwinrc", test.system)
			want := strings.TrimSuffix(d.must("XDG_CONFIG_HOME=$HOME/.config XDG_CONFIG_DIRS=$HOME/etc kreadconfig6 --file kwinrc --group Compositing --key Backend --default OpenGL"), "\n")
			found := "warn Backend=" + want
			if want == "OpenGL" {
				found = "ok as wanted"
			}
			if got := d.doctor()["kwin-compositor"]; got != found {
				t.Errorf("doctor finds %q, and KDE reads %q", got, want)
			}
		})
	}
}
