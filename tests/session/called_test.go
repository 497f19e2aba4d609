//go:build rig

package session

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestCalledOtherwise: argv[0] is what the caller makes it. The link says which app is
// meant, and it runs with its own limits and without a word.
func TestCalledOtherwise(t *testing.T) {
	for name, argv0 := range map[string]string{
		"another": "plain-work", "empty": "", "a login shell's": "-plain", "a path": "/x/plain-work", "a folder": "/", "a dot": ".",
		"a descriptor": "/proc/self/fd/3", "an option": "--version", "with a break": "a\nb",
	} {
		t.Run(name, func(t *testing.T) {
			s := plainStage(t)
			exe := s.bin + "/plain-app"
			p := s.startWith(func(c *exec.Cmd) { c.Args[0] = argv0 }, "plain", "x")
			r := p.report(exe)
			if !in(r.Group, "app-electron.slice") || !strings.Contains(r.Group, "app-plain-") || p.stderr() != "" {
				t.Errorf("it runs in %q; stderr: %q", r.Group, p.stderr())
			}
			if len(r.Args) != 2 || string(r.Args[0]) != exe || string(r.Args[1]) != "x" {
				t.Errorf("its arguments: %q", r.Args)
			}
		})
	}
	t.Run("by a link to the link", func(t *testing.T) {
		s := plainStage(t)
		s.must(os.Symlink("plain", s.links+"/x-plain"))
		p := s.start("x-plain", "x")
		if r := p.report(s.bin + "/plain-app"); !strings.Contains(r.Group, "app-plain-") || p.stderr() != "" {
			t.Errorf("it runs in %q; stderr: %q", r.Group, p.stderr())
		}
	})
	t.Run("none at all", func(t *testing.T) {
		s := plainStage(t)
		p := s.startWith(func(c *exec.Cmd) { c.Args = []string{} }, "plain")
		if r := p.report(s.bin + "/plain-app"); !strings.Contains(r.Group, "app-plain-") || p.stderr() != "" {
			t.Errorf("it runs in %q; stderr: %q", r.Group, p.stderr())
		}
	})
}

// TestStranger: no catalogue that can be seen knows the name. The next program of that
// name on PATH runs, with the defaults, and one line says so.
func TestStranger(t *testing.T) {
	const own = "[apps.mine]\nexec = [\"mine\"]\n"
	for name, change := range map[string]func(s *stage){
		"another's configuration": func(s *stage) { s.env = append(s.env, "XDG_CONFIG_HOME="+s.dir+"/none") },
		"truncated":               func(s *stage) { s.catalogue("") },
		"gone":                    func(s *stage) { s.must(os.Remove(s.config + "/electroscope/apps.toml")) },
		"no home": func(s *stage) {
			s.env = slices.DeleteFunc(s.env, func(e string) bool { return strings.HasPrefix(e, "HOME=") || strings.HasPrefix(e, "XDG_C") })
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			exe := s.standIn("mine", "wait")
			s.catalogue(own)
			s.link()
			change(s)
			p := s.start("mine", "x")
			if r := p.report(exe); !in(r.Group, "app-electron.slice") || string(r.Args[1]) != "x" {
				t.Errorf("it runs in %q with %q", r.Group, r.Args)
			}
			if err := oneLine(p.stderr(), "electroscope: note: mine runs without ", []string{"limits of its own", `"mine"`}); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestHomeOfPasswd: without HOME the catalogue is looked for where passwd(5) has it.
func TestHomeOfPasswd(t *testing.T) {
	s := newStage(t)
	exe := s.standIn("mine-app", "wait")
	s.catalogue("[apps.mine]\nexec = [\"mine-app\"]\n")
	s.link()
	config := os.Getenv("HOME") + "/.config/electroscope"
	s.write(config+"/apps.toml", uncapped+plain+"[apps.mine]\nexec = [\"mine-app\"]\n")
	t.Cleanup(func() { os.RemoveAll(config) })
	s.env = slices.DeleteFunc(s.env, func(e string) bool { return strings.HasPrefix(e, "HOME=") || strings.HasPrefix(e, "XDG_C") })
	p := s.start("mine")
	if r := p.report(exe); !in(r.Group, "app-electron.slice") || p.stderr() != "" {
		t.Errorf("it runs in %q; stderr: %q", r.Group, p.stderr())
	}
}

// TestRenamedTool: a name that is neither an app's nor a program's is the tool's file
// under another name, or a link gone wrong: the error says how to call either.
func TestRenamedTool(t *testing.T) {
	s := newStage(t)
	s.must(os.Symlink(electroscope(), s.links+"/es"))
	p := s.start("es", "--help")
	if p.status() != 127 || p.stdout() != "" {
		t.Errorf("status %d, stdout %q", p.status(), p.stdout())
	}
	for _, word := range []string{`"es"`, "has to be called electroscope", "known names:"} {
		if !strings.Contains(p.stderr(), word) {
			t.Errorf("stderr lacks %q: %s", word, p.stderr())
		}
	}
	p = s.startWith(func(c *exec.Cmd) { c.Args[0] = "-" }, electroscope(), "version")
	if p.status() != 0 || !strings.HasPrefix(p.stdout(), "electroscope ") {
		t.Errorf("under its own file's name: status %d, stdout %q, stderr %q", p.status(), p.stdout(), p.stderr())
	}
}
