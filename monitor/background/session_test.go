package background

import (
	"strings"
	"testing"
)

func TestSessionIn(t *testing.T) {
	for environ, want := range map[string]Session{
		"HOME=/home/u DISPLAY=:0 XDG_RUNTIME_DIR=/run/user/1":      {":0", "/home/u/.Xauthority", "unix:/run/user/1/pulse/native"},
		"DISPLAY=:0 XAUTHORITY=/x PULSE_SERVER=tcp:far":            {":0", "/x", "tcp:far"},
		"DISPLAY=:0 WAYLAND_DISPLAY=wayland-0 XDG_RUNTIME_DIR=/r":  {"", "", "unix:/r/pulse/native"},
		"DISPLAY=:0 WAYLAND_SOCKET=5 XDG_RUNTIME_DIR=/r":           {"", "", "unix:/r/pulse/native"},
		"DISPLAY=:0 XDG_SESSION_TYPE=wayland XDG_RUNTIME_DIR=/r":   {"", "", "unix:/r/pulse/native"},
		"DISPLAY=:0 XDG_SESSION_TYPE=x11 HOME=/h WAYLAND_DISPLAY=": {":0", "/h/.Xauthority", "unix:/pulse/native"},
		"HOME=/h": {"", "/h/.Xauthority", "unix:/pulse/native"},
	} {
		if got := sessionIn(strings.ReplaceAll(environ, " ", "\x00") + "\x00"); got != want {
			t.Errorf("%q: %+v, want %+v", environ, got, want)
		}
	}
}
