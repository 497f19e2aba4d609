//go:build rig

package desktops

import (
	"fmt"
	"os"
	"testing"
	"time"
)

// TestGNOMEBusy: GNOME's shell asks systemd for a scope of its own after it has started
// an app, and whoever asks last has the process. Each launch ends in ours, although the
// shell and the machine are busy. It is a race, so it is run often; ELECTROSCOPE_LAUNCHES
// says how often.
func TestGNOMEBusy(t *testing.T) {
	launches := times(t, "ELECTROSCOPE_LAUNCHES", 20)
	s := gnome.login(t, headlessGNOME(t))
	s.keepBusy(4)
	ours, again := 0, 0
	for n := range launches {
		got, _ := s.take(way{app: "discord", start: evaluate(busyLaunch)})
		switch {
		case got.Limits == oursLimit && got.Unit == oursUnit:
			ours++
		case got.Limits == oursLimit && got.Unit == "app-electron.slice/app-discord-PIDx.scope":
			again++
		default:
			t.Errorf("launch %d: %+v", n+1, got)
		}
	}
	t.Logf("%d launches: %d in our scope, %d in our second", launches, ours, again)
}

// busyLaunch has the shell start the app, and then do nothing else for 0.4 s.
const busyLaunch = `Shell.AppSystem.get_default().lookup_app('discord.desktop').launch(0, -1, Shell.AppLaunchGpu.DEFAULT);
	const since = imports.gi.GLib.get_monotonic_time(); while (imports.gi.GLib.get_monotonic_time() - since < 400000);`

// keepBusy has that many programs of the session take all the processor time that they get.
func (s *session) keepBusy(loops int) {
	s.Helper()
	for range loops {
		c := s.command("sh", "-c", "while :; do :; done")
		s.must(c.Start())
		s.Cleanup(func() { c.Process.Kill(); c.Wait() })
	}
}

// times is how often a race is run.
func times(t *testing.T, variable string, usual int) int {
	t.Helper()
	if text := os.Getenv(variable); text != "" {
		if _, err := fmt.Sscan(text, &usual); err != nil {
			t.Fatalf("%s=%q: %v", variable, text, err)
		}
	}
	return usual
}

// TestBusyLogin logs in with 54 autostart entries while six programs of the machine take
// all the processor time: Discord, which is one of the entries, has its limits in the end.
// ELECTROSCOPE_LOGINS says how often.
func TestBusyLogin(t *testing.T) {
	for n := range times(t, "ELECTROSCOPE_LOGINS", 10) {
		t.Run(fmt.Sprint(n+1), func(t *testing.T) {
			m := headlessPlasma(t)
			for filler := range 53 {
				name := fmt.Sprintf("filler-%d", filler)
				m.write(".config/autostart/"+name+".desktop", entry(name, "/bin/true", ""))
			}
			m.autostartDiscord()
			for range 6 {
				c := asUser("sh", "-c", "while :; do :; done")
				c.Args[1] = "600"
				m.must(c.Start())
				m.Cleanup(func() { stop(c) })
			}
			s := plasmaWayland.login(t, m)
			var mains []process
			if !until(120*time.Second, func() bool { mains = mainProcesses("discord"); return len(mains) > 0 }) {
				t.Fatal("no discord two minutes after the login")
			}
			limited := func() bool {
				got, _ := s.look("discord", mains[0])
				return got.Limits == oursLimit
			}
			if !until(60*time.Second, limited) {
				got, _ := s.look("discord", mains[0])
				t.Errorf("a minute later: %+v\n%s", got, s.journal())
			}
		})
	}
}
