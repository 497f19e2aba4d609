//go:build rig

package chromium

import (
	"fmt"
	"net/http"
	"path"
	"syscall"
	"testing"
)

// restart has the browser start itself anew, as Electron's app.relaunch() does, and
// returns its new main process. The answer to the request may be lost with the browser
// that gives it; before its DevTools listen there is none.
func (tr *tree) restart(main process) process {
	tr.t.Helper()
	request, err := http.NewRequest(http.MethodPut, fmt.Sprintf("http://127.0.0.1:%d/json/new?chrome://restart", tr.port), nil)
	if err != nil {
		tr.t.Fatal(err)
	}
	if !until(long, func() bool {
		answer, err := http.DefaultClient.Do(request)
		if err == nil {
			answer.Body.Close()
		}
		return err == nil || tr.main().pid != main.pid
	}) {
		tr.t.Fatalf("nobody listens on DevTools port %d: %v", tr.port, main)
	}
	return tr.up(main.pid)
}

// TestRestart: a browser that starts itself anew twice, and is started anew after it
// crashed, is held each time.
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/forks", "#!/bin/sh\nunset FLATPAK_SANDBOX_DIR\n"+program+" \"$@\"\nexit\n", 0o755)
	for _, test := range []struct {
		name, program string
		moves         bool
	}{
		{"Chromium", program, false},
		{"a wrapper that loses the variable", dir + "/forks", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			config := config(t, catalogue(test.program, ""))
			tr := plant(t, config, electroscope()...)
			main := tr.up(0)
			held := func(when string) {
				t.Helper()
				control(t)
				unit := fmt.Sprintf("app-web-%d.scope", tr.cmd.Process.Pid)
				for _, p := range tr.processes() {
					if !capped(p.group) || !test.moves && path.Base(p.group) != unit {
						t.Errorf("%s, not in %s: %v", when, unit, p)
					}
				}
				if main = tr.main(); main.left() != test.moves {
					t.Errorf("%s, the main process has a scope of its own making: %v", when, main)
				}
			}
			held("started")
			for range 2 {
				main = tr.restart(main)
				held("restarted")
			}
			if err := syscall.Kill(main.pid, syscall.SIGSEGV); err != nil {
				t.Fatal(err)
			}
			if !until(long, func() bool { return len(tr.processes()) == 0 }) {
				t.Fatalf("something outlives the crash: %v", tr.processes())
			}
			<-tr.ended
			tr.again(config, append(electroscope(), "--restore-last-session")...)
			main = tr.up(0)
			held("after a crash")
		})
	}
}
