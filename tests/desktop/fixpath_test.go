//go:build rig

package desktop

import (
	"os"
	"testing"
)

// TestUnitsFixPath: the variable that a fix writes is one that the user's manager reads.
func TestUnitsFixPath(t *testing.T) {
	h := chat(t, os.Getenv("HOME"))
	h.electroscope("install")
	reload := func() { h.run("systemctl", "--user", "daemon-reload") } // which runs its environment generators again
	reload()
	before, found := h.tree(), h.finds("session-path")
	if found.State != "warn" || found.Mend != "electroscope doctor --fix session-path" {
		t.Fatalf("before, session-path is %+v", found)
	}
	h.electroscope("doctor", "--fix", "--yes", "session-path")
	if now := h.finds("session-path"); now.State != "warn" || now.Mend != "log in anew" {
		t.Errorf("before the login, session-path is %+v", now)
	}
	reload()
	if now := h.finds("session-path"); now.State != "ok" {
		t.Errorf("read, session-path is %+v", now)
	}
	h.electroscope("doctor", "--undo")
	h.sameAs("--undo", before)
	h.electroscope("uninstall")
	reload()
}
