//go:build rig

package session

import (
	"os"
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
