package launcher

import (
	"os"
	"strconv"
	"testing"
	"time"
)

func TestRuntimeDirs(t *testing.T) {
	own := t.TempDir()
	w := Process{UID: os.Geteuid(), Env: []string{"XDG_RUNTIME_DIR=" + own + "/"}}
	if dirs, err := w.runtimeDirs(); err != nil || len(dirs) != 2 || dirs[0] != own {
		t.Errorf("one's own: %q, %v", dirs, err)
	}
	if err := os.Chmod(own, 0o702); err != nil {
		t.Fatal(err)
	}
	if dirs, err := w.runtimeDirs(); err == nil || len(dirs) != 1 || dirs[0] == own {
		t.Errorf("one's own, where everybody may write: %q, %v", dirs, err)
	}
	if err := os.Chmod(own, 0o770); err != nil { // a group that has only this user, as useradd(8) makes it
		t.Fatal(err)
	}
	if dirs, err := w.runtimeDirs(); err != nil || len(dirs) != 2 {
		t.Errorf("one's own, where the group may write: %q, %v", dirs, err)
	}
	w.UID++ // as su and sudo -E leave it
	if dirs, err := w.runtimeDirs(); err == nil || len(dirs) != 1 || dirs[0] != "/run/user/"+strconv.Itoa(w.UID) {
		t.Errorf("another's: %q, %v", dirs, err)
	}
	for _, unset := range []string{"", "relative", "/run/user/" + strconv.Itoa(w.UID)} {
		w.Env = []string{"XDG_RUNTIME_DIR=" + unset}
		if dirs, err := w.runtimeDirs(); err != nil || len(dirs) != 1 {
			t.Errorf("%q: %q, %v", unset, dirs, err)
		}
	}
}

func TestPatience(t *testing.T) {
	for env, want := range map[string]time.Duration{
		"": managerTimeout, "SYSTEMD_EXEC_PID=42": unitTimeout, "SYSTEMD_EXEC_PID=41": managerTimeout, "SYSTEMD_EXEC_PID=": managerTimeout,
	} {
		if got := (Process{PID: 42, Env: []string{env}}).patience(); got != want {
			t.Errorf("%q: %v, want %v", env, got, want)
		}
	}
}
