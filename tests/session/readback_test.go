//go:build rig

package session

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The rig's manager has no controllers, so limits are read back in tests/uml. Here
// is what a drop-in changes beside them.

// dropIn writes one into the manager's own configuration, until the test ends.
func (s *stage) dropIn(folder, text string) string {
	s.t.Helper()
	config := os.Getenv("HOME") + "/.config/systemd/user/"
	file := config + folder + "/50-user.conf"
	s.write(file, text)
	systemctl(s.t, "daemon-reload")
	s.t.Cleanup(func() {
		os.RemoveAll(filepath.Dir(file))
		systemctl(s.t, "daemon-reload")
	})
	return file
}

// TestDropInSlice: a drop-in takes the app out of the group, and with it out of the
// group's budget. That is told, with the file, and refused where limits must hold.
func TestDropInSlice(t *testing.T) {
	for _, folder := range []string{"app-.scope.d", "scope.d", "app-plain-.scope.d"} {
		t.Run(folder, func(t *testing.T) {
			freshGroup(t)
			s := plainStage(t)
			s.catalogue(strings.Replace(plain, `memory = "infinity"`, "memory = \"9G\"\n[defaults]\nmemory-high-without-swap = \"keep\"", 1))
			file := s.dropIn(folder, "[Scope]\nSlice=other.slice\n")
			f := fault{stage: s, says: []string{"app-electron.slice", file, "Slice=other.slice"}}
			_, r := f.runs(t)
			if !strings.Contains(r.Group, "/other.slice/") {
				t.Errorf("it runs in %q: the drop-in is not in force", r.Group)
			}
			f.refuses(t)
		})
	}
}

// TestDropInPolicy: what one process's end by the kernel means for the others is not
// the kernel's to tell. The user's own configuration is looked at, so it must be the
// one that the manager has.
func TestDropInPolicy(t *testing.T) {
	s := plainStage(t)
	s.env = append(s.env, "XDG_CONFIG_HOME="+os.Getenv("HOME")+"/.config")
	s.config = os.Getenv("HOME") + "/.config"
	s.catalogue(plain)
	t.Cleanup(func() { os.RemoveAll(s.config + "/electroscope") })
	file := s.dropIn("app-.scope.d", "[Scope]\nOOMPolicy=kill\n")
	p := s.start("plain")
	r := p.report(s.bin + "/plain-app")
	if got := show(t, unitOf(r.Group), "OOMPolicy")["OOMPolicy"]; got != "kill" {
		t.Fatalf("OOMPolicy=%s: the drop-in is not in force", got)
	}
	if said := p.stderr(); strings.Count(said, "\n") != 1 || !strings.Contains(said, file+" sets OOMPolicy=kill") {
		t.Errorf("stderr: %q", said)
	}
}

// TestServiceStops: the link is what a service of the user's starts. The scope ends
// with the service, children that outlive the main process included.
func TestServiceStops(t *testing.T) {
	s := plainStage(t)
	s.must(os.Rename(s.bin+"/plain-app", s.bin+"/behind"))
	s.must(os.Rename(s.bin+"/plain-app.then", s.bin+"/behind.then"))
	s.script("plain-app", "#!/bin/sh\nsetsid sleep 1000 & echo $! >"+s.dir+"/child\nexec behind\n")
	unit := fmt.Sprintf("mine-%d.service", os.Getpid())
	options := []string{"--user", "--quiet", "--collect", "--unit=" + unit}
	for _, entry := range s.env {
		options = append(options, "--setenv="+entry)
	}
	tool(t, "systemd-run", append(options, s.links+"/plain")...)
	t.Cleanup(func() { try("systemctl", "--user", "stop", unit) })
	r := s.anyReport(s.bin + "/behind")
	child := pidFrom(t, s.dir+"/child")
	scope := fmt.Sprintf("app-plain-%d.scope", r.PID)
	if unitOf(r.Group) != scope || unitOf(groupOf(child)) != scope {
		t.Fatalf("the app is in %q, its child in %q", r.Group, groupOf(child))
	}
	systemctl(t, "stop", unit)
	for _, pid := range []int{r.PID, child} {
		if !until(soon, func() bool { return state(pid) == 0 || state(pid) == 'Z' }) {
			t.Errorf("process %d of the service still runs, in %q", pid, groupOf(pid))
		}
	}
}
