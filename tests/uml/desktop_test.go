//go:build rig

package uml

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// desktop starts what stands in for the desktop: a service where desktops put theirs, that
// holds graphical-session.target as theirs do (systemd.special(7)) and does what the words
// say (standIn).
func (s *stage) desktop(words ...string) group {
	s.t.Helper()
	return s.service("desktop-stand-in", []string{"--slice=session.slice", "--property=BindsTo=graphical-session.target"}, words...)
}

// service starts a stand-in without electroscope, as a service of the user's manager.
func (s *stage) service(name string, options []string, words ...string) group {
	s.t.Helper()
	unit := name + ".service"
	args := append([]string{"--user", "--quiet", "--collect", "--service-type=exec", "--unit=" + unit}, options...)
	for _, variable := range s.env {
		if key, _, _ := strings.Cut(variable, "="); key == "PATH" || key == "XDG_CONFIG_HOME" {
			args = append(args, "--setenv="+variable)
		}
	}
	s.t.Cleanup(func() { try(nil, "systemctl", "--user", "stop", unit) })
	s.tool("systemd-run", append(append(args, s.dir+"/bin/stand-in"), words...)...)
	return group(strings.TrimSpace(s.tool("systemctl", "--user", "show", "--value", "--property=ControlGroup", unit)))
}

// TestPanel: what a service of the desktop launches is held to its limits in a scope of its
// own. It outlives that service, and ends with graphical-session.target.
func TestPanel(t *testing.T) {
	setSwap(t, true)
	s := newStage(t, limited)
	s.desktop()
	panel := s.service("panel-stand-in", []string{"--slice=session.slice"}, "launch", s.dir+"/links/plain", s.dir+"/pid")
	pid, err := strconv.Atoi(s.waitFor("pid"))
	if err != nil {
		t.Fatal(err)
	}
	scope := panel.parent().parent() + group(fmt.Sprintf("/app.slice/app-electron.slice/app-plain-%d.scope", pid))
	if !until(func() bool { return groupOf(pid) == scope }) {
		t.Fatalf("the app is in %q, not in %s", groupOf(pid), scope)
	}
	for _, want := range holding {
		if got := scope.read(t, want.file); got != want.value {
			t.Errorf("%s is %s, not %s", want.file, got, want.value)
		}
	}
	s.tool("systemctl", "--user", "stop", "panel-stand-in.service")
	if !until(func() bool { return !panel.exists() }) || groupOf(pid) != scope {
		t.Errorf("after the panel's end the app is in %q; the panel is there: %v", groupOf(pid), panel.exists())
	}
	s.tool("systemctl", "--user", "stop", "desktop-stand-in.service")
	if !until(func() bool { return gone(pid) && !scope.exists() }) {
		t.Errorf("after the desktop's end the app is in %q", groupOf(pid))
	}
}
