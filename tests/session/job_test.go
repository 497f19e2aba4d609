//go:build rig

package session

import (
	"os"
	"strings"
	"testing"
)

// TestJobFails: systemd accepts the request and then cannot make the cgroup.
func TestJobFails(t *testing.T) {
	s := plainStage(t)
	s.catalogue(plain + "slice = \"app-closed\"\n")
	hold(t, "keep.scope", "--slice=app-closed.slice") // so that the slice has a folder
	folder := "/sys/fs/cgroup" + show(t, "app-closed.slice", "ControlGroup")["ControlGroup"]
	s.must(os.Chmod(folder, 0o555))
	t.Cleanup(func() { os.Chmod(folder, 0o755) })
	fault{stage: s, says: []string{"limits", "job", "failed"}}.check(t)
}

// TestJobWaits: the session's target is still coming up, and our scope comes after it.
func TestJobWaits(t *testing.T) {
	const service = "electroscope-late.service"
	ready := t.TempDir() + "/ready"
	userUnit(t, service, "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sh -c 'until [ -e "+ready+" ]; do sleep 0.05; done'\n")
	userUnit(t, "graphical-session.target.d/late.conf", "[Unit]\nRequires="+service+"\nAfter="+service+"\n")
	userUnit(t, "electroscope-login.target", "[Unit]\nRequires=graphical-session.target\n")
	systemctl(t, "daemon-reload")
	systemctl(t, "start", "--no-block", "electroscope-login.target")
	t.Cleanup(func() {
		systemctl(t, "stop", service, "electroscope-login.target", "graphical-session.target")
		systemctl(t, "reset-failed")
	})
	if !until(soon, func() bool { return strings.Contains(systemctl(t, "list-jobs"), "graphical-session.target") }) {
		t.Fatal("the target does not wait")
	}
	s := plainStage(t)
	f := fault{stage: s, says: []string{"limits", "waits for another job", "list-jobs"}}
	p, r := f.runs(t)
	f.refuses(t)
	if in(r.Group, group) {
		t.Errorf("it is in %q already", r.Group)
	}
	s.write(ready, "")
	if !until(soon, func() bool { return in(groupOf(p.pid()), group) }) {
		t.Errorf("the target's job has ended, and it is still in %q", groupOf(p.pid()))
	}
}
