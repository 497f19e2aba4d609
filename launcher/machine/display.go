package machine

import (
	"os"
	"path/filepath"
	"strings"
)

// A Display says which display servers an app started now can reach.
type Display struct {
	X11, Wayland bool
	SessionType  string // XDG_SESSION_TYPE: x11, wayland, tty or empty
}

// ReadDisplay mirrors how Chromium looks (ui/linux/display_server_utils.cc): X11
// if DISPLAY is set; Wayland if the socket that WAYLAND_DISPLAY names, or
// else wayland-0, is in the runtime folder.
func ReadDisplay(getenv func(string) string) Display {
	d := Display{X11: getenv("DISPLAY") != "", SessionType: getenv("XDG_SESSION_TYPE")}
	socket := getenv("WAYLAND_DISPLAY")
	if socket == "" {
		socket = "wayland-0"
	}
	if !strings.HasPrefix(socket, "/") {
		socket = filepath.Join(getenv("XDG_RUNTIME_DIR"), socket)
	}
	if filepath.IsAbs(socket) {
		_, err := os.Stat(socket)
		d.Wayland = err == nil
	}
	return d
}
