//go:build rig

package session

import (
	"os"
	"strings"
	"testing"
)

// TestCatalogueBroken breaks the user's file in each way; discord is shipped, so it
// runs with what is shipped, and the line names the place.
func TestCatalogueBroken(t *testing.T) {
	// The user's file is what is tested; the rest is as quiet as the rig allows.
	for _, test := range []struct {
		name string
		make func(s *stage, file string)
		says []string
	}{
		{"syntax", func(s *stage, file string) { s.write(file, "[apps.discord]\nheap = = 3\n") }, []string{":2:8"}},
		{"unclosed", func(s *stage, file string) { s.write(file, "[apps.discord]\n\nid = \"x\n") }, []string{":3:"}},
		{"not UTF-8", func(s *stage, file string) { s.write(file, "[apps.discord]\nid = \"\xff\"\n") }, []string{":2:"}},
		{"unknown key", func(s *stage, file string) { s.write(file, "[apps.discord]\nhaep = \"1G\"\n") }, []string{":2:1", "haep", "heap"}},
		{"wrong type", func(s *stage, file string) { s.write(file, "[apps.discord]\nexec = 5\n") }, []string{":2:8", "exec"}},
		{"bad size", func(s *stage, file string) { s.write(file, "[apps.discord.limits]\nMemoryMax = \"lots\"\n") }, []string{":2:13", "MemoryMax"}},
		{"high above max", func(s *stage, file string) { s.write(file, "[apps.discord.limits]\nMemoryHigh = \"9G\"\n") }, []string{":2:", "MemoryHigh"}},
		{"NUL", func(s *stage, file string) { s.write(file, "[apps.discord]\n# \x00\n") }, []string{":2:3", "NUL"}},
		{"10 MB", func(s *stage, file string) { s.write(file, strings.Repeat("# comment\n", 1<<20)) }, []string{"large"}},
		{"a folder", func(s *stage, file string) { s.must(os.MkdirAll(file, 0o755)) }, []string{"folder"}},
		{"unreadable", func(s *stage, file string) {
			s.write(file, "")
			s.must(os.Chmod(file, 0))
		}, []string{"permission denied"}},
		{"may be written by all", func(s *stage, file string) {
			s.write(file, "[apps.discord]\nexec = [\"evil\"]\n")
			s.must(os.Chmod(file, 0o666))
		}, []string{"may be written by every user"}},
		{"a link loop", func(s *stage, file string) { s.must(os.Symlink(file, file)) }, []string{"apps.toml"}},
		{"a pipe", func(s *stage, file string) { tool(s.t, "mkfifo", file) }, []string{"apps.toml"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			exe := s.standIn("Discord", "wait")
			s.link()
			file := s.config + "/electroscope/apps.toml"
			test.make(s, file)
			p := s.start("discord", "x")
			r := p.report(exe)
			if !in(r.Group, "app-electron.slice") {
				t.Errorf("it runs in %q", r.Group)
			}
			if err := oneLine(p.stderr(), "electroscope: note: discord runs without ", append(test.says, file)); err != nil {
				t.Error(err)
			}
			s.env = append(s.env, "ELECTROSCOPE_SET=defaults.on-failure = \"refuse\"")
			p = s.start("discord")
			if p.status() != 125 || !strings.Contains(p.stderr(), file) {
				t.Errorf("refuse: status %d, stderr: %s", p.status(), p.stderr())
			}
		})
	}
}

// TestCatalogueLost: the file that knew the app is broken, so no app answers to the
// link. The program of that name is run all the same.
func TestCatalogueLost(t *testing.T) {
	s := newStage(t)
	exe := s.standIn("mine", "wait")
	s.catalogue("[apps.mine]\nexec = [\"mine\"]\n")
	s.link()
	s.catalogue("[apps.mine\nexec = [\"mine\"]\n")
	p := s.start("mine", "x")
	if r := p.report(exe); !in(r.Group, "app-electron.slice") {
		t.Errorf("it runs in %q", r.Group)
	}
	if err := oneLine(p.stderr(), "electroscope: note: mine runs without ", []string{"apps.toml:1:"}); err != nil {
		t.Error(err)
	}
}
