//go:build rig

package desktop

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"electroscope/launcher/unitname"
)

// TestKIO5: the real KIO of Plasma 5 asks systemd for a scope of its own after it has
// started an app, and whoever asks last has the process. Each launch ends in ours, or in
// KIO's with our limits; every second one is the first of its session, for which the
// manager knows no drop-in yet. It is a race, so it is run often; ELECTROSCOPE_LAUNCHES
// says how often.
func TestKIO5(t *testing.T) {
	if _, err := exec.LookPath("kioclient5"); err != nil {
		t.Fatalf("%v (remedy: tests/rig/install.sh desktop)", err)
	}
	launches := 20
	if text := os.Getenv("ELECTROSCOPE_LAUNCHES"); text != "" {
		if _, err := fmt.Sscan(text, &launches); err != nil {
			t.Fatal(err)
		}
	}
	h := newHome(t, t.TempDir(), "[apps.who-am]\nmemory = \"1G\"\n")
	program := h.write("bin/who-am", "#!/bin/sh\nsleep 0.5\ncat /proc/self/cgroup >\"$OUT/$$.new\" && mv \"$OUT/$$.new\" \"$OUT/$$.group\"\nsleep 3\n")
	h.must(os.Chmod(program, 0o755))
	out := t.TempDir()
	h.must(os.MkdirAll(h.dir+"/.local/bin", 0o755))
	h.must(os.Symlink(os.Getenv("ELECTROSCOPE_BIN"), h.dir+"/.local/bin/who-am"))
	entry := h.write(".local/share/applications/who-am.desktop", "[Desktop Entry]\nType=Application\nName=Who\nExec="+h.dir+"/.local/bin/who-am\n")
	h.env = append(h.env, "OUT="+out, "PATH="+h.dir+"/.local/bin:"+h.dir+"/bin:/usr/bin:/bin", "QT_QPA_PLATFORM=offscreen",
		"KDE_APPLICATIONS_AS_SCOPE=1", "XDG_CURRENT_DESKTOP=KDE", "KDE_SESSION_VERSION=5", "KDE_FULL_SESSION=true")
	ours, again, theirs := 0, 0, 0
	for n := range launches {
		if n%2 == 0 {
			h.must(os.RemoveAll(os.Getenv("XDG_RUNTIME_DIR") + "/systemd/user/" + unitname.ScopePrefix("who-am") + ".scope.d"))
			h.run("systemctl", "--user", "daemon-reload")
		}
		c := h.command("kioclient5", "exec", entry)
		h.must(c.Start())
		var reports []string
		if !until(30*time.Second, func() bool {
			reports, _ = filepath.Glob(out + "/*.group")
			return len(reports) == 1
		}) {
			t.Fatalf("launch %d: %d programs have reported", n+1, len(reports))
		}
		text, err := os.ReadFile(reports[0])
		h.must(err)
		h.must(os.Remove(reports[0]))
		pid := strings.TrimSuffix(filepath.Base(reports[0]), ".group")
		_, unit, inSlice := strings.Cut(strings.TrimSpace(string(text[strings.LastIndex(string(text), "\n0::"):])), "/app.slice/app-electron.slice/")
		switch {
		case inSlice && unit == unitname.ScopePrefix("who-am")+pid+".scope":
			ours++
		case inSlice && unit == unitname.ScopePrefix("who-am")+pid+"x.scope":
			again++
		case inSlice && show(t, unit, "MemoryMax")["MemoryMax"] == fmt.Sprint(gib):
			theirs++
		default:
			t.Errorf("launch %d: %s is in %s", n+1, pid, text)
		}
		c.Process.Kill()
		c.Wait()
	}
	t.Logf("%d launches: %d in our scope, %d in our second, %d in KIO's with our limits", launches, ours, again, theirs)
}
