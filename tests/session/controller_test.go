//go:build rig

package session

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestControllers: the rig's manager has neither the memory nor the cpu controller,
// like that of systemd 238 to 251 for cpu. The app has its scope; the line says
// which limits nobody enforces.
func TestControllers(t *testing.T) {
	controllers, err := os.ReadFile("/sys/fs/cgroup/cgroup.controllers")
	if err != nil || strings.Contains(string(controllers), "memory") || strings.Contains(string(controllers), "cpu ") {
		t.Fatalf("the rig has the controllers %q (%v): this test needs it without", controllers, err)
	}
	s := newStage(t)
	s.catalogue("[apps.plain]\nexec = [\"plain-app\"]\nmemory-high-without-swap = \"keep\"\n[apps.plain.limits]\nMemoryHigh = \"1G\"\nMemoryMax = \"2G\"\nCPUQuota = \"50%\"\nTasksMax = 500\nIOWeight = 50\n")
	s.standIn("plain-app", "wait")
	s.link()
	f := fault{stage: s, says: []string{"MemoryHigh", "MemoryMax", "CPUQuota", "controller", "Delegate="}}
	p, r := f.runs(t)
	unit := fmt.Sprintf("app-plain-%d.scope", p.pid())
	if unitOf(r.Group) != unit || show(t, unit, "MemoryMax")["MemoryMax"] != fmt.Sprint(2*gib) {
		t.Errorf("it runs in %q; stderr: %s", r.Group, p.stderr())
	}
	f.refuses(t)
}
