//go:build rig

package session

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// These launch while no notification daemon runs yet, as at login.

// faulty is an app that starts, and runs without something.
const faulty = plain + "heap = \"nonsense\"\n"

// lateStage has the faulty app, and no daemon.
func lateStage(t *testing.T) (*stage, *watcher) {
	t.Helper()
	s := plainStage(t)
	s.catalogue(faulty)
	noNotifier(s)
	s.must(forget())
	t.Cleanup(func() { noNotifier(s) })
	return s, watch(s)
}

// faultyText is what the notice says of it.
func faultyText(s *stage, w *watcher) string {
	s.t.Helper()
	text := w.text(s)
	if !strings.HasPrefix(text, "plain: runs without apps.plain.heap: ") {
		s.t.Errorf("the notice says %q", text)
	}
	return text
}

// TestNoticeColdStart: the bus starts the daemon for the notice, which takes longer than
// a launch waits.
func TestNoticeColdStart(t *testing.T) {
	for _, n := range notifiers {
		if !n.bus {
			continue
		}
		t.Run(n.name, func(t *testing.T) {
			s, w := lateStage(t)
			activatable(s, n.command(s)...)
			s.start("plain").report(s.bin + "/plain-app")
			w.expect(s, shown{Text: faultyText(s, w)})
		})
	}
}

// TestNoticeLate: the daemon comes seconds after the launches, and cannot be started by
// the bus. Of several launches one is told; the next notice replaces it; another daemon
// knows nothing of the one before.
func TestNoticeLate(t *testing.T) {
	for _, n := range notifiers {
		t.Run(n.name, func(t *testing.T) {
			s, w := lateStage(t)
			activatable(s, "/bin/false")
			command := n.command(s)
			var apps []*started
			for range 5 {
				apps = append(apps, s.start("plain"))
			}
			for _, p := range apps {
				p.report(s.bin + "/plain-app")
			}
			if len(waiting(t)) == 0 {
				t.Fatal("nobody waits for a daemon")
			}
			time.Sleep(5 * time.Second) // what is tried: it comes so late
			n.runs(s, command)
			text := faultyText(s, w)
			w.expect(s, shown{Text: text})
			s.start("plain").report(s.bin + "/plain-app")
			w.expect(s, shown{Text: text})

			aMinuteAgo(s, "plain")
			first := w.shown()[0].ID
			s.start("plain").report(s.bin + "/plain-app")
			w.expect(s, shown{Text: text}, shown{ID: first, Replaces: first, Text: text})

			aMinuteAgo(s, "plain")
			noNotifier(s)
			n.runs(s, command)
			s.start("plain").report(s.bin + "/plain-app")
			w.expect(s, shown{Text: text}, shown{ID: first, Replaces: first, Text: text}, shown{Text: text})
		})
	}
}

// TestNoticeHungDaemon: one that has its name and stands still is given the notice once
// it goes on, and once.
func TestNoticeHungDaemon(t *testing.T) {
	s, w := lateStage(t)
	n := notifiers[0]
	n.runs(s, n.command(s))
	s.start("plain").report(s.bin + "/plain-app")
	text := faultyText(s, w)
	aMinuteAgo(s, "plain")
	stop(t, notifierPID(s))
	s.start("plain").report(s.bin + "/plain-app")
	if len(waiting(t)) == 0 {
		t.Error("nobody waits for the daemon")
	}
	s.must(syscall.Kill(notifierPID(s), syscall.SIGCONT))
	first := w.shown()[0].ID
	w.expect(s, shown{Text: text}, shown{ID: first, Replaces: first, Text: text})
}

// TestNoticeNeverShown: where no daemon ever comes, the service ends by itself, and
// well. Its time is in its command line: nobody waits for two minutes here.
func TestNoticeNeverShown(t *testing.T) {
	s, w := lateStage(t)
	activatable(s, "/bin/false")
	s.start("plain").report(s.bin + "/plain-app")
	const unit = "electroscope-notice-plain.service"
	got := show(t, unit, "RuntimeMaxUSec", "CollectMode", "Slice", "ExecStart", "ActiveState")
	if got["RuntimeMaxUSec"] != "2min 30s" || got["CollectMode"] != "inactive-or-failed" || got["Slice"] != "background.slice" ||
		!strings.Contains(got["ExecStart"], " notify --wait=2m0s ") || got["ActiveState"] != "active" {
		t.Errorf("%s: %v", unit, got)
	}
	tool(t, "systemctl", "--user", "stop", unit)
	w.expect(s)
	out, err := try("systemd-run", "--user", "--wait", "--quiet", "--unit="+unit, "--collect", "--property=RuntimeMaxSec=60",
		electroscope(), "notify", "--wait=1s", lateNotice("plain"), "plain", "text")
	if err != nil {
		t.Errorf("the service fails: %v, %s", err, out)
	}
	w.expect(s)
}
