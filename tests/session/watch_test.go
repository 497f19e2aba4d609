//go:build rig

package session

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// These watch real managers. What the kernel does to an app that is at its limits is tried in
// tests/uml: there are no such controllers here.

// watching runs the watcher until the test ends.
func (s *stage) watching() *started {
	s.t.Helper()
	w := s.start(electroscope(), "watch")
	if !until(late, func() bool { return strings.Contains(strings.Join(openFiles(w.pid()), "\n"), "anon_inode:inotify") }) {
		s.t.Fatalf("watch does not watch: %s", w.stderr())
	}
	return w
}

// openFiles are what the descriptors of a process are open on.
func openFiles(pid int) []string {
	dir := "/proc/" + strconv.Itoa(pid) + "/fd/"
	fds, _ := os.ReadDir(dir)
	var list []string
	for _, fd := range fds {
		if to, err := os.Readlink(dir + fd.Name()); err == nil {
			list = append(list, to)
		}
	}
	return list
}

// escape moves a process into a scope of its own, as Chromium asks for one.
func escape(t *testing.T, pid int) {
	t.Helper()
	name := fmt.Sprintf("app-escape-%d.scope", pid)
	tool(t, "busctl", "--user", "call", "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager",
		"StartTransientUnit", "ssa(sv)a(sa(sv))", name, "replace", "1", "PIDs", "au", "1", strconv.Itoa(pid), "0")
	if !until(late, func() bool { return unitOf(groupOf(pid)) == name }) {
		t.Fatalf("%d is in %q", pid, groupOf(pid))
	}
}

// TestWatchEscape: a main process that leaves its scope is told of, also after the manager has
// executed itself anew.
func TestWatchEscape(t *testing.T) {
	s := plainStage(t)
	w := s.watching()
	for i := range 2 {
		if i == 1 {
			systemctl(t, "daemon-reexec")
		}
		p := s.start("plain")
		p.report(s.bin + "/plain-app")
		unit := unitOf(groupOf(p.pid()))
		holder := s.holding(p.pid())
		escape(t, p.pid())
		want := fmt.Sprintf("the main process of plain has left its limits: it is in app-escape-%d.scope", p.pid())
		if !until(late, func() bool { return strings.Contains(w.stderr(), want) }) {
			t.Fatalf("%s: watch says: %s", unit, w.stderr())
		}
		if !until(late, func() bool { return unitOf(groupOf(p.pid())) == unit }) {
			t.Errorf("it is in %q, not brought back to %q; watch says: %s", groupOf(p.pid()), unit, w.stderr())
		}
		holder.kill()
		p.kill()
	}
}

// holding starts a process in the scope of another, so that it stays when that one leaves.
func (s *stage) holding(pid int) *started {
	s.t.Helper()
	p := s.start("/bin/sleep", "300")
	file := "/sys/fs/cgroup" + groupOf(pid) + "/cgroup.procs"
	if err := os.WriteFile(file, []byte(strconv.Itoa(p.pid())), 0o644); err != nil {
		s.t.Fatal(err)
	}
	return p
}

// TestWatchDoesNotGrow: of launches that come and go nothing is kept. It goes on for as long as
// ELECTROSCOPE_WATCH says, such as "1h".
func TestWatchDoesNotGrow(t *testing.T) {
	s := plainStage(t)
	w := s.watching()
	launch := func(n int) {
		for range n {
			p := s.start("plain")
			p.report(s.bin + "/plain-app")
			p.kill()
		}
	}
	launch(10)
	files, memory := len(openFiles(w.pid())), resident(t, w.pid())
	launches := 40
	launch(launches)
	if text := os.Getenv("ELECTROSCOPE_WATCH"); text != "" {
		length, err := time.ParseDuration(text)
		s.must(err)
		for end := time.Now().Add(length); time.Now().Before(end); launches += 10 {
			launch(10)
			time.Sleep(5 * time.Second) // use, not a race
		}
	}
	filesNow, memoryNow := len(openFiles(w.pid())), resident(t, w.pid())
	t.Logf("after %d launches: %d files (%d before), %d KiB (%d before)", launches, filesNow, files, memoryNow, memory)
	if filesNow > files {
		t.Errorf("%d files are open, %d were", filesNow, files)
	}
	const collected = 4096 // KiB that a collector of garbage may let lie
	if memoryNow > memory+collected {
		t.Errorf("it has %d KiB, and had %d", memoryNow, memory)
	}
	if said := w.stderr(); said != "" {
		t.Errorf("it says: %s", said)
	}
}

// resident is the memory of a process in KiB.
func resident(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, _ := strconv.Atoi(strings.Fields(rest)[0])
			return n
		}
	}
	t.Fatal("no VmRSS")
	return 0
}

// TestWatchService: install --watch has the manager run it, also after it was killed and after the
// manager has executed itself anew; uninstall ends it and leaves nothing.
func TestWatchService(t *testing.T) {
	s := plainStage(t)
	home, err := os.UserHomeDir() // the manager's own, where it looks for units
	s.must(err)
	config := home + "/.config"
	s.env = append(s.env, "HOME="+home, "XDG_CONFIG_HOME="+config, "XDG_STATE_HOME="+s.dir+"/state", "XDG_DATA_HOME="+s.dir+"/data", "XDG_BIN_HOME="+s.links)
	s.write(config+"/electroscope/apps.toml", plain)
	t.Cleanup(func() { s.must(os.RemoveAll(config + "/electroscope")) })
	const unit = "electroscope-watch.service"
	run := func(words ...string) {
		t.Helper()
		if p := s.start(electroscope(), words...); p.status() != 0 {
			t.Fatalf("%q: status %d; %s", words, p.status(), p.stderr())
		}
	}
	t.Cleanup(func() { s.start(electroscope(), "uninstall").status() })
	run("install", "--watch", "plain")
	watches := func(not string) string {
		t.Helper()
		var pid string
		if !until(late, func() bool {
			pid = show(t, unit, "MainPID")["MainPID"]
			n, _ := strconv.Atoi(pid)
			return n > 0 && pid != not && strings.Contains(strings.Join(openFiles(n), "\n"), "anon_inode:inotify")
		}) {
			t.Fatalf("it does not run: %v", show(t, unit, "ActiveState", "Result", "MainPID", "ExecMainStatus"))
		}
		return pid
	}
	first := watches("")
	if wants := show(t, "default.target", "Wants")["Wants"]; !has(wants, unit) {
		t.Errorf("default.target wants %q", wants)
	}
	tool(t, "kill", "-KILL", first)
	second := watches(first)
	systemctl(t, "daemon-reexec")
	if third := watches(""); third != second {
		t.Errorf("the re-execution made %s of %s", third, second)
	}
	run("uninstall")
	if !until(late, func() bool { return show(t, unit, "ActiveState")["ActiveState"] == "inactive" }) {
		t.Errorf("it runs after uninstall: %v", show(t, unit, "ActiveState", "MainPID"))
	}
	for _, name := range []string{unit, "default.target.d"} {
		if _, err := os.Lstat(config + "/systemd/user/" + name); err == nil {
			t.Errorf("%s is left", name)
		}
	}
}
