//go:build rig

package faults

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What systemctl has the manager do: read its units anew, and execute itself anew.
const (
	reload = "daemon-reload"
	reexec = "daemon-reexec"
)

// whatIHave is whereAmI, and then the shell's descriptors by its own glob(7), which opens one more.
const whatIHave = whereAmI + `; echo files /proc/$$/fd/*`

// filesIn are the numbers of those descriptors.
func filesIn(text string) string {
	for line := range strings.SplitSeq(text, "\n") {
		if list, ok := strings.CutPrefix(line, "files "); ok {
			var numbers []string
			for path := range strings.FieldsSeq(list) {
				numbers = append(numbers, filepath.Base(path))
			}
			return strings.Join(numbers, " ")
		}
	}
	return ""
}

// runAsking launches an app that tells of its descriptors, too. It is given 4 and 10.
func (s *stage) runAsking(program string) (launch, error) {
	given, err := os.Open("/dev/null")
	if err != nil {
		return launch{}, err
	}
	defer given.Close()
	return s.runAs(s.env, func(c *exec.Cmd) {
		c.Path, c.Args = program, []string{filepath.Base(program), "-c", whatIHave}
		c.ExtraFiles = []*os.File{1: given, 7: given}
	})
}

// crowd launches that many, 100 at a time, and has the manager do something in the middle.
func (s *stage) crowd(a *area, launches int, verb string) {
	bare, err := s.runAsking(s.app())
	s.must(err)
	if bare.files == "" {
		s.t.Fatalf("the shell does not tell of its descriptors: %+v", bare)
	}
	each(launches, 100, func(i int) {
		if i == launches/2 && verb != "" {
			if _, err := userctl(verb); err != nil {
				s.t.Error(err)
			}
		}
		l, err := s.runAsking(s.link())
		if err == nil && l.group != "" && l.files != bare.files {
			err = fmt.Errorf("PID %d: the app has the descriptors %s, without us %s; %+v", l.pid, l.files, bare.files, l)
		}
		a.launch(fmt.Sprintf("launch %d", i), l, err)
	})
	leaveNothing(s.t, verb == reexec)
}

// userctl is what systemctl says of the user's manager.
func userctl(words ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), soon)
	defer cancel()
	out, err := exec.CommandContext(ctx, "systemctl", append([]string{"--user"}, words...)...).CombinedOutput()
	text := strings.TrimSpace(string(out))
	if err != nil {
		return "", fmt.Errorf("systemctl --user %s: %w: %s", strings.Join(words, " "), err, text)
	}
	return text, nil
}

// leaveNothing: when the apps have ended, no unit of theirs, no job and no control group is left, and
// none of ours has failed. A manager that executed itself anew meanwhile may not hear that a scope is
// empty, and keeps it: those that are there after a while are counted and ended.
func leaveNothing(t *testing.T, reexecuted bool) {
	t.Helper()
	began, forgotten := time.Now(), 0
	for _, list := range []struct {
		what string
		of   func() (string, error)
	}{
		{"units", func() (string, error) {
			left, err := userctl("list-units", "--all", "--plain", "--no-legend", "app-plain-*")
			if left != "" && reexecuted && time.Since(began) > soon/6 {
				forgotten += endEmpty()
			}
			return left, err
		}},
		{"failed units", func() (string, error) {
			return userctl("list-units", "--failed", "--plain", "--no-legend", "app*", "electroscope*")
		}},
		{"jobs", func() (string, error) { return userctl("list-jobs", "--plain", "--no-legend") }},
		{"control groups", func() (string, error) { return strings.Join(groups(), " "), nil }},
	} {
		var left string
		var err error
		if !until(late, func() bool { // a manager that still executes itself anew is asked again
			left, err = list.of()
			return err == nil && (left == "" || left == "No jobs running.")
		}) {
			t.Errorf("%s are left: %.1000s, %v", list.what, left, err)
		}
	}
	if forgotten > 0 {
		t.Logf("the manager did not hear that %d scopes are empty", forgotten)
	}
}

// groups are the control groups of the app's scopes.
func groups() []string {
	found, _ := filepath.Glob("/sys/fs/cgroup/user.slice/user-*.slice/user@*.service/app.slice/app-electron.slice/app-plain-*") // no bad pattern
	return found
}

// endEmpty ends the scopes of which the kernel says that no process is in them (cgroups(7)).
func endEmpty() (ended int) {
	for _, group := range groups() {
		events, _ := os.ReadFile(group + "/cgroup.events") // of a group that has gone there are none
		if strings.Contains(string(events), "populated 0") {
			if _, err := userctl("stop", filepath.Base(group)); err == nil {
				ended++
			}
		}
	}
	return ended
}

// TestCrowd launches many at once, over each kind of message bus, and has the manager read its units
// anew and execute itself anew meanwhile.
func TestCrowd(t *testing.T) {
	bus := "dbus-daemon"
	if os.Getenv("ELECTROSCOPE_RIG_BROKER") != "" {
		bus = "dbus-broker"
	}
	t.Run("undisturbed", func(t *testing.T) {
		s := newStage(t, "/bin/sh", catalogue)
		s.crowd(newArea(t, fmt.Sprintf("%d launches, 100 at a time, over %s", sized(100, 1000), bus)), sized(100, 1000), "")
	})
	for _, verb := range []string{reload, reexec} {
		t.Run(verb, func(t *testing.T) {
			s := newStage(t, "/bin/sh", catalogue)
			s.crowd(newArea(t, fmt.Sprintf("%s in the middle of 200 launches, over %s", verb, bus)), 200, verb)
		})
	}
}
