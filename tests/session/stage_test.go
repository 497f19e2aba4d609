//go:build rig

package session

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A stage is what one test plays on: a folder of links that comes first on PATH,
// one of stand-ins after it, a catalogue, and an environment.
type stage struct {
	t                  *testing.T
	dir                string
	links, bin, config string
	env                []string
}

// plain is an app that asks for nothing the rig cannot give (it has no memory and
// cpu controllers), so that a launch without a fault says nothing at all.
const plain = `
[budget]
memory = "infinity"
cpus = "infinity"

[apps.plain]
exec = ["plain-app"]
`

// uncapped takes off the cap of apps without limits, which the rig cannot give either.
const uncapped = "[defaults]\nmemory = \"infinity\"\n"

func newStage(t *testing.T) *stage {
	t.Helper()
	dir := t.TempDir()
	s := &stage{t: t, dir: dir, links: dir + "/links", bin: dir + "/bin", config: dir + "/config"}
	for _, d := range []string{s.links, s.bin, s.config + "/electroscope", dir + "/home"} {
		s.must(os.MkdirAll(d, 0o755))
	}
	s.env = []string{
		"PATH=" + s.links + ":" + s.bin + ":/usr/bin:/bin", "HOME=" + dir + "/home", "LANG=C.UTF-8",
		"XDG_RUNTIME_DIR=" + os.Getenv("XDG_RUNTIME_DIR"), "XDG_CONFIG_HOME=" + s.config, "XDG_CONFIG_DIRS=" + dir + "/etc",
		"XDG_CACHE_HOME=" + dir + "/cache",
	}
	s.write(dir+"/etc/electroscope/apps.toml", uncapped)
	t.Cleanup(endNotices)
	return s
}

// endNotices ends the services that wait for a notification daemon, to show what a
// launch under a fault has to say: in most rigs none comes. A manager that is not there,
// or was killed, has none.
func endNotices() { _, _ = try("systemctl", "--user", "stop", "electroscope-notice-*") }

// plainStage has the plain app and its link.
func plainStage(t *testing.T) *stage {
	t.Helper()
	s := newStage(t)
	s.catalogue(plain)
	s.standIn("plain-app", "wait")
	s.link()
	return s
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func electroscope() string { return os.Getenv("ELECTROSCOPE_BIN") }

func (s *stage) catalogue(text string) { s.write(s.config+"/electroscope/apps.toml", text) }

func (s *stage) write(file, text string) {
	s.t.Helper()
	s.must(os.MkdirAll(filepath.Dir(file), 0o755))
	s.must(os.WriteFile(file, []byte(text), 0o644))
}

// executable is a copy of this test binary that hard links can be made of: the
// checkout is another file system. TestMain has it made before anything is forked,
// for a program that a child holds open for writing cannot be run (ETXTBSY).
//
// The launch knows copies of electroscope by their main module, which is this
// binary's too; so the copy goes by another.
var executable = sync.OnceValues(func() (string, error) {
	const module, another = "\nmod\telectroscope\t", "\nmod\tstand-in/app\t"
	dir, err := os.MkdirTemp("", "stand-in-")
	if err != nil {
		return "", err
	}
	program, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		return "", err
	}
	program = bytes.ReplaceAll(program, []byte(module), []byte(another))
	return dir + "/stand-in", os.WriteFile(dir+"/stand-in", program, 0o755)
})

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if closed := out.Close(); err == nil {
		err = closed
	}
	return err
}

// standIn puts one into the folder behind the links, or at a path.
func (s *stage) standIn(name, then string) string {
	s.t.Helper()
	exe, err := executable()
	s.must(err)
	path := s.at(name)
	s.must(os.Link(exe, path))
	s.must(os.WriteFile(path+thenSuffix, []byte(then), 0o644))
	return path
}

// program puts a copy of one of the machine's programs there.
func (s *stage) program(name, of string) string {
	s.t.Helper()
	s.must(copyFile(of, s.at(name)))
	return s.at(name)
}

func (s *stage) script(name, text string) string {
	s.t.Helper()
	path := s.at(name)
	s.must(os.WriteFile(path, []byte(text), 0o755))
	return path
}

func (s *stage) at(name string) string {
	if strings.Contains(name, "/") {
		return name
	}
	return s.bin + "/" + name
}

// link makes the links of every app, by electroscope's own command.
func (s *stage) link() {
	s.t.Helper()
	c := exec.Command(electroscope(), "link", "--all", "--dir", s.links)
	c.Env = s.env
	if out, err := c.CombinedOutput(); err != nil {
		s.t.Fatalf("electroscope link: %v\n%s", err, out)
	}
}
