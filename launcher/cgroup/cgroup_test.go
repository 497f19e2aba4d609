package cgroup

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestOwn(t *testing.T) {
	const unified = "/user.slice/user-1000.slice/user@1000.service/app.slice/app-electron.slice/app-discord-7.scope"
	for _, test := range []struct {
		name, file string
		want       Group
		err        error
	}{
		{"unified", "0::" + unified + "\n", unified, nil},
		{"hybrid", "12:memory:/\n1:name=systemd:/x\n0::" + unified + "\n", unified, nil},
		{"legacy", "12:memory:/\n1:name=systemd:/x\n", "", ErrLegacy},
		{"empty", "", "", ErrLegacy},
	} {
		proc := t.TempDir()
		if err := os.MkdirAll(filepath.Join(proc, "self"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(proc, "self/cgroup"), []byte(test.file), 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := Own(proc)
		if got != test.want || !errors.Is(err, test.err) {
			t.Errorf("%s: Own = %q, %v; want %q, %v", test.name, got, err, test.want, test.err)
		}
	}
	if _, err := Own(t.TempDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Own without a file: %v", err)
	}
}

func TestGroup(t *testing.T) {
	const g = Group("/user.slice/user@1000.service/app.slice/app-electron.slice/app-a.scope/inner")
	if got := g.Unit(); got != "app-a.scope" {
		t.Errorf("Unit = %q", got)
	}
	if got, want := g.Slices(), []string{"user.slice", "app.slice", "app-electron.slice"}; !slices.Equal(got, want) {
		t.Errorf("Slices = %q, want %q", got, want)
	}
	for unit, want := range map[string]bool{"app-a.scope": true, "app-electron.slice": true, "inner": true, "app": false, "": false, "app-a": false} {
		if got := g.In(unit); got != want {
			t.Errorf("In(%q) = %v", unit, got)
		}
	}
}

func TestControllers(t *testing.T) {
	sys := t.TempDir()
	if err := os.MkdirAll(filepath.Join(sys, "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(sys, "a/cgroup.controllers"), []byte("cpu memory pids\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := Group("/a").Controllers(sys)
	if err != nil || !slices.Equal(got, []string{"cpu", "memory", "pids"}) {
		t.Errorf("Controllers = %q, %v", got, err)
	}
	if _, err := Group("/b").Controllers(sys); err == nil {
		t.Error("Controllers of a group that is not there: no error")
	}
}

// TestOutside: in a cgroup namespace (unshare -C, a container) a group above its root
// is shown as "/../…", and others may be named from another root than that of the
// mount. That a file is not there says nothing then.
func TestOutside(t *testing.T) {
	sys := t.TempDir() + "/fs/cgroup"
	for _, dir := range []string{sys + "/..a", sys + "/a/..b", sys + "/../app-a.scope"} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for g, outside := range map[Group]bool{
		"/..": true, "/../app-a.scope": true, "/../../init.scope": true, "/app-b.scope": true, "/": false, "/..a": false, "/a/..b": false,
	} {
		got, err := g.Controllers(sys)
		if len(got) > 0 || errors.Is(err, ErrOutside) != outside || errors.Is(err, os.ErrNotExist) == outside {
			t.Errorf("%q: %q, %v", g, got, err)
		}
	}
}
