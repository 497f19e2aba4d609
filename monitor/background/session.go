package background

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"electroscope/launcher/dbus"
	"electroscope/launcher/regular"
	"electroscope/monitor"
)

// A Session is where an app shows its windows and plays its sound, by its own environment:
// the watcher is a service, which has none of these variables if it began before the desktop.
type Session struct {
	Display, Authority string // of its X server; Display is empty if its windows may be elsewhere
	Bus                string // the address of the message bus of its Wayland session, or empty
	Sound              string // of its sound server, as PULSE_SERVER has it
}

// hasWindows reports whether there is somebody to ask which window is active.
func (s Session) hasWindows() bool { return s.Display != "" || s.Bus != "" }

// windows names who is asked.
func (s Session) windows() string {
	if s.Display != "" {
		return fmt.Sprintf("the X server of DISPLAY=%q", s.Display)
	}
	return "KWin"
}

// most is the most that is read of an environment.
const most = 1 << 20

// sessionOf reads the environment of an app's main process, or else of another one of it:
// Chromium writes its title over its own (base/process/set_process_title_linux.cc). If all
// do, it is the session's.
func sessionOf(r monitor.Reader, a monitor.App, environ func() []string) Session {
	pids := []int{a.Main}
	for _, p := range a.Processes {
		pids = append(pids, p.PID)
	}
	for _, pid := range pids {
		text, err := regular.Read(r.Proc+"/"+strconv.Itoa(pid)+"/environ", most)
		if err == nil && strings.Contains("\x00"+string(text), "\x00XDG_RUNTIME_DIR=") {
			return sessionIn(string(text))
		}
	}
	return sessionIn(strings.Join(environ(), "\x00"))
}

// sessionIn decides by an environment. In a Wayland session an X server has the windows of
// some apps only.
func sessionIn(environ string) Session {
	v := map[string]string{}
	for line := range strings.SplitSeq(environ, "\x00") {
		if name, value, ok := strings.Cut(line, "="); ok {
			v[name] = value
		}
	}
	s := Session{Sound: cmp.Or(v["PULSE_SERVER"], "unix:"+v["XDG_RUNTIME_DIR"]+"/pulse/native")}
	if v["WAYLAND_DISPLAY"] != "" || v["WAYLAND_SOCKET"] != "" || v["XDG_SESSION_TYPE"] == "wayland" {
		s.Bus = dbus.SessionAddress(func(name string) string { return v[name] }, v["XDG_RUNTIME_DIR"])
	} else if v["DISPLAY"] != "" {
		s.Display, s.Authority = v["DISPLAY"], cmp.Or(v["XAUTHORITY"], v["HOME"]+"/.Xauthority")
	}
	return s
}
