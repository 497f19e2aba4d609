//go:build rig

package session

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestTargetMissing(t *testing.T) {
	s := plainStage(t)
	s.must(os.Remove(s.bin + "/plain-app"))
	s.ends(127, "plain-app", "looked in", s.links, s.bin)
	s.must(os.Mkdir(s.bin+"/plain-app", 0o755))
	s.ends(127, s.bin+"/plain-app", "is a folder")
	s.must(os.Remove(s.bin + "/plain-app"))
	s.must(os.Symlink("/nonexistent/app", s.bin+"/plain-app"))
	s.ends(127, s.bin+"/plain-app", "/nonexistent/app")
	s.must(os.Remove(s.bin + "/plain-app"))
	s.script("plain-app", "#!/nonexistent/interpreter\n")
	s.ends(127, s.bin+"/plain-app", "interpreter")
}

func TestTargetNotExecutable(t *testing.T) {
	s := plainStage(t)
	s.must(os.Remove(s.bin + "/plain-app"))
	s.write(s.bin+"/plain-app", "text")
	s.ends(126, s.bin+"/plain-app", "permission denied", "chmod +x")
	s.must(os.Chmod(s.bin+"/plain-app", 0o755))
	s.write(s.bin+"/plain-app", "\x7fELF, and then nothing")
	s.ends(126, s.bin+"/plain-app", "exec format error")
}

// TestTargetOwnScope: what takes the app out of the scope of its launch is said, and
// refused where the limits are asked for at any price.
func TestTargetOwnScope(t *testing.T) {
	const refuse = "on-failure = \"refuse\"\n"
	for name, test := range map[string]struct {
		wrapper, says string
	}{
		"always":      {"#!/bin/sh\nexec systemd-run --user --scope --quiet \"$PROGRAM\" \"$@\"\n", "without limits: systemd-run starts it in a scope of its own"},
		"in a branch": {"#!/bin/sh\n[ \"$(date +%s)\" = 1 ] && exec systemd-run --user --scope \"$PROGRAM\"\nexec \"$PROGRAM\" \"$@\"\n", "may start it by systemd-run"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			s.catalogue(plain)
			program := s.standIn("program", "exit 7")
			s.script("plain-app", test.wrapper)
			s.env = append(s.env, "PROGRAM="+program)
			s.link()
			if p := s.start("plain"); p.status() != 7 || !strings.Contains(p.stderr(), test.says) {
				t.Errorf("status %d; stderr: %s", p.status(), p.stderr())
			}
			s.catalogue(plain + refuse)
			s.ends(125, test.says, "refuse")
			if n := reports(program); n != 1 {
				t.Errorf("it ran %d times", n)
			}
			c := exec.Command(electroscope(), "run", "-n", "plain")
			c.Env = s.env
			if out, err := c.CombinedOutput(); err != nil || !strings.Contains(string(out), "systemd-run") {
				t.Errorf("%v: run -n says nothing of it: %s", err, out)
			}
		})
	}
}

// ends launches the plain app, which must not come to run.
func (s *stage) ends(status int, says ...string) {
	s.t.Helper()
	p := s.start("plain")
	if got := p.status(); got != status {
		s.t.Errorf("status %d, want %d; stderr: %s", got, status, p.stderr())
	}
	for _, word := range says {
		if !strings.Contains(p.stderr(), word) {
			s.t.Errorf("stderr lacks %q: %s", word, p.stderr())
		}
	}
}
