//go:build rig

package session

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestGNOME: GNOME makes a scope for what it has started, at a time of its own, and
// who calls systemd last has the process. Ours has to, however early or late that is.
func TestGNOME(t *testing.T) {
	for _, test := range []struct {
		name   string
		before string // what the app's start waits for
		behind string // how much later GNOME calls, in seconds
		queued bool   // GNOME's job has to wait
	}{
		{"long before", `until grep -q app-gnome /proc/self/cgroup; do :; done; `, "0", false},
		{"at once", "", "0", false},
		{"in between", "", "0.01", false},
		{"while it starts", "", "0.05", false},
		{"later than anyone waits", "", "0.6", false},
		{"before, and its job has not run yet", `until grep -qs done "$1"; do :; done; `, "0", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := plainStage(t)
			behind := "basic.target"
			if test.queued {
				behind = "slow.service"
				out, err := exec.Command("systemd-run", "--user", "--quiet", "--no-block", "--unit="+behind, "--property=Type=oneshot", "sleep", "0.7").CombinedOutput()
				if err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			}
			// As GIO does, the shell puts the PID of the process into its environment.
			gnome := s.startWith(func(c *exec.Cmd) { c.Env = append(s.env, "XDG_CURRENT_DESKTOP=ubuntu:GNOME") }, "/bin/sh", "-c",
				`export GIO_LAUNCHED_DESKTOP_FILE_PID=$$ GIO_LAUNCHED_DESKTOP_FILE=/x/plain.desktop; (sleep `+test.behind+`
				busctl --user call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager StartTransientUnit \
					'ssa(sv)a(sa(sv))' "app-gnome-plain-$$.scope" fail 2 PIDs au 1 $$ After as 1 "`+behind+`" 0 >"$1" 2>&1; echo done >>"$1") & `+test.before+`exec "$0"`,
				s.links+"/plain", s.dir+"/answer")
			gnome.report(s.bin + "/plain-app")
			if !until(soon, func() bool {
				text, _ := os.ReadFile(s.dir + "/answer")
				return strings.HasSuffix(string(text), "done\n")
			}) {
				t.Fatal("the stand-in for GNOME gets no answer")
			}
			answer := waitFor(t, s.dir+"/answer")
			if !strings.Contains(answer, "/job/") && !strings.Contains(answer, "already") {
				t.Errorf("the stand-in for GNOME got %q", answer)
			}
			if test.queued && !until(soon, func() bool { return show(t, behind, "ActiveState")["ActiveState"] == "inactive" }) {
				t.Fatalf("%s goes on", behind)
			}
			theirs := fmt.Sprintf("app-gnome-plain-%d.scope", gnome.pid())
			if !until(soon, func() bool { return show(t, theirs, "ActiveState")["ActiveState"] != "active" }) {
				t.Errorf("%s still has it", theirs)
			}
			if want := fmt.Sprintf("app-plain-%d.scope", gnome.pid()); !until(soon, func() bool { return unitOf(groupOf(gnome.pid())) == want }) {
				t.Errorf("it is in %q", groupOf(gnome.pid()))
			}
			if gnome.stderr() != "" {
				t.Errorf("stderr: %s", gnome.stderr())
			}
			gnome.kill()
			if !until(soon, func() bool { return show(t, theirs, "LoadState")["LoadState"] == "not-found" }) {
				t.Errorf("%s is left", theirs)
			}
		})
	}
}

// launchers start the link as desktops do, by units of their own.
var launchers = []struct {
	name, unit string
	options    []string
	slice      string // where ours must be
}{
	{"KDE", `app-plain@0123456789abcdef.service`, []string{"--slice=app.slice", "-p", "Type=simple", "-p", "ExitType=cgroup"}, "app.slice/app-electron.slice"},
	{"uwsm app", `app-graphical-plain-1.scope`, []string{"--scope", "--slice=app-graphical.slice"}, "app.slice/app-electron.slice"},
	{"uwsm app, service", `app-graphical-plain@1.service`, []string{"--slice=app-graphical.slice"}, "app.slice/app-electron.slice"},
	{"uwsm app -s b", `app-background-plain-1.scope`, []string{"--scope", "--slice=background-graphical.slice"}, "background.slice/background-electron.slice"},
	{"uwsm app -s b, service", `app-background-plain@1.service`, []string{"--slice=background.slice"}, "background.slice/background-electron.slice"},
	{"uwsm app -s s", `app-session-plain-1.scope`, []string{"--scope", "--slice=session-graphical.slice"}, "app.slice/app-electron.slice"},
}

func TestLaunchers(t *testing.T) {
	for _, l := range launchers {
		t.Run(l.name, func(t *testing.T) {
			s := plainStage(t)
			env := []string{"XDG_ACTIVATION_TOKEN=kwin-17", "DESKTOP_STARTUP_ID=plain_TIME42", "GIO_LAUNCHED_DESKTOP_FILE=/x/plain.desktop"}
			options := append([]string{"--user", "--quiet", "--collect", "--unit=" + l.unit}, l.options...)
			for _, entry := range slices.Concat(s.env, env) {
				options = append(options, "--setenv="+entry)
			}
			p := s.start("/usr/bin/systemd-run", append(options, s.links+"/plain", "x")...)
			r := s.anyReport(s.bin + "/plain-app")
			t.Cleanup(func() { exec.Command("kill", "-KILL", fmt.Sprint(r.PID)).Run() })
			if want := fmt.Sprintf("/%s/app-plain-%d.scope", l.slice, r.PID); !strings.HasSuffix(r.Group, want) {
				t.Errorf("it runs in %q, not in %q; stderr: %s", r.Group, want, p.stderr())
			}
			var kept []string
			for _, entry := range r.Env {
				if slices.Contains(env, string(entry)) {
					kept = append(kept, string(entry))
				}
			}
			slices.Sort(kept)
			slices.Sort(env)
			if diff := cmp.Diff(env, kept); diff != "" {
				t.Errorf("environment: %s", diff)
			}
			ours := show(t, unitOf(r.Group), "PartOf")
			if !has(ours["PartOf"], "graphical-session.target") {
				t.Errorf("PartOf=%s", ours["PartOf"])
			}
		})
	}
}

// anyReport waits for a stand-in whose PID is not known.
func (s *stage) anyReport(exe string) report {
	s.t.Helper()
	pid := 0
	if !until(soon, func() bool {
		files, _ := os.ReadDir(s.bin)
		for _, f := range files {
			if n, ok := strings.CutPrefix(s.bin+"/"+f.Name(), exe+".report."); ok && !strings.HasSuffix(n, ".new") {
				fmt.Sscan(n, &pid)
			}
		}
		return pid > 0
	}) {
		s.t.Fatalf("no %s comes to run", exe)
	}
	return reportOf(s.t, exe, pid)
}

// TestOutsideScope: somebody put the process in a scope that is named as ours would
// be, with its PID. That is not a launch of ours come back: scripts are run too.
func TestOutsideScope(t *testing.T) {
	s := plainStage(t)
	s.must(os.Rename(s.bin+"/plain-app", s.bin+"/behind"))
	s.must(os.Rename(s.bin+"/plain-app.then", s.bin+"/behind.then"))
	s.script("plain-app", "#!/usr/bin/perl\nexec('behind');\n")
	p := s.start("/bin/sh", "-c", `busctl --user call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager \
		StartTransientUnit 'ssa(sv)a(sa(sv))' "app-plain-$$.scope" fail 1 PIDs au 1 $$ 0 >/dev/null
		until grep -q app-plain /proc/self/cgroup; do :; done; exec "$0"`, s.links+"/plain")
	r := p.report(s.bin + "/behind")
	if !in(r.Group, "app-electron.slice") || p.stderr() != "" {
		t.Errorf("it runs in %q; stderr: %s", r.Group, p.stderr())
	}
}
