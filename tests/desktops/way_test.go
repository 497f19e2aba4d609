//go:build rig

package desktops

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A way is one by which a desktop starts an app.
type way struct {
	name  string         // as docs/desktops.md calls it
	app   string         // discord if it says nothing; chromium is the real one
	start func(*session) // nil if the login does it
	want  seen
}

const (
	oursUnit  = "app-electron.slice/app-discord-PID.scope"
	oursLimit = "MemoryMax=3221225472 CPUQuotaPerSecUSec=1.500000s OOMPolicy=continue"
	realUnit  = "app-electron.slice/app-chromium-PID.scope"
	realLimit = "MemoryMax=2147483648 CPUQuotaPerSecUSec=1.200000s OOMPolicy=continue"
)

// capped completes what a row says of an app that is limited, all of it.
func (w way) capped() seen {
	want := w.want
	if want.Unit == "" {
		want.Unit = oursUnit
		if w.app == "chromium" {
			want.Unit = realUnit
		}
	}
	if want.Notice == "" {
		want.Notice = "taken"
	}
	want.Limits = oursLimit
	if w.app == "chromium" {
		want.Limits = realLimit
	}
	return want
}

// walk takes each way in turn, with the apps of the one before gone, and prints a line for
// docs/desktops.md.
func (s *session) walk(ways []way) {
	version := s.root("dpkg-query", "--show", "--showformat=${Version}", s.source)
	for _, w := range ways {
		if w.app == "" {
			w.app = "discord"
		}
		s.Run(w.name, func(t *testing.T) {
			one := *s
			one.machine = machine{t}
			got, count := one.take(w)
			if diff := cmp.Diff(w.capped(), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			one.print(w, version, got, count)
		})
	}
}

// print writes the line of which tests/desktops/table makes a row.
func (s *session) print(w way, version string, got seen, count int) {
	fields := []string{"desktops", s.name + " " + versionNumber.FindString(version), w.name, w.app, got.Theirs, got.Unit,
		strconv.FormatBool(got.Limits == w.capped().Limits), strconv.Itoa(count), strconv.Itoa(len(got.Outside)), strings.Join(got.Token, ", "), got.Notice}
	fmt.Println(strings.Join(fields, "\t"))
}

var versionNumber = regexp.MustCompile(`[0-9]+(\.[0-9]+)+`)

// take starts the app that way, and looks when it has come to rest.
func (s *session) take(w way) (got seen, count int) {
	s.Helper()
	if w.start != nil {
		s.endApps()
		s.forgetNotices()
		w.start(s)
	}
	var mains []process
	if !until(60*time.Second, func() bool { mains = mainProcesses(w.app); return len(mains) > 0 }) {
		s.Fatalf("no %s after 60 s", w.app)
	}
	if w.app != "chromium" {
		if !until(30*time.Second, func() bool { return len(appProcesses(w.app)) == standInProcesses }) {
			s.Errorf("%d processes, not %d", len(appProcesses(w.app)), standInProcesses)
		}
	} else if !until(60*time.Second, func() bool { return len(appProcesses(w.app)) >= 5 }) {
		s.Errorf("%d processes only", len(appProcesses(w.app)))
	}
	// Whoever moves it does so now: KIO 5 and GNOME's shell do it after they have started it.
	time.Sleep(time.Second)
	s.Cleanup(s.endApps)
	got, count = s.look(w.app, mains[0])
	got.Notice = s.notice(w.want.Notice)
	return got, count
}

// endApps ends what runs of the apps, and waits until systemd has dropped their units.
func (s *session) endApps() {
	for app := range programs {
		for _, p := range appProcesses(app) {
			p.kill()
		}
	}
	if !until(20*time.Second, func() bool {
		return s.user("systemctl", "--user", "list-units", "--plain", "--no-legend", "--state=active",
			"app-discord-*.scope", "app-chromium-*.scope", "app-flatpak-*.scope") == ""
	}) {
		s.Error("the scopes of apps that have ended still stand")
	}
	os.RemoveAll(runtime + "/electroscope")
}

// command makes a way of a command line of the session.
func command(name string, args ...string) func(*session) {
	return func(s *session) { s.start(name, args...) }
}

// openURI asks the desktop's portal, as apps in a sandbox do.
func openURI(uri string) func(*session) {
	return command("gdbus", "call", "--session", "--dest", "org.freedesktop.portal.Desktop", "--object-path", "/org/freedesktop/portal/desktop",
		"--method", "org.freedesktop.portal.OpenURI.OpenURI", "", uri, "{}")
}

var (
	startup = []string{"DESKTOP_STARTUP_ID"}
	both    = []string{"DESKTOP_STARTUP_ID", "XDG_ACTIVATION_TOKEN"}
)
