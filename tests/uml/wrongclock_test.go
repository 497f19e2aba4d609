//go:build rig

package uml

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const clocked = `
[budget]
memory = "infinity"
cpus = "infinity"
[apps.plain]
exec = ["stand-in"]
[apps.plain.limits]
MemoryMax = "96M"
`

// TestWrongClock: the machine's clock jumps while launches go on, by hours and years, forth and back,
// as it does when it is set after a start without a battery. Each app is in its scope with its limit,
// and nothing is said: what a launch waits for it waits for by the time since the boot
// (CLOCK_MONOTONIC, clock_gettime(2)). The file stands last, so that no other test has such times in
// its journal.
func TestWrongClock(t *testing.T) {
	s := newStage(t, clocked)
	began := time.Now()
	t.Cleanup(func() { // time.Since goes by the time since the boot, too
		tell(t, "/run/clock", fmt.Sprintf("@%d", began.Unix()+int64(time.Since(began).Seconds())))
	})
	for _, jump := range []string{"1 hour", "2 hours ago", "5 years", "10 years ago", "@1000000000", "2038-01-19 03:14:06"} {
		var launches []*started
		for range 3 {
			launches = append(launches, s.start("plain"))
		}
		tell(t, "/run/clock", jump)
		launches = append(launches, s.start("plain"))
		for _, p := range launches {
			if got := p.scope("plain").read(t, "memory.max"); got != fmt.Sprint(96<<20) {
				t.Errorf("%s: memory.max is %s", jump, got)
			}
			if said := p.said(); strings.TrimSpace(said) != "" {
				t.Errorf("%s: it says %q", jump, said)
			}
			p.kill()
		}
	}
}
