//go:build rig

package session

import (
	"fmt"
	"strings"
	"testing"
)

// TestHybrid needs a rig that shows cgroups as systemd before 256 may have them: the
// unified hierarchy beside those of version 1, for bookkeeping only.
func TestHybrid(t *testing.T) {
	s := plainStage(t)
	s.catalogue(plain + "memory = \"1G\"\n")
	f := fault{stage: s, says: []string{"limits", "cgroup v1", "systemd.unified_cgroup_hierarchy=1"}}
	p, r := f.runs(t)
	if want := fmt.Sprintf("app-plain-%d.scope", p.pid()); unitOf(r.Group) != want {
		t.Errorf("it runs in %q, not %q", r.Group, want)
	}
	f.refuses(t)

	check := s.start(electroscope(), "config", "check")
	if status := check.status(); status != 0 || !strings.Contains(check.stdout(), "NOT enforced here: ") || !strings.Contains(check.stdout(), "cgroup v1") {
		t.Errorf("config check: status %d, stdout: %s", status, check.stdout())
	}
}
