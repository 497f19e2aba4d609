//go:build rig

package session

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
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

// A shim is an ELF file that starts the next program of its own name: with the link
// first on PATH that is the link again.
var shims = []string{"exec", "exec off", "fork", "fork off", "orphan", "exec clean", "fork clean"}

func TestLoopShim(t *testing.T)               { throughShims(t) }
func TestLoopShimDisabled(t *testing.T)       { throughShims(t, "ELECTROSCOPE_DISABLE=1") }
func TestWithoutManagerLoopShim(t *testing.T) { throughShims(t) }

// throughShims: a shim is gone through twice at most, and the app behind it is run.
// A child whose environment was cleared is seen later, by its ancestors.
func throughShims(t *testing.T, env ...string) {
	for _, how := range shims {
		_, managed := os.LookupEnv("MANAGER_PID")
		cleared := strings.Contains(how, "clean")
		if cleared && (!managed || len(env) > 0) {
			continue // neither the environment nor a scope: nothing tells
		}
		t.Run(how, func(t *testing.T) {
			s := newStage(t)
			s.catalogue("[budget]\nmemory = \"infinity\"\ncpus = \"infinity\"\n[apps.plain]\n")
			s.link()
			s.must(os.Mkdir(s.dir+"/real", 0o755))
			s.standIn("plain", "next "+how)
			exe, err := executable()
			s.must(err)
			s.program(s.dir+"/real/plain", exe) // another file than the shim
			s.write(s.dir+"/real/plain"+thenSuffix, "exit 7")
			s.env[0] = "PATH=" + s.links + ":" + s.bin + ":" + s.dir + "/real:/usr/bin:/bin"
			s.env = append(s.env, env...)
			s.comesTo(7, "plain", "x")
			most := 2
			if how == "fork clean" {
				most = 10
			}
			if laps := reports(s.bin + "/plain"); laps == 0 || laps > most {
				t.Errorf("the shim ran %d times", laps)
			}
		})
	}
}

// comesTo launches the words, which must come to run the real app, once. The status
// is not that of the launch where the app is not waited for.
func (s *stage) comesTo(status int, words ...string) *started {
	s.t.Helper()
	p := s.startWith(func(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }, words[0], words[1:]...)
	s.t.Cleanup(func() { syscall.Kill(-p.pid(), syscall.SIGKILL) })
	real := s.dir + "/real/engine"
	if _, err := os.Stat(real); err != nil {
		real = s.dir + "/real/plain"
	}
	if !until(loopEnds, func() bool { return reports(real) > 0 }) {
		syscall.Kill(-p.pid(), syscall.SIGKILL)
		s.t.Fatalf("the app does not run; stderr: %.600s", p.stderr())
	}
	if got := p.status(); got != status && got != 0 || reports(real) != 1 {
		s.t.Errorf("status %d, want %d; the app ran %d times; stderr: %.600s", got, status, reports(real), p.stderr())
	}
	return p
}

// loopEnds is when a launch at last says that something comes back for ever.
const loopEnds = 30 * time.Second

func reports(exe string) int {
	found, _ := filepath.Glob(exe + ".report.*")
	return len(found)
}

// TestLoopOrphan: a wrapper that cannot be read, makes itself an orphan and calls the
// app's name has neither the same PID nor an ancestor to be known by.
func TestLoopOrphan(t *testing.T) {
	s := withRealApp(t, "[apps.plain]\n")
	s.script("plain", `#!/usr/bin/perl
use POSIX;
open(my $f, ">>", "$ENV{LAPS}"); print $f "x\n"; close $f;
exit 0 if fork;
POSIX::setsid();
exec("plain", @ARGV);
`)
	s.env = append(s.env, "LAPS="+s.dir+"/laps")
	s.comesTo(0, "plain")
	if laps, _ := os.ReadFile(s.dir + "/laps"); len(laps) == 0 || len(laps) > 2*len("x\n") {
		t.Errorf("the wrapper ran %d times", len(laps)/2)
	}
}

// TestLoopLetsThrough has wrappers that come back here, and end.
func TestLoopLetsThrough(t *testing.T) {
	const own = "[apps.plain]\n"
	for name, test := range map[string]struct {
		catalogue, wrapper string
		words              []string
		prints             string // what the wrapper says
	}{
		"a perl wrapper that takes its folder off PATH, over a shell script": {
			own, "#!/usr/bin/perl\nprint \"wrapper\\n\"; $| = 1; print '';\n$ENV{PATH} = join(':', grep { $_ ne $ENV{WRAPPERS} } split(':', $ENV{PATH}));\nexec('plain', @ARGV);\n",
			[]string{"plain"}, "wrapper",
		},
		"the same in shell": {
			own, "#!/bin/sh\necho wrapper\nPATH=$(printf %s \"$PATH\" | sed \"s|$WRAPPERS:||\")\nexec plain \"$@\"\n",
			[]string{"plain"}, "wrapper",
		},
		"its own app as a child, by name": {
			own, "#!/bin/sh\n[ \"$1\" = --version ] && { echo version; exit; }\nv=$(plain --version)\necho \"wrapper $v\"\nexec \"$REAL\" \"$@\"\n",
			[]string{"plain"}, "wrapper version",
		},
		"its own app as a child, by path": {
			own, "#!/bin/sh\n[ \"$1\" = --version ] && { echo version; exit; }\n\"$LINKS/plain\" --version\necho wrapper\nexec \"$REAL\" \"$@\"\n",
			[]string{"plain"}, "version\nwrapper",
		},
		"its own app as a child, in perl": {
			own, "#!/usr/bin/perl\nif ($ARGV[0] eq '--version') { print \"version\\n\"; exit }\nsystem(\"$ENV{LINKS}/plain\", '--version');\nexec($ENV{REAL}, @ARGV);\n",
			[]string{"plain"}, "version",
		},
		"another app by its link": {
			own + "[apps.other]\nexec = [\"/bin/echo\"]\n", "#!/bin/sh\n\"$LINKS/other\" hello\nexec \"$REAL\" \"$@\"\n",
			[]string{"plain"}, "hello",
		},
		"another app whose wrapper calls this one": {
			own + "[apps.other]\n", "#!/bin/sh\n[ \"$1\" = again ] && exec \"$REAL\" \"$@\"\nexec \"$LINKS/other\" \"$@\"\n",
			[]string{"plain"}, "",
		},
		"timeout":       {own, runReal, []string{"/usr/bin/timeout", "20", "{electroscope}", "run", "{}/bin/plain"}, "wrapper"},
		"flock":         {own, runReal, []string{"/usr/bin/flock", "{}/bin/plain", "{electroscope}", "run", "{}/bin/plain"}, "wrapper"},
		"unshare":       {own, runReal, []string{"/usr/bin/unshare", "-Ur", "-f", "{electroscope}", "run", "{}/bin/plain"}, "wrapper"},
		"a shell of it": {own, runReal, []string{"/bin/sh", "-c", "\"$1\" run \"$2\"; exit $?", "sh", "{electroscope}", "{}/bin/plain"}, "wrapper"},
	} {
		t.Run(name, func(t *testing.T) {
			s := withRealApp(t, test.catalogue)
			s.script("plain", test.wrapper)
			s.script("other", "#!/bin/sh\nexec \"$LINKS/plain\" again\n")
			for i, w := range test.words {
				test.words[i] = strings.NewReplacer("{}", s.dir, "{electroscope}", electroscope()).Replace(w)
			}
			p := s.comesTo(7, test.words...)
			if !strings.Contains(p.stdout(), test.prints) {
				t.Errorf("stdout %q, want %q; stderr: %.400s", p.stdout(), test.prints, p.stderr())
			}
		})
	}
}

const runReal = "#!/bin/sh\necho wrapper\nexec \"$REAL\" \"$@\"\n"

// withRealApp has wrappers first on PATH and then, as a shell script, the real app.
func withRealApp(t *testing.T, catalogue string) *stage {
	t.Helper()
	s := newStage(t)
	s.catalogue("[budget]\nmemory = \"infinity\"\ncpus = \"infinity\"\n" + catalogue)
	s.link()
	s.must(os.Mkdir(s.dir+"/real", 0o755))
	s.standIn(s.dir+"/real/engine", "exit 7")
	s.script(s.dir+"/real/plain", "#!/bin/sh\nexec \""+s.dir+"/real/engine\" \"$@\"\n")
	s.env[0] = "PATH=" + s.links + ":" + s.bin + ":" + s.dir + "/real:/usr/bin:/bin"
	s.env = append(s.env, "LINKS="+s.links, "WRAPPERS="+s.bin, "REAL="+s.dir+"/real/plain")
	return s
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
