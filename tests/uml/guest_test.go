//go:build rig

package uml

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The guest is a second user of the machine, who is not logged in and does not linger: his
// manager comes with his first login and goes with the last (prepare.sh).
const (
	guestHome    = "/home/guest"
	guestSlice   = group("/user.slice/user-1001.slice")
	guestManager = guestSlice + "/user@1001.service"
	guestApps    = guestManager + "/app.slice/app-electron.slice"
)

// guestFiles makes what is in his home.
const guestFiles = `set -eu
chmod go+rx .
mkdir -p .config/electroscope
cat >stand-in <<'END'
#!/bin/bash
echo $$ >new
mv new pid
exec sleep 300
END
chmod +x stand-in
cat >.config/electroscope/apps.toml <<'END'
[budget]
memory = "30%"
cpus = "40%"
[apps.plain]
exec = ["~/stand-in"]
[apps.plain.limits]
MemoryHigh = "96M"
MemoryMax = "128M"
CPUQuota = "50%"
TasksMax = 100
END
/opt/electroscope link --dir links plain
`

// launch is what he says to his shell.
const launch = "rm -f pid; links/plain </dev/null >/dev/null 2>stderr &"

// guestStage is one on which the guest has his files, and is logged out.
func guestStage(t *testing.T) *stage {
	t.Helper()
	setSwap(t, true)
	s := &stage{t: t, dir: t.TempDir(), env: os.Environ()}
	c := sshCommand("guest@127.0.0.1", "bash -s")
	c.Stdin = strings.NewReader(guestFiles)
	p := s.begin(c)
	if !until(func() bool { return !p.lives() && !guestManager.exists() }) || !c.ProcessState.Success() {
		t.Fatalf("%s: %v, the guest's manager is there: %v; stderr: %s", c, c.ProcessState, guestManager.exists(), p.said())
	}
	return s
}

// sshCommand is for the guest and for root, who both let the user of the tests in.
func sshCommand(words ...string) *exec.Cmd {
	return exec.Command("ssh", append([]string{"-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR"}, words...)...)
}

func (s *stage) asRoot(command string) {
	s.t.Helper()
	c := sshCommand("root@127.0.0.1", command)
	s.tool(c.Args[0], c.Args[1:]...)
}

// linger gives the guest a manager until the test ends.
func (s *stage) linger() {
	s.t.Helper()
	s.asRoot("loginctl enable-linger guest && systemctl start user@1001.service") // which comes back when it is up
	s.t.Cleanup(func() {
		s.asRoot("loginctl disable-linger guest")
		if !until(func() bool { return !guestManager.exists() }) {
			s.t.Error("the guest's manager stays")
		}
	})
}

// guestSessions is how many sessions of the guest are there, by their control groups.
func guestSessions() int {
	scopes, _ := filepath.Glob("/sys/fs/cgroup" + string(guestSlice) + "/session-*.scope")
	return len(scopes)
}

// A shell is one in which the guest has launched an app.
type shell struct {
	*started
	stage    *stage
	keyboard io.WriteCloser
	app      int
}

// logIn has the guest log in and launch the app.
func (s *stage) logIn(l login) *shell {
	s.t.Helper()
	c := sshCommand(l.words...)
	screen, err := os.Create(s.dir + "/screen")
	if err != nil {
		s.t.Fatal(err)
	}
	defer screen.Close()
	keyboard, err := c.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	c.Stdout = screen
	sh := &shell{started: s.begin(c), stage: s, keyboard: keyboard}
	if l.typed {
		if !until(func() bool { return strings.HasSuffix(s.waitFor("screen"), "$") }) {
			s.t.Fatalf("no prompt: %s", s.waitFor("screen"))
		}
		fmt.Fprintln(keyboard, launch)
	}
	sh.awaitApp()
	return sh
}

func (sh *shell) awaitApp() {
	sh.t.Helper()
	if !until(func() bool {
		text, _ := os.ReadFile(guestHome + "/pid")
		sh.app, _ = strconv.Atoi(strings.TrimSpace(string(text)))
		return sh.app != 0 && !gone(sh.app) || !sh.lives()
	}) || !sh.lives() {
		sh.t.Fatalf("there is no app; its stderr: %s; the shell's: %s", sh.appSaid(), sh.said())
	}
	sh.t.Cleanup(func() {
		if !gone(sh.app) {
			sh.endApp()
		}
	})
}

// appSaid is what the launch and the app wrote to stderr.
func (sh *shell) appSaid() string {
	text, _ := os.ReadFile(guestHome + "/stderr")
	return string(text)
}

// limited reports an app that does not run in a scope of the guest's manager, or for which
// the kernel does not hold his limits.
func (sh *shell) limited() {
	t := sh.t
	t.Helper()
	scope := guestApps + group(fmt.Sprintf("/app-plain-%d.scope", sh.app))
	if got := groupOf(sh.app); got != scope {
		t.Fatalf("the app is in %q, not in %s; stderr: %s", got, scope, sh.appSaid())
	}
	got := scope.readAll(t, "memory.high", "memory.max", "cpu.max", "pids.max")
	if diff := cmp.Diff(map[string]string{"memory.high": "100663296", "memory.max": "134217728", "cpu.max": "50000 100000", "pids.max": "100"}, got); diff != "" {
		t.Error(diff)
	}
	got = guestApps.readAll(t, "memory.high", "cpu.max")
	if diff := cmp.Diff(map[string]string{"memory.high": fmt.Sprint(pages(ram(t) * 30 / 100)), "cpu.max": "40000 100000"}, got); diff != "" {
		t.Error(diff)
	}
	if said := sh.appSaid(); said != "" {
		t.Errorf("it says %q", said)
	}
}

// endApp ends the app before the shell: where there is no manager, nobody else does.
func (sh *shell) endApp() {
	sh.t.Helper()
	sh.stage.asRoot("kill " + strconv.Itoa(sh.app))
	if !until(func() bool { return gone(sh.app) }) {
		sh.t.Errorf("the app is still in %s", groupOf(sh.app))
	}
}

// logOut ends the shell, which reads a line: a command, or what it was told to wait for.
func (sh *shell) logOut() {
	sh.t.Helper()
	fmt.Fprintln(sh.keyboard, "exit")
	if !until(func() bool { return !sh.lives() }) {
		sh.t.Errorf("the shell does not end; stderr: %s", sh.said())
	}
}
