//go:build rig

package session

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A trap is something found under the app's name that leads back to electroscope.
var traps = []struct {
	name string
	set  func(s *stage, path string)
}{
	{"a link to electroscope", func(s *stage, path string) { s.must(os.Symlink(electroscope(), path)) }},
	{"a chain of links", func(s *stage, path string) {
		s.must(os.Symlink(electroscope(), path+".1"))
		s.must(os.Symlink(filepath.Base(path)+".1", path+".2"))
		s.must(os.Symlink(path+".2", path))
	}},
	{"a link to our link", func(s *stage, path string) { s.must(os.Symlink(s.links+"/plain", path)) }},
	{"a circle of links", func(s *stage, path string) {
		s.must(os.Symlink(path+".b", path))
		s.must(os.Symlink(path, path+".b"))
	}},
	{"a hard link", func(s *stage, path string) {
		// of the binary that the link leads to, so that one is put into this file system
		s.must(copyFile(electroscope(), s.dir+"/electroscope"))
		s.must(os.Remove(s.links + "/plain"))
		s.must(os.Symlink(s.dir+"/electroscope", s.links+"/plain"))
		s.must(os.Link(s.dir+"/electroscope", path))
	}},
	{"a copy", func(s *stage, path string) { s.must(copyFile(electroscope(), path)) }},
	{"a shell script that execs the name", script("#!/bin/sh\nexec plain \"$@\"\n")},
	{"a shell script that execs our link", script("#!/bin/sh\nexec \"$LINKS/plain\" \"$@\"\n")},
	{"a shell script that hides the name", script("#!/bin/sh\nn=$(printf 'pl%s' ain)\nexec \"$n\" \"$@\"\n")},
	{"a shell script that calls the name", script("#!/bin/sh\nplain \"$@\"\nexit $?\n")},
	{"a shell script that hides and calls it", script("#!/bin/sh\nn=$(printf 'pl%s' ain)\n\"$n\" \"$@\"\nexit $?\n")},
	{"a shell script without #!", script("exec plain \"$@\"\n")},
	{"a perl script that execs the name", script("#!/usr/bin/perl\nexec('plain', @ARGV);\n")},
	{"a perl script that calls the name", script("#!/usr/bin/perl\nexit(system('plain', @ARGV) >> 8);\n")},
	{"two scripts in turn", func(s *stage, path string) {
		s.script(s.bin+"/other", "#!/usr/bin/perl\nexec('plain', @ARGV);\n")
		script("#!/usr/bin/perl\nexec('other', @ARGV);\n")(s, path)
	}},
	{"a script through env", script("#!/usr/bin/env -S perl -w\nexec('plain', @ARGV);\n")},
	{"electroscope run", script("#!/bin/sh\nexec " + electroscope() + " run plain \"$@\"\n")},
}

func script(text string) func(*stage, string) {
	return func(s *stage, path string) { s.script(path, text) }
}

// TestLoop: no trap is run for ever, and the app behind it is run if there is one.
func TestLoop(t *testing.T) { loops(t, "") }

// TestLoopDisabled: nor is one where the launch only looks for the app.
func TestLoopDisabled(t *testing.T) { loops(t, "", "ELECTROSCOPE_DISABLE=1") }

// TestWithoutManagerLoop needs a rig without a manager: no scope tells that a
// process has been here before.
func TestWithoutManagerLoop(t *testing.T) { loops(t, "limits") }

func loops(t *testing.T, without string, env ...string) {
	for _, trap := range traps {
		t.Run(trap.name, func(t *testing.T) {
			for _, behind := range []bool{true, false} {
				s := newStage(t)
				s.catalogue("[budget]\nmemory = \"infinity\"\ncpus = \"infinity\"\n[apps.plain]\nnames = [\"plain\"]\n")
				s.link()
				s.must(os.Mkdir(s.dir+"/real", 0o755))
				if behind {
					s.standIn(s.dir+"/real/plain", "exit 7")
				}
				s.env[0] = "PATH=" + s.links + ":" + s.bin + ":" + s.dir + "/real:/usr/bin:/bin"
				s.env = append(s.env, "LINKS="+s.links, "ELECTROSCOPE_PID=1") // as inherited from a launch before
				s.env = append(s.env, env...)
				trap.set(s, s.bin+"/plain")
				s.escapes(behind, without)
			}
		})
	}
}

// TestLoopInside: the loop is entered by a launch that stays in the scope of the same
// app, which does not tell it apart.
func TestLoopInside(t *testing.T) {
	s := newStage(t)
	s.catalogue("[budget]\nmemory = \"infinity\"\ncpus = \"infinity\"\n[apps.plain]\nnames = [\"plain\"]\n")
	s.link()
	s.must(os.Mkdir(s.dir+"/real", 0o755))
	s.program(s.dir+"/real/plain", "/bin/sh")
	s.env[0] = "PATH=" + s.links + ":" + s.bin + ":" + s.dir + "/real:/usr/bin:/bin"
	script("#!/usr/bin/perl\nexec('plain', @ARGV);\n")(s, s.bin+"/plain")
	p := s.startWith(func(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }, "plain", "-c", "plain -c 'exit 7'; exit $?")
	t.Cleanup(func() { syscall.Kill(-p.pid(), syscall.SIGKILL) })
	if got := p.status(); got != 7 || p.stderr() != "" {
		t.Errorf("status %d; stderr: %.400s", got, p.stderr())
	}
}

// escapes launches in a process group of its own, so that a loop can be ended.
func (s *stage) escapes(behind bool, without string) {
	s.t.Helper()
	p := s.startWith(func(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }, "plain", "x")
	ended := until(soon, func() bool {
		select {
		case <-p.ended:
			return true
		default:
			return false
		}
	})
	if !ended {
		syscall.Kill(-p.pid(), syscall.SIGKILL)
		s.t.Errorf("behind %v: it goes round for ever; stderr: %.400s", behind, p.stderr())
		return
	}
	reports, _ := filepath.Glob(s.dir + "/real/plain.report.*")
	status, runs := 127, 0
	if behind {
		status, runs = 7, 1
	}
	if got := p.status(); got != status || len(reports) != runs {
		s.t.Errorf("behind %v: status %d, want %d; the app ran %d times; stderr: %.600s", behind, got, status, len(reports), p.stderr())
	}
	if said := strings.Contains(p.stderr(), "without limits"); said && without == "" || !said && without != "" && behind {
		s.t.Errorf("behind %v: stderr: %.600s", behind, p.stderr())
	}
}
