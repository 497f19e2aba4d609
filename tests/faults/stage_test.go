//go:build rig

package faults

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A stage is what a test plays on: a folder of links that comes first on PATH, one
// of apps after it, a catalogue, and an environment.
type stage struct {
	t                  *testing.T
	dir, cwd           string
	links, bin, config string
	env                []string
}

// catalogue has limits and the default budget, so that the exchange with the
// manager is as long as that of a shipped app.
const catalogue = `
[apps.plain]
exec = ["plain-app"]

[apps.plain.limits]
MemoryMax = "1G"
TasksMax = "500"
`

// quiet asks for nothing that the rig cannot give (it has no controllers), so that
// a launch without a fault says nothing.
const quiet = `
[defaults]
memory = "infinity"

[budget]
memory = "infinity"
cpus = "infinity"

[apps.plain]
exec = ["plain-app"]
`

// newStage has the plain app, as a copy of a program of the machine's, and its link.
// Its path is short: that of a socket below it may have 107 bytes (unix(7)).
func newStage(t *testing.T, program, text string) *stage {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "f")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &stage{t: t, dir: dir, cwd: dir, links: dir + "/links", bin: dir + "/bin", config: dir + "/config"}
	for _, d := range []string{s.links, s.bin, s.config, dir + "/home"} {
		s.must(os.MkdirAll(d, 0o755))
	}
	s.env = []string{
		"PATH=" + s.links + ":" + s.bin + ":/usr/bin:/bin", "HOME=" + dir + "/home", "LANG=C.UTF-8",
		"XDG_RUNTIME_DIR=" + os.Getenv("XDG_RUNTIME_DIR"), "XDG_CONFIG_HOME=" + s.config, "XDG_CONFIG_DIRS=" + dir + "/none",
		"XDG_CACHE_HOME=" + dir + "/cache",
	}
	s.write(s.catalogue(), text)
	s.program("plain-app", program)
	s.program("plain", program) // what a link falls back on that finds no catalogue
	c := exec.Command(electroscope(), "link", "--dir", s.links, "plain")
	c.Env = s.env
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("electroscope link: %v\n%s", err, out)
	}
	return s
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func electroscope() string { return os.Getenv("ELECTROSCOPE_BIN") }

func (s *stage) catalogue() string { return s.config + "/electroscope/apps.toml" }
func (s *stage) app() string       { return s.bin + "/plain-app" }
func (s *stage) link() string      { return s.links + "/plain" }

func (s *stage) write(file, text string) {
	s.t.Helper()
	s.must(os.MkdirAll(filepath.Dir(file), 0o755))
	s.must(os.WriteFile(file, []byte(text), 0o644))
}

// program puts a copy of one of the machine's programs there.
func (s *stage) program(name, of string) {
	s.t.Helper()
	in, err := os.Open(of)
	s.must(err)
	defer in.Close()
	out, err := os.OpenFile(s.bin+"/"+name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	s.must(err)
	_, err = io.Copy(out, in)
	s.must(err)
	s.must(out.Close())
}

// with is the environment with other values; an entry without = takes one away.
func (s *stage) with(entries ...string) []string {
	env := slices.Clone(s.env)
	for _, entry := range entries {
		name, _, set := strings.Cut(entry, "=")
		env = slices.DeleteFunc(env, func(e string) bool { return strings.HasPrefix(e, name+"=") })
		if set {
			env = append(env, entry)
		}
	}
	return env
}
