//go:build rig

// Package pack tests what make install puts on a machine, as it lies there:
// completions in the real shells, man pages, the packages. run.sh starts it.
package pack

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// installed is where make install has put its files, with PREFIX=/usr.
func installed(t *testing.T) string {
	t.Helper()
	root := os.Getenv("ELECTROSCOPE_INSTALLED")
	if !filepath.IsAbs(root) {
		t.Fatalf("ELECTROSCOPE_INSTALLED is %q, not the path of a tree (remedy: tests/package/run.sh)", root)
	}
	return root
}

// A shell on a terminal, and how it is told where the completion lies.
var shells = []struct {
	name    string
	command string
	setup   func(root string) string
	bare    bool // knows no other command's completion
}{
	{"bash", "bash --noprofile --norc -i", func(root string) string { // which finds ours in XDG_DATA_DIRS
		return ". /usr/share/bash-completion/bash_completion"
	}, false},
	{"bash without bash-completion", "bash --noprofile --norc -i", func(root string) string {
		return ". " + root + "/usr/share/bash-completion/completions/electroscope"
	}, true},
	{"zsh", "zsh -f -i", func(root string) string {
		return "unsetopt prompt_cr auto_remove_slash; fpath=(" + root + "/usr/share/zsh/site-functions $fpath); bindkey -e; autoload -Uz compinit; compinit -u -D"
	}, false},
	{"fish", "fish -i", func(root string) string { return "true" }, false}, // finds it in XDG_DATA_DIRS
}

// Keys: TAB, to the begin of the line, and so on.
const (
	tab   = "\t"
	begin = "\x01"
	clear = "\x15"
)

// What is typed, and what the line has become. mine is an app of the user's own.
var lines = []struct {
	typed, becomes string
	behind         bool // by another command's completion
}{
	{"electroscope inst" + tab, "electroscope install", false},
	{"electroscope run disc" + tab, "electroscope run discord", false},
	{"electroscope run min" + tab, "electroscope run mine", false},
	{"electroscope run --Mem" + tab, "electroscope run --Memory", false},
	{"electroscope run --MemoryMa" + tab + "1G disc" + tab, "electroscope run --MemoryMax=1G discord", false},
	{"electroscope run --on-failure=ref" + tab, "electroscope run --on-failure=refuse", false},
	{"electroscope help MemoryMa" + tab, "electroscope help MemoryMax", false},
	{"electroscope doctor --fix kwin-e" + tab, "electroscope doctor --fix kwin-effects", false},
	{"electroscope config sh" + tab, "electroscope config show", false},
	{"electroscope shell --CPUQ" + tab + "50% ./prog" + tab, "electroscope shell --CPUQuota=50% ./program", false},
	{"electroscope shell mkdir --par" + tab, "electroscope shell mkdir --parents", true},
	{"electroscope link --dir=folder" + tab, "electroscope link --dir=folder-here/", false},
}

func TestCompletion(t *testing.T) {
	root := installed(t)
	for _, shell := range shells {
		t.Run(shell.name, func(t *testing.T) {
			s := begins(t, root, shell.command)
			s.types(shell.setup(root) + "; echo re''ady\r")
			s.waits("ready\r\n")
			for _, line := range lines {
				if line.behind && shell.bare {
					continue
				}
				// The completed line goes to printf, whose words are then seen.
				s.types(line.typed + begin + "printf '<%s>' begin \r")
				want := "<begin><" + strings.ReplaceAll(line.becomes, " ", "><") + ">"
				if !s.waits(want) {
					t.Errorf("%q does not become %q; on the terminal:\n%s", line.typed, line.becomes, s.all())
					return
				}
			}
		})
	}
}

// A session is a shell on a terminal of its own, made by script(1).
type session struct {
	t    *testing.T
	in   interface{ Write([]byte) (int, error) }
	file string
	seen int // what of the output has been matched
}

func begins(t *testing.T, root, command string) *session {
	t.Helper()
	home := t.TempDir()
	must(t, os.MkdirAll(home+"/.config/electroscope", 0o755))
	must(t, os.Mkdir(home+"/folder-here", 0o755))
	// Else fish makes completions of all man pages there, in a process that goes on
	// after it has ended (fish's share/functions/__fish_config_interactive.fish).
	must(t, os.MkdirAll(home+"/.local/share/fish/generated_completions", 0o755))
	must(t, os.WriteFile(home+"/program", []byte("#!/bin/sh\n"), 0o755))
	must(t, os.WriteFile(home+"/.config/electroscope/apps.toml", []byte("[apps.mine]\n"), 0o644))
	s := &session{t: t, file: home + "/typescript"}
	bounded, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	c := exec.CommandContext(bounded, "script", "--quiet", "--flush", "--command", "stty -echo cols 500; exec "+command, s.file)
	c.Dir = home
	c.Env = []string{"HOME=" + home, "PATH=" + root + "/usr/bin:/usr/bin:/bin", "XDG_DATA_DIRS=" + root + "/usr/share", "TERM=dumb", "LANG=C.UTF-8", "SHELL=/bin/sh"}
	in, err := c.StdinPipe()
	must(t, err)
	s.in = in
	must(t, c.Start())
	t.Cleanup(func() {
		in.Write([]byte(clear + "exit\r"))
		c.Wait() // bounded by the context
	})
	return s
}

func (s *session) types(keys string) {
	s.t.Helper()
	_, err := s.in.Write([]byte(keys))
	must(s.t, err)
}

func (s *session) all() string {
	text, _ := os.ReadFile(s.file)
	return string(text)
}

// waits for a text behind those that came before.
func (s *session) waits(text string) bool {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if i := strings.Index(s.all()[s.seen:], text); i >= 0 {
			s.seen += i + len(text)
			return true
		}
	}
	return false
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
