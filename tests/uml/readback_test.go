//go:build rig

package uml

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// limited has limits of its own and plain, which refuses to run without them.
const limited = `
[budget]
memory = "infinity"
cpus   = "infinity"

[apps.plain]
exec = ["stand-in"]
memory-high-without-swap = "keep"
on-failure = "refuse"
[apps.plain.limits]
MemoryHigh = "96M"
MemoryMax  = "128M"
CPUQuota   = "50%"
TasksMax   = 100
`

// dropIn gives the user's manager a file with settings of units, for one test.
func dropIn(t *testing.T, name, text string) {
	t.Helper()
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	file := home + "/.config/systemd/user/" + name
	reload := func() {
		if out, err := try(nil, "systemctl", "--user", "daemon-reload"); err != nil {
			t.Errorf("daemon-reload: %v\n%s", err, out)
		}
	}
	t.Cleanup(func() {
		os.RemoveAll(filepath.Dir(file))
		reload()
	})
	if err := writeFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	reload()
}

// holding is what the kernel holds for the app's limits.
var holding = []struct{ file, value string }{
	{"memory.high", "100663296"}, {"memory.max", "134217728"}, {"cpu.max", "50000 100000"}, {"pids.max", "100"},
}

// TestGeneralDropIn: what a file says of all scopes, or of all apps, gives way to
// what apps.toml says of this app.
func TestGeneralDropIn(t *testing.T) {
	for _, folder := range []string{"scope.d", "app-.scope.d"} {
		for _, setting := range []string{"MemoryHigh=32M", "MemoryMax=1G", "CPUQuota=40%", "TasksMax=40"} {
			t.Run(folder+"/"+setting, func(t *testing.T) {
				dropIn(t, folder+"/50-general.conf", "[Scope]\n"+setting+"\n")
				s := newStage(t, limited)
				p := s.start("plain")
				scope := p.scope("plain")
				for _, want := range holding {
					if got := scope.read(t, want.file); got != want.value {
						t.Errorf("%s is %s, not %s; stderr: %s", want.file, got, want.value, p.said())
					}
				}
			})
		}
	}
}

// TestGeneralDropInKept: it holds where apps.toml says nothing of that limit.
func TestGeneralDropInKept(t *testing.T) {
	dropIn(t, "app-.scope.d/50-general.conf", "[Scope]\nMemorySwapMax=48M\n")
	s := newStage(t, limited)
	p := s.start("plain")
	scope := p.scope("plain")
	if got := scope.read(t, "memory.swap.max"); got != "50331648" {
		t.Errorf("memory.swap.max is %s; stderr: %s", got, p.said())
	}
}

// TestOwnDropIn: what a file says of this very app wins, and is told with the file.
func TestOwnDropIn(t *testing.T) {
	for setting, want := range map[string]struct{ file, value string }{
		"MemoryMax=1G":  {"memory.max", "1073741824"},
		"CPUQuota=10%":  {"cpu.max", "10000 100000"},
		"TasksMax=40":   {"pids.max", "40"},
		"MemoryHigh=1G": {"memory.high", "1073741824"},
	} {
		t.Run(setting, func(t *testing.T) {
			dropIn(t, "app-plain-.scope.d/50-own.conf", "[Scope]\n"+setting+"\n")
			s := newStage(t, strings.ReplaceAll(limited, `"refuse"`, `"run"`))
			p := s.start("plain")
			if got := p.scope("plain").read(t, want.file); got != want.value {
				t.Errorf("%s is %s, not %s", want.file, got, want.value)
			}
			name, _, _ := strings.Cut(setting, "=")
			if said := p.said(); !strings.Contains(said, "app-plain-.scope.d/50-own.conf") || !strings.Contains(said, name) || strings.Count(said, "\n") != 1 {
				t.Errorf("it says %q", said)
			}
		})
	}
}

// startUnder begins a launch below systemd-run, whose scope has limits of the caller's.
func (s *stage) startUnder(args ...string) *started {
	s.t.Helper()
	return s.start("/usr/bin/systemd-run", append([]string{"--user", "--scope", "--quiet", "--collect"}, append(args, s.dir+"/links/plain")...)...)
}

// least is the smallest number of a file in a group and those above it that the
// user's manager has.
func least(t *testing.T, g group, file string) uint64 {
	t.Helper()
	n := infinity
	for ; !strings.HasPrefix(g.name(), "user@") && g != "/"; g = g.parent() {
		n = min(n, g.number(t, file))
	}
	return n
}

// runs waits until the app runs, in whatever group.
func (p *started) runs() group {
	p.t.Helper()
	var g group
	if !until(func() bool {
		line, _ := os.ReadFile("/proc/" + strconv.Itoa(p.pid()) + "/comm")
		g = groupOf(p.pid())
		return strings.TrimSpace(string(line)) == "sleep" || !p.lives()
	}) || !p.lives() {
		p.t.Fatalf("the app does not run; stderr: %s", p.said())
	}
	return g
}

// TestCallersScope: limits under which the caller started the app, and which are
// tighter than ours, go on to hold, or are told to be lost.
func TestCallersScope(t *testing.T) {
	for setting, want := range map[string]struct {
		file string
		most uint64
	}{
		"MemoryMax=64M":  {"memory.max", 64 << 20},
		"MemoryHigh=48M": {"memory.high", 48 << 20},
		"TasksMax=50":    {"pids.max", 50},
	} {
		t.Run(setting, func(t *testing.T) {
			s := newStage(t, strings.ReplaceAll(limited, `"refuse"`, `"run"`))
			p := s.startUnder("-p", setting)
			n := least(t, p.runs(), want.file)
			name, _, _ := strings.Cut(setting, "=")
			if n > want.most && !strings.Contains(p.said(), name) {
				t.Errorf("%s is %d, more than the caller's %d; stderr: %s", want.file, n, want.most, p.said())
			}
		})
	}
	t.Run("looser", func(t *testing.T) {
		s := newStage(t, limited)
		p := s.startUnder("-p", "MemoryMax=1G", "-p", "TasksMax=900")
		g := p.runs()
		if n := least(t, g, "memory.max"); n != 128<<20 || p.said() != "" {
			t.Errorf("memory.max is %d in %s; stderr: %s", n, g, p.said())
		}
	})
}

// TestCallersSlice: the same for a slice of the user's, wherever it lies.
func TestCallersSlice(t *testing.T) {
	for _, slice := range []string{"games.slice", "app-electron-games.slice"} {
		t.Run(slice, func(t *testing.T) {
			dropIn(t, slice+".d/50-cap.conf", "[Slice]\nMemoryMax=64M\n")
			s := newStage(t, strings.ReplaceAll(limited, `"refuse"`, `"run"`))
			p := s.startUnder("--slice=" + slice)
			if n := least(t, p.runs(), "memory.max"); n > 64<<20 && !strings.Contains(p.said(), slice) {
				t.Errorf("memory.max is %d, and %s has 64M; stderr: %s", n, slice, p.said())
			}
		})
	}
}

// TestCallersScopeInOurSlice: that it was put into the slice of the apps makes it no
// scope of ours.
func TestCallersScopeInOurSlice(t *testing.T) {
	s := newStage(t, limited)
	p := s.startUnder("--slice=app-electron.slice", "-p", "MemoryMax=64M")
	if n := least(t, p.runs(), "memory.max"); n > 64<<20 {
		t.Errorf("memory.max is %d, more than the caller's 64M; stderr: %s", n, p.said())
	}
}

// TestCgroupNamespace: in a cgroup namespace the kernel's files cannot be looked at,
// and yet they hold: unknown is not none, and no reason to refuse.
func TestCgroupNamespace(t *testing.T) {
	s := newStage(t, limited)
	p := s.start("/usr/bin/unshare", "--user", "--map-current-user", "--cgroup", s.dir+"/links/plain")
	p.runs()
	scope := p.scope("plain")
	for _, want := range holding {
		if got := scope.read(t, want.file); got != want.value {
			t.Errorf("%s is %s, not %s", want.file, got, want.value)
		}
	}
	if said := p.said(); strings.Contains(said, "runs without") || strings.Contains(said, "not given") {
		t.Errorf("it says %q", said)
	}
}

// TestGroupsQuotaAlone: the cpu controller acts where there is a quota, on the group of
// all apps, and need not on a scope that has none. The group's is in force all the same.
func TestGroupsQuotaAlone(t *testing.T) {
	s := newStage(t, "[budget]\nmemory = \"infinity\"\ncpus = \"50%\"\n[apps.plain]\nexec = [\"stand-in\"]\non-failure = \"refuse\"\n")
	p := s.start("plain")
	if got := p.scope("plain").parent().read(t, "cpu.max"); got != "50000 100000" || p.said() != "" {
		t.Errorf("the group's cpu.max is %s; stderr: %s", got, p.said())
	}
}
