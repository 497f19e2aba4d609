//go:build rig

package chromium

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path"
	"strings"
	"syscall"
	"testing"
)

// A tree is the processes of one Chromium among several. They are told apart by the
// folder of its profile, whatever PIDs its main process has in the course of time.
type tree struct {
	t       *testing.T
	profile string
	port    int // of DevTools
	cmd     *exec.Cmd
	ended   chan struct{}
}

// plant starts a command that ends in Chromium and is given the switches for it.
func plant(t *testing.T, config string, command ...string) *tree {
	t.Helper()
	tr := &tree{t: t, profile: t.TempDir(), port: freePort(t)}
	t.Cleanup(tr.fell)
	tr.again(config, command...)
	return tr
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// again starts the command on the same profile.
func (tr *tree) again(config string, command ...string) {
	tr.t.Helper()
	args := append(command[1:len(command):len(command)],
		"--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", fmt.Sprintf("--remote-debugging-port=%d", tr.port), "--user-data-dir="+tr.profile, "about:blank")
	tr.cmd = exec.Command(command[0], args...)
	tr.cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+config)
	log, err := os.Create(tr.profile + ".log")
	if err != nil {
		tr.t.Fatal(err)
	}
	defer log.Close()
	tr.cmd.Stdout, tr.cmd.Stderr = log, log
	if err := tr.cmd.Start(); err != nil {
		tr.t.Fatal(err)
	}
	cmd, ended := tr.cmd, make(chan struct{})
	tr.ended = ended
	go func() {
		cmd.Wait()
		close(ended)
	}()
}

// fell kills what is left of the tree, by PID, and what started it.
func (tr *tree) fell() {
	if !until(long, func() bool {
		list := tr.processes()
		for _, p := range list {
			syscall.Kill(p.pid, syscall.SIGKILL)
		}
		return len(list) == 0
	}) {
		tr.t.Errorf("cannot be ended: %v", tr.processes())
	}
	if tr.ended != nil {
		tr.cmd.Process.Kill()
		<-tr.ended
	}
}

// processes are the main process, what descends from it, and its crash handlers.
func (tr *tree) processes() []process {
	all := processes()
	in := map[int]bool{}
	for grown := true; grown; {
		grown = false
		for _, p := range all {
			if !in[p.pid] && (in[p.ppid] || strings.Contains(p.argv, tr.profile)) {
				in[p.pid], grown = true, true
			}
		}
	}
	var list []process
	for _, p := range all {
		if in[p.pid] {
			list = append(list, p)
		}
	}
	return list
}

// main is the main process, once it has a page to show; its pid is 0 before.
func (tr *tree) main() (main process) {
	page := false
	for _, p := range tr.processes() {
		switch p.kind {
		case "browser":
			main = p
		case "renderer":
			page = true
		}
	}
	if !page {
		return process{}
	}
	return main
}

// up waits for a main process that is not the one before.
func (tr *tree) up(before int) process {
	tr.t.Helper()
	var main process
	if !until(long, func() bool {
		main = tr.main()
		return main.pid != 0 && main.pid != before
	}) {
		log, _ := os.ReadFile(tr.profile + ".log")
		tr.t.Fatalf("Chromium does not come up: %v; %.2000s", tr.processes(), log)
	}
	return main
}

// left reports whether the main process is in a scope of its own making.
func (p process) left() bool {
	return path.Base(p.group) == fmt.Sprintf("app-org.chromium.Chromium-%d.scope", p.pid)
}

// control starts a Chromium that nothing holds and returns when it has left its scope:
// what was up before has had the time to leave, too.
func control(t *testing.T) {
	t.Helper()
	tr := plant(t, t.TempDir(), "systemd-run", "--user", "--scope", "--quiet", "--collect", "--slice=app-electron.slice", program)
	main := tr.up(0)
	if !until(asks, func() bool { return tr.main().left() }) {
		t.Fatalf("the control has not left: %v", main)
	}
	tr.fell()
}

// capped reports whether a control group is that of a unit among the apps, with the cap
// that all apps of these tests have.
func capped(group string) bool {
	if !strings.Contains(group, "/app.slice/app-electron.slice/") {
		return false
	}
	out, _ := exec.Command("systemctl", "--user", "show", "--property=MemoryMax", path.Base(group)).Output()
	return strings.TrimSpace(string(out)) == "MemoryMax=2147483648"
}
