//go:build rig

package files

import (
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"
)

// late is how long a launch may take that has to go around.
const late = 20 * time.Second

// A launch starts a script that prints its argument and two variables, and ends
// with 7.
type launch struct {
	t    *testing.T
	dir  string
	cmd  *exec.Cmd
	done chan error
}

const script = "#!/bin/sh\necho \"$1|$KEPT|$ELECTROSCOPE_UNANSWERED\"\nexit 7\n"

func newLaunch(t *testing.T) *launch {
	t.Helper()
	dir := t.TempDir()
	l := &launch{t: t, dir: dir, done: make(chan error, 1)}
	must(t, os.WriteFile(dir+"/the-app", []byte(script), 0o755))
	l.cmd = exec.Command(os.Getenv("ELECTROSCOPE_BIN"), "run", "the-app", "a b")
	l.cmd.Env = []string{"HOME=" + dir, "PATH=" + dir + ":/usr/bin:/bin", "XDG_RUNTIME_DIR=" + dir, "XDG_CONFIG_DIRS=" + dir, "KEPT=kept"}
	l.cmd.Stdout, l.cmd.Stderr = l.create("out"), l.create("err")
	return l
}

func (l *launch) create(name string) *os.File {
	l.t.Helper()
	f, err := os.Create(l.dir + "/" + name)
	must(l.t, err)
	l.t.Cleanup(func() { f.Close() })
	return f
}

// throughShell has a shell run the launch as its "$@".
func (l *launch) throughShell(text string) {
	l.cmd.Args = append([]string{"sh", "-c", text, "sh", l.cmd.Path}, l.cmd.Args[1:]...)
	l.cmd.Path = "/bin/sh"
}

// stdin gives what lets a shell go on that reads a line.
func (l *launch) stdin() func() {
	l.t.Helper()
	pipe, err := l.cmd.StdinPipe()
	must(l.t, err)
	return func() {
		_, err := pipe.Write([]byte("\n"))
		must(l.t, err)
	}
}

func (l *launch) start() {
	l.t.Helper()
	must(l.t, l.cmd.Start())
	go func() { l.done <- l.cmd.Wait() }()
	l.t.Cleanup(func() { l.cmd.Process.Kill() })
}

// status is that of the app; the test ends where it does not start.
func (l *launch) status() int {
	l.t.Helper()
	select {
	case err := <-l.done:
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return exit.ExitCode()
		}
		must(l.t, err)
		return 0
	case <-time.After(late):
		l.t.Fatalf("no app within %v; stderr: %s", late, l.stderr())
		return -1
	}
}

// says waits until the app has written a text.
func (l *launch) says(text string) {
	l.t.Helper()
	for end := time.Now().Add(late); l.stdout() != text; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			l.t.Fatalf("stdout is %q, not %q within %v; stderr: %s", l.stdout(), text, late, l.stderr())
		}
	}
}

func (l *launch) stdout() string { return l.read("out") }
func (l *launch) stderr() string { return l.read("err") }

func (l *launch) read(name string) string {
	text, _ := os.ReadFile(l.dir + "/" + name)
	return string(text)
}
