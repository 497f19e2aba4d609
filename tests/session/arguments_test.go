//go:build rig

package session

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestArguments sends what a program must get byte for byte, as a native app and as
// one whose switches are merged in behind them, but before a "--" and a URL.
func TestArguments(t *testing.T) {
	s := newStage(t)
	s.catalogue(plain + "[apps.engine]\nexec = [\"engine-app\"]\nruntime = \"electron\"\nheap = \"512M\"\n")
	s.standIn("plain-app", "exit 0")
	s.standIn("engine-app", "exit 0")
	s.link()
	const heap = "--js-flags=--max-old-space-size=512"
	for _, test := range []struct {
		name   string
		args   []string
		behind []string // of args: what ours stand before
	}{
		{name: "none", args: nil},
		{name: "empty", args: []string{"", "", ""}},
		{name: "blanks", args: []string{" ", "a b", "\t", " trailing "}},
		{name: "newlines", args: []string{"\n", "a\nb", "\r\n"}},
		{name: "invalid UTF-8", args: []string{"\xff\xfe", "caf\xe9", "\x80"}},
		{name: "shell", args: []string{"$HOME", "`id`", "$(id)", "'", `"`, `\`, "*", "~", "!x", "%U", "$$", "${X}"}},
		{name: "ours", args: []string{"-n", "--help", "--json", "-h", "run", "--version", "--MemoryMax=1K", "--dir", "explain"}},
		{name: "terminator", behind: []string{"--", "-x", "--", "--js-flags=--after"}},
		{"dashes", []string{"-"}, []string{"--", "---", "-=-"}},
		{name: "single letters", args: []string{"-a", "-abc", "-n5", "--a=b=c", "--=x"}},
		{"URL", []string{"--x"}, []string{"discord://-/--js-flags=--x", "https://h/?a=--enable-features=X&b= c", "--not-a-url"}},
		{name: "many", args: slices.Repeat([]string{"argument", ""}, 6000)},
		{name: "long", args: []string{strings.Repeat("x", 128<<10-1), strings.Repeat("é", 64<<10-1)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := &stage{t: t, dir: s.dir, links: s.links, bin: s.bin, env: s.env}
			for name, switches := range map[string][]string{"plain": nil, "engine": {heap}} {
				exe := s.bin + "/" + name + "-app"
				p := s.start(name, slices.Concat(test.args, test.behind)...)
				want := strings.Join(slices.Concat([]string{exe}, test.args, switches, test.behind), "\x00")
				if got := join(p.report(exe).Args); got != want {
					t.Errorf("%s: %s", name, cmp.Diff(abridged(want), abridged(got)))
				}
				if p.status() != 0 || p.stderr() != "" {
					t.Errorf("%s: status %d, stderr: %s", name, p.status(), p.stderr())
				}
			}
		})
	}
}

func join(list [][]byte) string {
	texts := make([]string, len(list))
	for i, b := range list {
		texts[i] = string(b)
	}
	return strings.Join(texts, "\x00")
}

func abridged(args string) []string {
	list := strings.Split(args, "\x00")
	for i, a := range list {
		list[i] = a[:min(len(a), 40)]
	}
	return list[:min(len(list), 40)]
}

// TestMostArguments finds how much execve(2) takes here, and sends as much.
func TestMostArguments(t *testing.T) {
	s := newStage(t)
	s.catalogue(plain)
	exe := s.standIn("plain-app", "exit 0")
	s.link()
	const size = 1 << 16
	block := strings.Repeat("x", size-1)
	args := func(blocks, rest int) []string {
		return append(slices.Repeat([]string{block}, blocks), strings.Repeat("y", rest))
	}
	takes := func(path string, args []string) bool {
		c := exec.Command(path, args...)
		c.Env, c.Dir = s.env, s.dir
		return c.Run() == nil
	}
	// The program's own path is what electroscope hands on as argv[0]; with the
	// longer of the two paths for both, the totals are the same.
	link := s.links + "/plain"
	low, high := 1<<16, 16<<20
	if !takes(exe, args(low/size, 0)) || takes(exe, args(high/size, 0)) {
		t.Fatal("the limit of execve is not where it is looked for")
	}
	for high-low > 64 {
		middle := (low + high) / 2
		if takes(exe, args(middle/size, middle%size)) {
			low = middle
		} else {
			high = middle
		}
	}
	low -= 8 * abs(len(link)-len(exe)) // the link's own path stands there while it is started
	if low < 1<<20 {
		t.Fatalf("execve takes only %d bytes", low)
	}
	p := s.start("plain", args(low/size, low%size)...)
	if r := p.report(exe); len(r.Args) != low/size+2 || len(r.Args[len(r.Args)-1]) != low%size {
		t.Errorf("%d arguments arrive of %d", len(r.Args), low/size+2)
	}
	if p.status() != 0 || p.stderr() != "" {
		t.Errorf("status %d, stderr: %s", p.status(), p.stderr())
	}
}

func abs(n int) int { return max(n, -n) }
