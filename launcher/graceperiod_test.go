package launcher

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"electroscope/launcher/cgroup"
)

func TestManagerOf(t *testing.T) {
	const slice = "/user.slice/user-1000.slice"
	for _, test := range []struct{ own, want cgroup.Group }{
		{slice + "/user@1000.service/app.slice/app-gnome-foot-1.scope", slice + "/user@1000.service"},
		{slice + "/user@1000.service", slice + "/user@1000.service"},
		{slice + "/session-1.scope", slice + "/user@1000.service"},
		{"/lxc/one" + slice + "/session-c2.scope", "/lxc/one" + slice + "/user@1000.service"},
		{slice, slice + "/user@1000.service"},
		{"/system.slice/cron.service", ""},
		{"/user.slice/user-1001.slice/session-2.scope", ""},
		{"/user.slice/user-1001.slice/user@1001.service/app.slice/x.scope", ""},
		{"/", ""},
		{"", ""},
	} {
		if got := managerOf(test.own, 1000); got != test.want {
			t.Errorf("from %q: %q, want %q", test.own, got, test.want)
		}
	}
}

// TestBeginGracePeriod: what is written names a thread, not the whole process. That the kernel
// refuses it is for tests/session.
func TestBeginGracePeriod(t *testing.T) {
	w := Process{Cgroup: t.TempDir(), UID: 1000}
	slice := cgroup.Group("/user.slice/user-1000.slice")
	file := filepath.Join(w.Cgroup, string(slice), "user@1000.service/cgroup.threads")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	w.beginGracePeriod(slice + "/session-1.scope")
	var text []byte
	for end := time.Now().Add(10 * time.Second); len(text) == 0 && time.Now().Before(end); time.Sleep(time.Millisecond) {
		text, _ = os.ReadFile(file)
	}
	if _, err := strconv.Atoi(string(text)); err != nil {
		t.Fatalf("cgroup.threads: %q", text)
	}
	if _, err := os.Stat("/proc/self/task/" + string(text)); err != nil {
		t.Errorf("cgroup.threads: %q is not a thread of this process", text)
	}
}
