package background

import (
	"strings"
	"testing"
)

func TestSessionIn(t *testing.T) {
	for environ, want := range map[string]Session{
		"HOME=/home/u DISPLAY=:0 XDG_RUNTIME_DIR=/run/user/1":      {Display: ":0", Authority: "/home/u/.Xauthority", Sound: "unix:/run/user/1/pulse/native"},
		"DISPLAY=:0 XAUTHORITY=/x PULSE_SERVER=tcp:far":            {Display: ":0", Authority: "/x", Sound: "tcp:far"},
		"DISPLAY=:0 WAYLAND_DISPLAY=wayland-0 XDG_RUNTIME_DIR=/r":  {Bus: "unix:path=/r/bus", Sound: "unix:/r/pulse/native"},
		"DISPLAY=:0 WAYLAND_SOCKET=5 XDG_RUNTIME_DIR=/r":           {Bus: "unix:path=/r/bus", Sound: "unix:/r/pulse/native"},
		"XDG_SESSION_TYPE=wayland DBUS_SESSION_BUS_ADDRESS=unix:x": {Bus: "unix:x", Sound: "unix:/pulse/native"},
		"DISPLAY=:0 XDG_SESSION_TYPE=x11 HOME=/h WAYLAND_DISPLAY=": {Display: ":0", Authority: "/h/.Xauthority", Sound: "unix:/pulse/native"},
		"HOME=/h": {Sound: "unix:/pulse/native"},
	} {
		if got := sessionIn(strings.ReplaceAll(environ, " ", "\x00") + "\x00"); got != want {
			t.Errorf("%q: %+v, want %+v", environ, got, want)
		}
	}
}
