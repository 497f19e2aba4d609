//go:build rig

package desktops

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Seen is what can be told of an app that runs. In names of units PID stands for its own
// PID, ID for what is random.
type seen struct {
	Theirs  string   // the unit that the desktop made for it
	Unit    string   // the unit that it is in
	Limits  string   // what systemd says of that unit
	Outside []string // where those of its processes are that are not in there
	Token   []string // what was handed to it for focus and startup
	Notice  string   // whether the desktop has taken a notice
}

// look tells what there is to tell of the app but the notice, and how many of its processes
// are in its unit.
func (s *session) look(app string, main process) (got seen, inside int) {
	s.Helper()
	group := main.group()
	unit := group[strings.LastIndex(group, "/")+1:]
	got.Unit = plain(strings.TrimPrefix(group, "app.slice/"), main)
	got.Limits = s.limits(unit)
	for _, p := range appProcesses(app) {
		if p.group() == group {
			inside++
		} else if where := p.group(); where != "" { // else it has ended meanwhile
			got.Outside = append(got.Outside, where)
		}
	}
	for line := range strings.Lines(s.user("systemctl", "--user", "list-units", "--all", "--plain", "--no-legend", "app-*"+app+"*")) {
		if fields := strings.Fields(line); fields[0] != unit && fields[3] == "running" {
			got.Theirs = plain(fields[0], main)
		}
	}
	if app != "chromium" { // which takes them out of its environment
		got.Token = tokens(main.environ())
	}
	return got, inside
}

func (s *session) limits(unit string) string {
	s.Helper()
	shown := s.user("systemctl", "--user", "show", "--property=MemoryMax,CPUQuotaPerSecUSec,OOMPolicy", unit)
	value := map[string]string{}
	for line := range strings.Lines(shown) {
		name, text, _ := strings.Cut(strings.TrimSpace(line), "=")
		value[name] = text
	}
	return fmt.Sprintf("MemoryMax=%s CPUQuotaPerSecUSec=%s OOMPolicy=%s", value["MemoryMax"], value["CPUQuotaPerSecUSec"], value["OOMPolicy"])
}

// tokens are the variables by which a desktop hands on focus and startup.
func tokens(env map[string]string) []string {
	var found []string
	for _, name := range both {
		if env[name] != "" {
			found = append(found, name)
		}
	}
	return found
}

// plain is a unit's name without what differs from launch to launch.
func plain(unit string, main process) string {
	unit = regexp.MustCompile(`\b`+strconv.Itoa(int(main))+`\b`).ReplaceAllString(unit, "PID")
	return random.ReplaceAllString(unit, "${1}${3}ID$2$4")
}

// random is what KIO, uwsm and Flatpak have in the names of their units: a UUID without
// dashes, eight hexadecimal digits, digits.
var random = regexp.MustCompile(`(@)[0-9a-f]{8,32}(\.service)$|(-)[0-9]{6,}(\.scope)$`)
