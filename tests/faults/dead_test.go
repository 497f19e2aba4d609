//go:build rig

package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// TestDead has the launch look at a file system that does not answer (deadfs). It
// needs a rig that sees one, in DEADFS.
func TestDead(t *testing.T) {
	dead := os.Getenv("DEADFS")
	if _, err := os.Stat(dead); err != nil {
		t.Fatalf("DEADFS: %v", err)
	}
	a := newArea(t, "file systems that do not answer")
	var stages []*stage
	for i, c := range deadCases {
		for e, engine := range engines {
			s := newStage(t, "/bin/echo", quiet+"runtime = \""+engine+"\"\n")
			number := fmt.Sprint(i*len(engines) + e)
			c.change(s, dead+"/silent"+number, dead+"/cwd"+number)
			stages = append(stages, s)
		}
	}
	each(len(stages), atOnce, func(i int) {
		a.try(deadCases[i/len(engines)].name+", "+engines[i%len(engines)], "", stages[i].echoes())
	})
}

var engines = []string{"native", "electron"}

// variable sets one to a path below the silent folder.
func variable(names ...string) func(s *stage, silent, cwd string) {
	return func(s *stage, silent, _ string) {
		for _, name := range names {
			s.env = s.with(name + "=" + silent + "/x")
		}
	}
}

// linked has a link to the silent folder, or below it, in a file's place.
func linked(file func(s *stage) string, below string) func(s *stage, silent, cwd string) {
	return func(s *stage, silent, _ string) {
		s.write(file(s), "")
		s.must(os.Remove(file(s)))
		s.must(os.Symlink(silent+below, file(s)))
	}
}

var deadCases = []struct {
	name   string
	change func(s *stage, silent, cwd string)
}{
	{"working folder, PWD as shells set it", func(s *stage, _, cwd string) { s.cwd, s.env = cwd, s.with("PWD="+cwd) }},
	{"working folder, no PWD", func(s *stage, _, cwd string) { s.cwd = cwd }},
	{"working folder, PWD of another", func(s *stage, _, cwd string) { s.cwd, s.env = cwd, s.with("PWD=/") }},
	{"PWD", variable("PWD")},
	{"XDG_CONFIG_HOME", variable("XDG_CONFIG_HOME")},
	{"XDG_CONFIG_DIRS", variable("XDG_CONFIG_DIRS")},
	{"XDG_CACHE_HOME", variable("XDG_CACHE_HOME")},
	{"XDG_DATA_HOME", variable("XDG_DATA_HOME")},
	{"XDG_DATA_DIRS", variable("XDG_DATA_DIRS")},
	{"XDG_RUNTIME_DIR", variable("XDG_RUNTIME_DIR")},
	{"HOME", variable("HOME")},
	{"HOME, and no XDG folders", func(s *stage, silent, _ string) {
		s.env = s.with("HOME="+silent+"/x", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
	}},
	{"WAYLAND_DISPLAY", func(s *stage, silent, _ string) {
		s.env = s.with("WAYLAND_DISPLAY="+silent+"/x", "XDG_SESSION_TYPE=wayland")
	}},
	{"apps.toml", linked(func(s *stage) string { return s.catalogue() }, "/x")},
	{"apps.d", linked(func(s *stage) string { return s.config + "/electroscope/apps.d" }, "")},
	{"a file in apps.d", linked(func(s *stage) string { return s.config + "/electroscope/apps.d/x.toml" }, "/x")},
	{"the cache", linked(func(s *stage) string { return s.dir + "/cache/electroscope" }, "/x")},
	{"element of PATH before the app's", func(s *stage, silent, _ string) {
		s.env = s.with("PATH=" + s.links + ":" + silent + ":" + s.bin + ":/usr/bin:/bin")
	}},
	{"element of PATH behind the app's", func(s *stage, silent, _ string) {
		s.env = s.with("PATH=" + s.links + ":" + s.bin + ":/usr/bin:/bin:" + silent)
	}},
}

// TestDeadDescriptors: the process that goes around such a file system hands on what
// it inherited.
func TestDeadDescriptors(t *testing.T) {
	s := newStage(t, "/bin/sh", quiet)
	variable("XDG_CONFIG_HOME")(s, os.Getenv("DEADFS")+"/silent999", "")
	a := newArea(t, "descriptors around a file system that does not answer")
	bare, err := s.runAsking(s.app())
	s.must(err)
	got, err := s.runAsking(s.link())
	if err == nil && (bare.files == "" || got.files != bare.files) {
		err = fmt.Errorf("the app has the descriptors %q, without us %q; %+v", got.files, bare.files, got)
	}
	a.try("4 and 10", "", err)
}

// echoes launches the app, which says that it runs.
func (s *stage) echoes() error {
	ctx, cancel := context.WithTimeout(context.Background(), late)
	defer cancel()
	c := exec.CommandContext(ctx, s.link(), "up")
	var out, said bytes.Buffer
	c.Env, c.Dir, c.Stdout, c.Stderr, c.WaitDelay = s.env, s.cwd, &out, &said, time.Second
	c.SysProcAttr = &syscall.SysProcAttr{} // without which os looks at the folder itself
	err := c.Run()
	if !bytes.HasSuffix(out.Bytes(), []byte("up\n")) {
		return fmt.Errorf("the app does not run: %w; it said %.200q", errors.Join(err, ctx.Err()), said.String())
	}
	return nil
}
