package launcher

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/plan"
	"electroscope/launcher/program"
	"electroscope/launcher/wrapper"
)

func TestReadPast(t *testing.T) {
	const group = "/app.slice/app-electron.slice/"
	for _, test := range []struct {
		unit, mark         string
		back, inside, same bool
	}{
		{"app-discord-42.scope", "", true, true, true},
		{"app-discord-42x.scope", "", true, true, true},
		{"app-discord-421.scope", "", false, true, true},
		{"app-discord-7.scope", "", false, true, true},
		{"app-codium-42.scope", "", false, true, false},
		{"x.scope", "42 1:2", true, true, false},
		{"x.scope", "7 1:2 42 1:3", true, true, false},
		{"x.scope", "7 1:2", false, true, false},
		{"x.scope", "42", false, true, false}, // as an earlier electroscope wrote it
	} {
		w := Process{PID: 42, Env: []string{loopVariable + "=" + test.mark}}
		got := readPast(w, plan.Caller{Group: cgroup.Group(group + test.unit)}, catalog.App{Key: "discord", ID: "discord"})
		if got.back != test.back || got.inside != test.inside || got.same != test.same {
			t.Errorf("%s %q: %+v", test.unit, test.mark, got)
		}
	}
	if p := readPast(Process{PID: 42}, plan.Caller{Group: "/app.slice/app-discord-42.scope"}, catalog.App{Key: "discord", ID: "discord"}); !p.clean() {
		t.Errorf("a scope of that name elsewhere: %+v", p)
	}
}

func TestMark(t *testing.T) {
	for mark, want := range map[string][]run{
		"":                  nil,
		"42":                nil,
		"1:2 3:4":           nil,
		"42 a:1 a:2 7 a:1":  {{42, "a:1"}, {42, "a:2"}, {7, "a:1"}},
		"x 42 a:1 \n 42 b:": {{42, "a:1"}, {42, "b:"}},
	} {
		got := readMark(mark)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(run{})); diff != "" {
			t.Errorf("%q: %s", mark, diff)
		}
		if diff := cmp.Diff(got, readMark(writeMark(got)), cmp.AllowUnexported(run{})); diff != "" {
			t.Errorf("%q, written again: %s", mark, diff)
		}
	}
	many := readMark("42" + strings.Repeat(" a:1", 1000))
	if len(many) != maxPast || len(readMark(writeMark(append(many, run{43, "b:1"})))) != maxPast {
		t.Errorf("%d runs are kept, at most %d may be", len(many), maxPast)
	}
}

// The environment is the app's own unless the app may come back here.
func TestMarked(t *testing.T) {
	script := filepath.Join(t.TempDir(), "app")
	if err := os.WriteFile(script, []byte("#!/usr/bin/python3\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	id, _ := fileID(script)
	unseen := program.Target{Path: script}
	seen := program.Target{Path: script, Chain: wrapper.Chain{Program: script, Execs: true}} // an ELF file, for all that is tried
	parent := strconv.Itoa(os.Getppid())
	for name, test := range map[string]struct {
		past     past
		target   program.Target
		unscoped bool
		want     string
	}{
		"a program in its scope":              {past{}, seen, false, ""},
		"a program without a scope":           {past{}, seen, true, "42 " + id},
		"what cannot be seen through":         {past{}, unseen, false, "42 " + id},
		"a program that came back":            {past{back: true, same: true, inside: true}, seen, false, "42 " + id},
		"inside another app":                  {past{inside: true}, seen, false, "42 " + id},
		"inside the same app":                 {past{inside: true, same: true}, seen, false, parent + " " + id + " 42 " + id},
		"inside the same app, marked already": {past{ran: []run{{7, "a:1"}}, inside: true, same: true}, seen, false, "7 a:1 42 " + id},
	} {
		w := Process{PID: 42, Env: []string{"A=1", loopVariable + "=9 z:9", "B=2"}}
		want := []string{"A=1", "B=2"}
		if test.want != "" {
			want = append(want, loopVariable+"="+test.want)
		}
		if diff := cmp.Diff(want, test.past.mark(w, test.target, test.unscoped)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestGuard(t *testing.T) {
	script := filepath.Join(t.TempDir(), "app")
	if err := os.WriteFile(script, []byte("#!/usr/bin/python3\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	id, _ := fileID(script)
	for name, test := range map[string]struct {
		past    past
		refused bool
	}{
		"run in this process":                       {past{ran: []run{{42, id}}, back: true}, true},
		"another file was":                          {past{ran: []run{{42, "a:1"}}, back: true}, false},
		"run once in another":                       {past{ran: []run{{7, id}}}, false},
		"run twice in others":                       {past{ran: []run{{7, id}, {8, id}}}, true},
		"came back, by the scope's name, right now": {past{back: true, inside: true, same: true}, false},
		"inside, but nothing above us runs it":      {past{inside: true}, false},
	} {
		w := Process{PID: 42, Proc: "/proc", Stderr: io.Discard}
		if got := test.past.guard(w)(program.Target{Path: script}); (got != "") != test.refused {
			t.Errorf("%s: %q", name, got)
		}
	}
	if (past{}).guard(Process{}) != nil {
		t.Error("a launch with nothing before it looks at every file")
	}
}

// Who only has the path among its arguments does not run it.
func TestRuns(t *testing.T) {
	w := Process{Proc: t.TempDir(), Env: []string{"PATH=/usr/bin:/bin"}}
	script := filepath.Join(w.Proc, "script")
	if err := os.WriteFile(script, []byte("#!/usr/bin/env -S sh -e\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for i, test := range []struct {
		exe  string
		args []string
		want bool
	}{
		{"/bin/sh", []string{"sh", script}, true},
		{"/bin/sh", []string{"sh", "-e", script, "x"}, true},
		{"/bin/sh", []string{"sh", "other", script}, false},
		{"/bin/sh", []string{"sh"}, false},
		{"/bin/cat", []string{"timeout", "10", "electroscope", "run", script}, false},
		{"/bin/cat", []string{"flock", script}, false},
		{script, []string{"anything"}, true},
	} {
		dir := filepath.Join(w.Proc, strconv.Itoa(i+100))
		for _, err := range []error{
			os.Mkdir(dir, 0o755), os.Symlink(test.exe, dir+"/exe"), os.WriteFile(dir+"/cmdline", []byte(strings.Join(test.args, "\x00")+"\x00"), 0o644),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if got := runs(w, i+100, script); got != test.want {
			t.Errorf("%s %q: runs = %v", test.exe, test.args, got)
		}
	}
	if runs(w, 99, script) {
		t.Error("a process that is gone runs it")
	}
}
