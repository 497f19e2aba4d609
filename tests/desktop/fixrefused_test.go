//go:build rig

package desktop

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestFixRefused: what may not be changed is left, with the reason and what to do.
func TestFixRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		user, system string
		mode         os.FileMode
		says         string
	}{
		"an immutable group":      {user: "[Plugins][$i]\nblurEnabled=false\n", says: "[Plugins] blurEnabled immutable, by [$i]"},
		"an immutable key":        {user: "[Plugins]\nblurEnabled[$i]=false\n", says: "[Plugins] blurEnabled immutable, by [$i]"},
		"an immutable file":       {user: "[$i]\n[Plugins]\nblurEnabled=false\n", says: "[Plugins] blurEnabled immutable, by [$i]"},
		"the system's key":        {system: "[Plugins]\nblurEnabled[$i]=false\n", says: "[Plugins] blurEnabled immutable, by [$i]"},
		"the system's file":       {system: "[$i]\n", user: "[Plugins]\nblurEnabled=false\n", says: "[Plugins] blurEnabled immutable, by [$i]"},
		"a language beneath":      {system: "[Plugins]\ncontrastEnabled[de]=true\n", says: "[Plugins] contrastEnabled for a language"},
		"a file that is readonly": {user: "[Plugins]\nblurEnabled=false\n", mode: 0o444, says: "may not be written\n  if that is not meant: chmod u+w "},
	} {
		t.Run(name, func(t *testing.T) {
			h := newPlasma(t)
			h.write(h.dir+"/../etc/kwinrc", tt.system)
			if tt.user != "" {
				h.write(".config/kwinrc", tt.user)
			}
			if tt.mode != 0 {
				h.must(os.Chmod(h.dir+"/.config/kwinrc", tt.mode))
			}
			before := h.tree()
			if said := h.refused("doctor", "--fix", "--yes", "kwin-effects"); !strings.Contains(said, tt.says) {
				t.Errorf("it says %s, not %q", said, tt.says)
			}
			h.sameAs("a refused fix", before)
			if found := h.finds("kwin-effects"); strings.Contains(found.Mend, "--fix") {
				t.Errorf("doctor's mend is %s", found.Mend)
			}
		})
	}
}

// TestFixAsks: without a terminal nobody can be asked, and on one only yes is a yes. What was
// changed since is kept, with what to do by hand.
func TestFixAsks(t *testing.T) {
	h := newPlasma(t)
	before := h.tree()
	if said := h.refused("doctor", "--fix", "animations"); !strings.Contains(said, "there is no terminal to ask on") {
		t.Errorf("without a terminal: %s", said)
	}
	for _, answer := range []string{"\n", "n\n", "yess\n"} {
		if said := h.answers(answer, "doctor --fix animations"); !strings.Contains(said, "+AnimationDurationFactor=0.5") || !strings.Contains(said, "animations: not changed") {
			t.Errorf("%q: %s", answer, said)
		}
		h.sameAs("no", before)
	}
	if said := h.answers("y\n", "doctor --fix animations"); !strings.Contains(said, "animations: changed") {
		t.Errorf("yes: %s", said)
	}
	h.write(".config/kdeglobals", "[KDE]\nAnimationDurationFactor=0\n")
	changed := h.tree()
	said := h.refused("doctor", "--undo")
	if !strings.Contains(said, "was changed since: nothing is given back") || !strings.Contains(said, "rm "+h.dir+"/.config/kdeglobals gives it back") {
		t.Errorf("changed since: %s", said)
	}
	h.sameAs("an undo that is refused", changed)
}

// answers gives an answer to electroscope on a terminal, made by script(1).
func (h *home) answers(answer, words string) string {
	h.Helper()
	c := h.command("script", "--quiet", "--return", "--command", os.Getenv("ELECTROSCOPE_BIN")+" "+words, "/dev/null")
	c.Stdin = strings.NewReader(answer)
	out, _ := c.CombinedOutput()
	return string(out)
}

// TestFixJSON: what was done, for scripts.
func TestFixJSON(t *testing.T) {
	h := newPlasma(t)
	type fixed struct {
		Check, Result, State, Backup, Then string
		Files                              []string
	}
	read := func(words ...string) fixed {
		t.Helper()
		var list []fixed
		if err := json.Unmarshal([]byte(h.electroscope(words...)), &list); err != nil || len(list) != 1 {
			t.Fatalf("%v: %v", err, list)
		}
		return list[0]
	}
	if said := h.refused("doctor", "--fix", "--json", "animations"); !strings.Contains(said, "with --json nobody is asked") {
		t.Errorf("it says %s", said)
	}
	done := read("doctor", "--fix", "--yes", "--json", "animations")
	if done.Result != "changed" || done.State != "ok" || len(done.Files) != 1 || done.Then == "" {
		t.Errorf("fixed: %+v", done)
	}
	if _, err := os.Stat(done.Backup + "/record.json"); err != nil {
		t.Error(err)
	}
	if again := read("doctor", "--fix", "--yes", "--json", "animations"); again.Result != "nothing to do" {
		t.Errorf("fixed again: %+v", again)
	}
	if undone := read("doctor", "--undo", "--json"); undone.Check != "animations" || undone.Result != "restored" || len(undone.Files) != 1 {
		t.Errorf("undone: %+v", undone)
	}
}
