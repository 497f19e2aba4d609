//go:build rig

package chromium

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// catalogue has Chromium under an id that it will not ask for, so that the name of
// the scope alone keeps nothing.
func catalogue(program, escape string) string {
	return fmt.Sprintf("[apps.web]\nexec = [%q]\nruntime = \"chromium\"\nid = \"web\"\n[apps.web.limits]\nMemoryMax = \"2G\"\n[apps.web.escape]\n%s\n", program, escape)
}

func electroscope() []string { return []string{os.Getenv("ELECTROSCOPE_BIN"), "run", "web"} }

// within is how long Chromium has for its request, from the moment when it is up. It
// makes it some seconds after its start.
const (
	asks = 15 * time.Second
	held = 10 * time.Second
)

// TestEscape is the control: without the cure, Chromium does leave. Where it does
// not any more, TestHeld proves nothing and has to be thought over.
func TestEscape(t *testing.T) {
	for name, command := range map[string][]string{
		"systemd-run":  {"systemd-run", "--user", "--scope", "--quiet", "--collect", "--unit=control.scope", "--slice=app-electron.slice", program},
		"electroscope": electroscope(),
	} {
		t.Run(name, func(t *testing.T) {
			b := start(t, catalogue(program, "guards = false\nenv = \"never\""), command...)
			main := b.main()
			const theirs = "/app.slice/app-org.chromium.Chromium-%d.scope"
			if !until(asks, func() bool {
				return strings.HasSuffix(group(fmt.Sprintf("/proc/%d", main.pid)), fmt.Sprintf(theirs, main.pid))
			}) {
				t.Errorf("the main process has not left: %v", processes())
			}
		})
	}
}

// TestHeld: with the cure every process of the tree is in our scope, all the time.
func TestHeld(t *testing.T) {
	forks := t.TempDir() + "/forks"
	if err := os.WriteFile(forks, []byte("#!/bin/sh\n"+program+" \"$@\" &\nwait $!\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, program, escape string
		asked                 bool // Chromium asks, and is refused
	}{
		{"guards alone", program, `env = "never"`, true},
		{"environment alone", program, "guards = false", false},
		{"Debian's wrapper", wrapper, "", false},
		{"a wrapper that forks", forks, "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			seen := requests(t)
			b := start(t, catalogue(test.program, test.escape), electroscope()...)
			unit := fmt.Sprintf("/app.slice/app-electron.slice/app-web-%d.scope", b.cmd.Process.Pid)
			b.main()
			for end := time.Now().Add(held); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
				for _, p := range processes() {
					if !strings.HasSuffix(p.group, unit) {
						t.Fatalf("not in %s: %v", unit, p)
					}
				}
			}
			if n := len(processes()); n < 4 {
				t.Errorf("only %d processes are left", n)
			}
			if asked := itsOwn.MatchString(seen()); asked != test.asked {
				t.Errorf("Chromium asked for a scope of its own: %v, expected %v", asked, test.asked)
			}
		})
	}
}
