//go:build rig

package uml

import (
	"strings"
	"testing"
)

// A login is a way to come to a shell of the guest: arguments of ssh(1). The last of them
// has launch in it, or the shell reads what is typed.
type login struct {
	name  string
	words []string
	typed bool
}

const stay = launch + " read -r line"

var logins = []login{
	{"ssh", []string{"guest@127.0.0.1", stay}, false},
	{"ssh with a terminal", []string{"-tt", "guest@127.0.0.1"}, true},
	{"login", []string{"-tt", "root@127.0.0.1", "systemd-run --quiet --pty --wait --collect login -f guest"}, true},
	{"su", []string{"root@127.0.0.1", "systemd-run --quiet --pipe --wait --collect su --login guest --command '" + stay + "'"}, false},
}

// TestLogin: however a user logs in, what he starts in his shell is an app of the
// manager that came with the login, has its limits, and ends when that goes with the logout.
func TestLogin(t *testing.T) {
	s := guestStage(t)
	for _, l := range logins {
		t.Run(l.name, func(t *testing.T) {
			sh := s.with(t).logIn(l)
			if n := guestSessions(); n != 1 {
				t.Errorf("the guest has %d sessions", n)
			}
			sh.limited()
			sh.logOut()
			if !until(func() bool { return gone(sh.app) && !guestManager.exists() }) {
				t.Errorf("after the logout the app is in %q, the manager is there: %v", groupOf(sh.app), guestManager.exists())
			}
		})
	}
}

// TestLinger is the control of TestLogin: the manager of a user who lingers stays, and
// with it the app.
func TestLinger(t *testing.T) {
	s := guestStage(t)
	s.linger()
	sh := s.logIn(logins[0])
	sh.logOut()
	if !until(func() bool { return guestSessions() == 0 }) {
		t.Errorf("the guest has %d sessions", guestSessions())
	}
	sh.limited()
}

// TestWithoutSession: not every change of the user makes a session, which would bring a
// manager. The app runs without limits then, which is said, and with them if the user has
// a manager from elsewhere.
func TestWithoutSession(t *testing.T) {
	s := guestStage(t)
	without := []login{
		{"su with another's environment", []string{"root@127.0.0.1", "XDG_RUNTIME_DIR=/run/user/1000 su guest --command 'cd; " + stay + "'"}, false},
		{"su within a session", []string{"root@127.0.0.1", "su --login guest --command '" + stay + "'"}, false},
		{"a service, as cron's", []string{"root@127.0.0.1",
			"systemd-run --quiet --pipe --wait --collect --uid=guest --working-directory=/home/guest bash -c '" + stay + "'"}, false},
	}
	for _, l := range without {
		t.Run(l.name, func(t *testing.T) {
			sh := s.with(t).logIn(l)
			if g := groupOf(sh.app); strings.HasPrefix(string(g), string(guestSlice)) || guestManager.exists() {
				t.Errorf("it is in %s; a manager is there: %v", g, guestManager.exists())
			}
			const begins, ends = "electroscope: note: plain runs without limits: there is no user manager: ", "(log in through PAM, or loginctl enable-linger)\n"
			if said := sh.appSaid(); !strings.HasPrefix(said, begins) || !strings.HasSuffix(said, ends) || strings.Count(said, "\n") != 1 {
				t.Errorf("it says %q", said)
			}
			sh.endApp()
			sh.logOut()
		})
	}
	s.linger()
	for _, l := range without {
		t.Run(l.name+", with a manager", func(t *testing.T) {
			sh := s.with(t).logIn(l)
			sh.limited()
			sh.endApp()
			sh.logOut()
		})
	}
}
