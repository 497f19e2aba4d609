//go:build rig

package desktops

import (
	"fmt"
	"time"
)

// The keyboard and the mouse of sessions on X11 (xdotool), and the keyboard of compositors
// on wlroots (wtype). Nothing tells when a window or a menu is ready for them.

// press is the keyboard of a session on X11, once the window that is to have the key is there.
func (s *session) press(key string) {
	s.Helper()
	s.output(s.command("sh", "-c", "sleep 3; exec xdotool key --clearmodifiers "+key))
}

// typeName types the app's name into what a key or a click has opened, and presses Return
// once it has been found.
func (s *session) typeName() {
	s.Helper()
	s.press("d i s c o r d")
	s.press("Return")
}

// typed opens a menu by its key, and types into it.
func typed(key string) func(*session) {
	return func(s *session) {
		s.press(key)
		s.typeName()
	}
}

// click is the mouse of a session on X11, once what is to be clicked is there.
func (s *session) click(x, y int) {
	s.Helper()
	s.output(s.command("sh", "-c", fmt.Sprintf("sleep 3; exec xdotool mousemove %d %d sleep 0.5 click 1", x, y)))
}

// wtyped starts a launcher, types the app's name into it, and presses Return. The
// keyboard comes first: wmenu crashes if there is none.
func wtyped(name string, args ...string) func(*session) {
	return func(s *session) {
		s.start("wtype", "-s", "5000", "discord", "-s", "1000", "-k", "Return")
		time.Sleep(time.Second) // until it is there
		s.start(name, args...)
	}
}
