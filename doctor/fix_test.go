package doctor

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"electroscope/desktop/install"
)

// fixed makes a fault on a recorded machine, and the edits of its check's fix. The machine is one
// that has read nothing yet.
func fixed(t *testing.T, f fault) (m *Machine, c Check, err error) {
	t.Helper()
	name, _, _ := strings.Cut(f.want, " ")
	list, _ := Select([]string{name})
	c = list[0]
	if c.Fix == nil || c.Fix.edits == nil {
		return nil, c, nil
	}
	r := record(t, f.machine)
	m = r.changed(t, r.unpack(t).Root, f.edited(r))
	edits, err := m.Edits(c)
	for _, e := range edits {
		text, err := m.whole(e.Path)
		if err != nil {
			t.Fatal(err)
		}
		write(t, e.Path, e.Change(text), 0o644)
	}
	return r.with(f.edited(r)).machine(m.Root), c, err
}

// TestFixesMend: of each single fault with a fix in files, the check is ok after it, or all that is
// left is to have it take effect; and there is nothing more to change.
func TestFixesMend(t *testing.T) {
	refused := map[string]string{
		"an administrator's key that is fixed":  "magiclampEnabled immutable",
		"libva is told another card's driver":   "only sets variables",
		"a dead feature in one's own apps.toml": "in no flags file",
	}
	tried := map[string]bool{}
	for _, f := range allFaults() {
		t.Run(f.name, func(t *testing.T) {
			m, c, err := fixed(t, f)
			var refusal *Refusal
			switch why := refused[f.name]; {
			case m == nil:
				return
			case why != "" && errors.As(err, &refusal) && strings.Contains(refusal.Text, why):
				return
			case why != "" || err != nil:
				t.Fatalf("%v, want %q", err, why)
			}
			tried[c.Name] = true
			if edits, err := m.Edits(c); err != nil || len(edits) > 0 {
				t.Errorf("after it there are %d more edits, %v", len(edits), err)
			}
			if got := Run(m, []Check{c}, func(string) {})[0]; got.State != OK && (c.Fix.Then == "" || got.Mend != c.Fix.Then && !m.isNixOS()) {
				t.Errorf("after it %s is %s: %s; mend: %s", c.Name, got.State, got.Found, got.Mend)
			}
		})
	}
	for _, c := range Fixes() {
		if c.Fix.edits != nil && !tried[c.Name] {
			t.Errorf("no fault has the fix of %s tried", c.Name)
		}
	}
}

// TestMayEdit: a file that is not this user's to change is refused, with the reason.
func TestMayEdit(t *testing.T) {
	for _, tt := range []struct {
		name string
		make func(t *testing.T, root, path string)
		uid  int
		want string
	}{
		{name: "nothing there", make: func(*testing.T, string, string) {}},
		{name: "a file", make: func(t *testing.T, _, path string) { write(t, path, "", 0o600) }},
		{name: "a link", make: func(t *testing.T, root, path string) {
			write(t, root+"/dotfiles/kwinrc", "", 0o644)
			link(t, root+"/dotfiles/kwinrc", path)
		}},
		{"a link to itself", func(t *testing.T, _, path string) { link(t, path, path) }, 0, "cannot follow"},
		{"another's file", func(t *testing.T, _, path string) { write(t, path, "", 0o644) }, 1, "belongs to the user with number"},
		{"another's folder", func(*testing.T, string, string) {}, 1, "belongs to the user with number"},
		{"a file that may not be written", func(t *testing.T, _, path string) { write(t, path, "", 0o444) }, 0, "may not be written"},
		{"a file of two names", func(t *testing.T, _, path string) {
			write(t, path, "", 0o644)
			if err := os.Link(path, path+".too"); err != nil {
				t.Fatal(err)
			}
		}, 0, "by a hard link"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := recording{"environ": "HOME=$ROOT/home/me"}.unpack(t)
			m.Process.UID += tt.uid
			path := m.Root + "/home/me/.config/kwinrc"
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			tt.make(t, m.Root, path)
			err := m.mayEdit("/home/me/.config/kwinrc")
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

// TestMadeByNix: a link of home-manager's is left, with the line of its configuration.
func TestMadeByNix(t *testing.T) {
	r := recording{"environ": "HOME=$ROOT/home/me\nXDG_CURRENT_DESKTOP=KDE", "nix/store/x-home/kwinrc": "", "links": "/home/me/.config/kwinrc -> $ROOT/nix/store/x-home/kwinrc"}
	m := r.unpack(t)
	checks, _ := Select([]string{"kwin-effects"})
	_, err := m.Edits(checks[0])
	var refusal *Refusal
	if !errors.As(err, &refusal) || !strings.HasSuffix(refusal.Text, `is made by Nix: it leads to "/nix/store/x-home/kwinrc"`) || refusal.Remedy != plasmaLines {
		t.Errorf("%+v", err)
	}
	if got := Run(m, checks, func(string) {})[0].Mend; !strings.HasSuffix(got, plasmaLines) {
		t.Errorf("doctor's mend is %s", got)
	}
}

func link(t *testing.T, to, path string) {
	t.Helper()
	if err := os.Symlink(to, path); err != nil {
		t.Fatal(err)
	}
}

func TestWithVariable(t *testing.T) {
	v := variable{"A", "$B:x"}
	for text, want := range map[string]string{
		"":                    "A=$B:x\n",
		"B=1":                 "B=1\nA=$B:x\n",
		"# mine\nB=1\n":       "# mine\nB=1\nA=$B:x\n",
		"A=1\nB=2\n":          "A=$B:x\nB=2\n",
		"A=0\nB=2\nA = 1\n":   "A=0\nB=2\nA=$B:x\n",
		"A=$B:x\nB=2\n":       "A=$B:x\nB=2\n",
		"AA=1\n#A=2\nB=A=3\n": "AA=1\n#A=2\nB=A=3\nA=$B:x\n",
	} {
		if got := withVariable(text, v); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestOverridden: a variable that a later file of the user's sets would not come through.
func TestOverridden(t *testing.T) {
	const dir = "home/me/.config/environment.d/"
	for name, tt := range map[string]struct {
		files recording
		want  bool
	}{
		"no other":              {recording{}, false},
		"an earlier one":        {recording{dir + "10-x.conf": "PATH=/bin\n"}, false},
		"a later one":           {recording{dir + "99-x.conf": "PATH=/bin\n"}, true},
		"a later one adds":      {recording{dir + "99-x.conf": "PATH=/x:${PATH}\n"}, false},
		"a later one, the same": {recording{dir + "99-x.conf": "PATH=$HOME/.local/bin:$PATH\n"}, false},
		"of another name":       {recording{dir + "99-x.conf": "MANPATH=/x\n"}, false},
	} {
		m := tt.files.with(map[string]string{"environ": "HOME=$ROOT/home/me"}).unpack(t)
		if err := m.overridden([]variable{{"PATH", "$HOME/.local/bin:$PATH"}}); (err != nil) != tt.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSelectFixes: a name has to have a fix, and of a group those that have one are taken.
func TestSelectFixes(t *testing.T) {
	for words, want := range map[string]string{
		"kwin-effects":           "kwin-effects",
		"kwin-effects zram-size": "kwin-effects, not zram-size",
		"gpu":                    "video-variables",
		"gpu vaapi":              "video-variables, not vaapi",
		"memory":                 ", not ram",
		"kwin":                   ", unknown kwin",
	} {
		list, unmatched, without := SelectFixes(strings.Fields(words))
		var names []string
		for _, c := range list {
			names = append(names, c.Name)
		}
		got := strings.Join(names, " ")
		if without != nil {
			got += ", not " + without.Name
		}
		if unmatched != "" {
			got += ", unknown " + unmatched
		}
		if got != want {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
}

// TestMendIsTheFix: a problem names the fix only if it would change something here.
func TestMendIsTheFix(t *testing.T) {
	entry := install.Change{Record: install.Record{Kind: install.Entry}, To: &install.File{Text: "x"}}
	linked := install.Change{Record: install.Record{Kind: install.Link}, To: &install.File{Link: "x"}}
	for name, tt := range map[string]struct {
		check   string
		changes []install.Change
		result  Result
		mayFix  bool
		want    bool
	}{
		"links to make":          {"links-first", []install.Change{linked}, Result{}, true, true},
		"as root":                {"links-first", []install.Change{linked}, Result{}, false, false},
		"PATH is the trouble":    {"links-first", nil, Result{}, true, false},
		"only entries":           {"links-first", []install.Change{entry}, Result{}, true, false},
		"entries":                {"desktop-entries", []install.Change{entry}, Result{}, true, true},
		"another mend is needed": {"apps-slice", []install.Change{{Record: install.Record{Kind: install.Unit}, To: &install.File{Text: "x"}}}, warn("").mend("unmask"), true, false},
		"no fix":                 {"zram-size", []install.Change{linked}, Result{}, true, false},
	} {
		m := record(t, laptop).unpack(t)
		m.MayFix = tt.mayFix
		m.Install = func(Install) (install.Plan, error) { return install.Plan{Changes: tt.changes}, nil }
		checks, _ := Select([]string{tt.check})
		if got := m.fixLine(checks[0], tt.result) == "electroscope doctor --fix "+tt.check; got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// TestExcludedFolders: those that are there are added to the user's list, spelled as it is.
func TestExcludedFolders(t *testing.T) {
	for text, want := range map[string]string{
		"": "[General]\nonly basic indexing=true\nexclude folders[$e]=$HOME/.cache\n",
		"[General]\nexclude folders[$e]=$HOME/a b/,/x\nonly basic indexing=true\n": "[General]\nexclude folders[$e]=$HOME/a b/,/x,$HOME/.cache\nonly basic indexing=true\n",
		"[General]\nexclude folders=/x\nonly basic indexing=true\n":                "[General]\nexclude folders=/x,$ROOT/home/me/.cache\nonly basic indexing=true\n",
	} {
		m := recording{"environ": "HOME=$ROOT/home/me\nXDG_CURRENT_DESKTOP=KDE", "home/me/.config/baloofilerc": text, "home/me/.cache/x": ""}.unpack(t)
		checks, _ := Select([]string{"baloo-keys"})
		edits, err := m.Edits(checks[0])
		if err != nil || len(edits) != 1 {
			t.Fatalf("%d edits, %v", len(edits), err)
		}
		if got := edits[0].Change(text); got != expand(m.Root, want) {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	m := recording{"environ": "HOME=$ROOT/home/m,e\nXDG_CURRENT_DESKTOP=KDE"}.unpack(t)
	checks, _ := Select([]string{"baloo-keys"})
	if _, err := m.Edits(checks[0]); err == nil || !slices.Contains(strings.Fields(err.Error()), "list") {
		t.Errorf("a home with a comma: %v", err)
	}
}
