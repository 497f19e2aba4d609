//go:build rig

package uml

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// soon bounds each wait. It is far above what it bounds: on a busy machine each
// page fault in this rig waits for its turn.
const soon = 90 * time.Second

// until polls for something, and reports whether it came in time.
func until(there func() bool) bool {
	for end := time.Now().Add(soon); ; time.Sleep(10 * time.Millisecond) {
		if there() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}

// A stage is what one test plays on: links that come first on PATH, an app behind
// them, a catalogue, and an environment.
type stage struct {
	t   *testing.T
	dir string
	env []string
}

// standIn is the app: a main process that, like a browser, outlives its children.
// Its first argument is what it does, and the others what with.
const standIn = `#!/bin/bash
fill() { exec perl -e '$held = "electroscope\n" x ($ARGV[0] / 13); sleep 300' "$1"; }
case ${1-} in
hog) tail /dev/zero & wait $!; echo $? >"$2" ;;
hold) (head -c "$2" /dev/zero; exec sleep 300) | tail -c "$2" & ;;
later) { until [ -e "$2" ]; do sleep 0.1; done; (head -c "$3" /dev/zero; exec sleep 300) | tail -c "$3"; } & ;;
fill) fill "$2" & ;;
crowd) fill "$2" & read -r <"$3"; while :; do :; done ;;
become) read -r <"$2"; exec tail /dev/zero ;;
launch) "$2" & echo $! >"$3" ;;
spin) for ((n = 1; n < ${2-1}; n++)); do while :; do :; done & done; while :; do :; done ;;
esac
exec sleep 300
`

// newStage has the links of every app in the catalogue. The group of all apps is
// fresh: its limits outlive a launch.
func newStage(t *testing.T, catalogue string) *stage {
	t.Helper()
	freshGroups(t)
	s := &stage{t: t, dir: t.TempDir()}
	s.env = append(os.Environ(), "PATH="+s.dir+"/links:"+s.dir+"/bin:/usr/bin:/bin", "XDG_CONFIG_HOME="+s.dir+"/config")
	s.write("config/electroscope/apps.toml", catalogue, 0o644)
	s.write("bin/stand-in", standIn, 0o755)
	s.tool(electroscope(), "link", "--all", "--dir", s.dir+"/links")
	return s
}

// with is the same stage for a part of the test.
func (s stage) with(t *testing.T) *stage {
	s.t = t
	return &s
}

// freshGroups ends what holds the apps, and has electroscope forget what it set.
func freshGroups(t *testing.T) {
	t.Helper()
	forget := func() {
		os.RemoveAll(os.Getenv("XDG_RUNTIME_DIR") + "/electroscope")
		for _, command := range []string{"stop", "revert"} {
			if out, err := try(nil, "systemctl", "--user", command, "app-electron.slice"); err != nil {
				t.Errorf("systemctl %s: %v\n%s", command, err, out)
			}
		}
	}
	forget()
	t.Cleanup(forget)
}

func electroscope() string { return os.Getenv("ELECTROSCOPE_BIN") }

// write makes a file below the stage's folder.
func (s *stage) write(name, text string, mode os.FileMode) {
	s.t.Helper()
	if err := writeFile(s.dir+"/"+name, text, mode); err != nil {
		s.t.Fatal(err)
	}
}

func writeFile(name, text string, mode os.FileMode) error {
	if err := os.MkdirAll(name[:strings.LastIndex(name, "/")], 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), mode)
}

// gate makes a FIFO, of which each stand-in that waits there reads one line.
func (s *stage) gate(name string) *os.File {
	s.t.Helper()
	name = s.dir + "/" + name
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		s.t.Fatal(err)
	}
	f, err := os.OpenFile(name, os.O_RDWR, 0) // for reading too, so that neither side waits for the other: fifo(7)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { f.Close() })
	return f
}

// pass lets some of those through who wait at a gate.
func pass(t *testing.T, gate *os.File, some int) {
	t.Helper()
	if _, err := gate.WriteString(strings.Repeat("\n", some)); err != nil {
		t.Fatal(err)
	}
}

// tool runs a program to its end, and gives what it wrote.
func (s *stage) tool(name string, args ...string) string {
	s.t.Helper()
	out, err := try(s.env, name, args...)
	if err != nil {
		s.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return out
}

func try(env []string, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), soon)
	defer cancel()
	var out, complaints bytes.Buffer
	c := exec.CommandContext(ctx, name, args...)
	c.Env, c.Stdout, c.Stderr = env, &out, &complaints
	c.WaitDelay = time.Second
	if err := c.Run(); err != nil {
		return out.String() + complaints.String(), err
	}
	return out.String(), nil
}

// A started is a process that a test began.
type started struct {
	t      *testing.T
	cmd    *exec.Cmd
	stderr string // a file
	ended  chan struct{}
}

// start begins a link, by its name, or another program, by its path.
func (s *stage) start(name string, args ...string) *started {
	s.t.Helper()
	if !strings.Contains(name, "/") {
		name = s.dir + "/links/" + name
	}
	return s.begin(exec.Command(name, args...))
}

// begin starts a command, which ends with the test.
func (s *stage) begin(c *exec.Cmd) *started {
	s.t.Helper()
	stderr, err := os.CreateTemp(s.dir, "stderr-")
	if err != nil {
		s.t.Fatal(err)
	}
	defer stderr.Close()
	c.Env, c.Dir, c.Stderr = s.env, s.dir, stderr
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	p := &started{t: s.t, cmd: c, stderr: stderr.Name(), ended: make(chan struct{})}
	go func() {
		c.Wait()
		close(p.ended)
	}()
	s.t.Cleanup(p.kill)
	return p
}

func (p *started) pid() int { return p.cmd.Process.Pid }

// kill ends it and all that is in its scope.
func (p *started) kill() {
	if g := groupOf(p.pid()); strings.HasSuffix(string(g), fmt.Sprintf("-%d.scope", p.pid())) {
		for _, pid := range g.processes() {
			syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	p.cmd.Process.Kill()
	<-p.ended
}

func (p *started) lives() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// said is what it wrote to stderr.
func (p *started) said() string {
	p.t.Helper()
	text, err := os.ReadFile(p.stderr)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

// scope waits until the app runs in the scope that a launch of it makes.
func (p *started) scope(app string) group {
	p.t.Helper()
	var g group
	want := fmt.Sprintf("/app-%s-%d.scope", app, p.pid())
	if !until(func() bool {
		g = groupOf(p.pid())
		exe, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", p.pid()))
		return err == nil && exe != electroscope() && strings.HasSuffix(string(g), want) || !p.lives()
	}) || !p.lives() {
		p.t.Fatalf("%s is not running in %s but in %q; stderr: %s", app, want, g, p.said())
	}
	return g
}
