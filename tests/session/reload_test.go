//go:build rig

package session

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// TestReload launches while the manager reads its units anew, or executes itself
// anew, over and over.
func TestReload(t *testing.T) {
	const launches = 30
	for _, verb := range []string{"daemon-reload", "daemon-reexec"} {
		t.Run(verb, func(t *testing.T) {
			s := plainStage(t)
			exe := s.bin + "/plain-app"
			stop, stopped := make(chan struct{}), make(chan int)
			go func() {
				for n := 0; ; n++ {
					select {
					case <-stop:
						stopped <- n
						return
					default:
						exec.Command("systemctl", "--user", verb).Run()
					}
				}
			}()
			capped := 0
			for range launches {
				p := s.start("plain")
				r, ok := p.reportWithin(late, exe)
				if !ok {
					t.Errorf("the app does not run; stderr: %s", p.stderr())
					continue
				}
				// What it says and where it is must be the same thing.
				inside := unitOf(r.Group) == fmt.Sprintf("app-plain-%d.scope", p.pid())
				switch said := p.stderr(); {
				case inside && said == "":
					capped++
				case !inside && strings.Count(said, "\n") == 1 && strings.Contains(said, "without limits"):
				default:
					t.Errorf("it runs in %q and says %q", r.Group, said)
				}
				p.kill()
			}
			close(stop)
			t.Logf("%d of %d launches capped during %d times %s", capped, launches, <-stopped, verb)
			if capped < launches*9/10 {
				t.Errorf("only %d of %d launches are capped", capped, launches)
			}
		})
	}
}
