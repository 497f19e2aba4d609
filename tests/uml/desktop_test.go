//go:build rig

package uml

import "strings"

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
