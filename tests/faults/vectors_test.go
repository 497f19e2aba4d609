//go:build rig

package faults

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// longest is what one argument or variable may hold, with its end (execve(2),
// MAX_ARG_STRLEN).
const longest = 32*4096 - 1

// vectors are argument lists and environments that few programs are given.
func vectors() []attribute {
	var list []attribute
	add := func(name, exception string, set func(p *process)) {
		list = append(list, attribute{name, func(p *process) error { set(p); return nil }, exception})
	}
	for _, zero := range []string{"", ".", "other", "-plain", "/proc/self/fd/3", "/nonexistent/other", "plain\n", strings.Repeat("x", 5000), "\xff\xfe"} {
		add(fmt.Sprintf("argv[0] %.20q", zero), "", func(p *process) { p.argv[0] = zero })
	}
	add("no argv at all", "", func(p *process) { p.argv = nil })
	for name, args := range map[string][]string{
		"empty": {"", "", ""}, "10 000": slices.Repeat([]string{"x"}, 10_000), "of the longest": {strings.Repeat("x", longest)},
		"of no text": {"\xff\xfe", "a\nb", "\x01\x1b[31m"}, "like options": {"--", "--help", "-", "--version"},
	} {
		add("arguments "+name, "", func(p *process) { p.argv = append(p.argv, args...) })
	}
	for name, entries := range map[string][]string{
		"a variable twice": {"TWICE=1", "TWICE=2"}, "a variable of no name": {"=x"}, "no = at all": {"novalue"}, "an empty entry": {""},
		"many equals": {"A==b=", "B="}, "no text": {"\xff=\xfe", "A=a\nb"}, "the longest": {"A=" + strings.Repeat("x", longest-2)},
		"3 000 variables": thousands(3000), "1 MB": large(8),
		"ELECTROSCOPE_SET of nonsense": {"ELECTROSCOPE_SET=]["},
		"GOGC=off":                     {"GOGC=off"}, "GOTRACEBACK=crash": {"GOTRACEBACK=crash"}, "GODEBUG of nonsense": {"GODEBUG=,=,x=y,asyncpreemptoff=1"},
	} {
		add("environment with "+name, "", func(p *process) { p.env = append(p.env, entries...) })
	}
	add("environment with ELECTROSCOPE_PID of another", "a launch takes an earlier one's mark away, so that the app has none",
		func(p *process) { p.env = append(p.env, "ELECTROSCOPE_PID=1") })
	for _, entry := range []string{"GOMEMLIMIT=4G", "GODEBUG=cgocheck=2", "GOMAXPROCS=1000000"} {
		add("environment with "+entry, "Go's runtime ends the process before main", func(p *process) { p.env = append(p.env, entry) })
	}
	for _, name := range []string{"HOME", "LANG", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_DIRS"} {
		add("environment without "+name, "", func(p *process) {
			p.env = slices.DeleteFunc(p.env, func(e string) bool { return strings.HasPrefix(e, name+"=") })
		})
	}
	return list
}

func large(n int) []string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("V%d=%s", i, strings.Repeat("x", longest-3)))
	}
	return list
}

func thousands(n int) []string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("V%d=%d", i, i))
	}
	return list
}

// TestVectors gives the app each, by its link and without, and compares what it
// got: all but argv[0], which by the link is the app's own.
func TestVectors(t *testing.T) {
	s := newStage(t, "/bin/sh", quiet)
	a := newArea(t, "odd argument lists and environments")
	list := vectors()
	each(len(list), 4, func(i int) {
		want, err := s.given(list[i].name, s.app())
		if err != nil {
			t.Errorf("%s, without us: %v", list[i].name, err)
			return
		}
		got, err := s.given(list[i].name, s.link())
		if err == nil {
			err = differences(want, got)
		}
		a.try(list[i].name, list[i].exception, err)
	})
}

// given starts a shell that waits for a line, and reads what it was given.
func (s *stage) given(attribute, path string) (map[string]string, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	defer w.Close()
	c := inheriting(attribute, path, path, "-c", "read -r line")
	c.Stdin = r
	var seen map[string]string
	err = s.become(c, func(c *exec.Cmd) {
		proc := fmt.Sprintf("/proc/%d/", c.Process.Pid)
		argv, _ := os.ReadFile(proc + "cmdline")
		env, _ := os.ReadFile(proc + "environ")
		_, args, _ := bytes.Cut(argv, []byte{0})
		seen = map[string]string{"arguments": string(args), "environment": string(env)}
	})
	return seen, err
}
