package control

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/limit"
	"electroscope/launcher/systemd"
	"electroscope/monitor"
)

// rig is a machine made of files, without a manager.
func rig(t *testing.T, files map[string]string) Control {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return Control{Reader: monitor.Reader{Proc: root + "/proc", Cgroup: root + "/cgroup", UID: os.Getuid()}}
}

const scope = "/app-electron.slice/app-discord-7.scope"

func launched() monitor.App {
	return monitor.App{
		Name: "discord", Unit: "app-discord-7.scope", Kind: monitor.Launched, Main: 7, MainUnit: "app-discord-7.scope",
		Group: monitor.Group{Path: scope}, Processes: []monitor.Process{{PID: 7}, {PID: 8, Parent: 7}},
	}
}

func (c Control) text(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(c.Reader.Cgroup + scope + "/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestStateOf(t *testing.T) {
	memory, _ := limit.ByName("MemoryMax")
	weight, _ := limit.ByName("CPUWeight")
	quota, _ := limit.ByName("CPUQuota")
	for _, test := range []struct {
		limit limit.Limit
		asked uint64
		found string
		err   error
		want  State
	}{
		{memory, 4 << 30, "4294967296", nil, InForce},
		{memory, 4<<30 + 1, "4294967296", nil, InForce},
		{memory, 4 << 30, "max", nil, Differs},
		{memory, limit.Infinity, "max", nil, InForce},
		{memory, limit.Infinity, "", fs.ErrNotExist, InForce},
		{memory, 4 << 30, "", fs.ErrNotExist, Missing},
		{memory, 4 << 30, "", syscall.EIO, Unreadable},
		{memory, 4 << 30, "many", nil, Unreadable},
		{quota, 200_000, "20000 100000", nil, InForce},
		{quota, 200_000, "30000 100000", nil, Differs},
		{weight, 50, "50", nil, Unreadable},
	} {
		if got := stateOf(test.limit, test.asked, test.found, test.err); got != test.want {
			t.Errorf("%s %d, found %q, %v: %d, want %d", test.limit.Name, test.asked, test.found, test.err, got, test.want)
		}
	}
}

func TestSetWithoutManager(t *testing.T) {
	c := rig(t, map[string]string{"cgroup" + scope + "/memory.max": "3221225472\n"})
	got := c.Set(scope, []systemd.Property{{Name: "MemoryMax", Value: uint64(4 << 30)}})
	if len(got) != 1 || got[0].State != Refused || got[0].Refusal == nil || got[0].Before != "3G" || got[0].After != "3G" {
		t.Errorf("%+v", got)
	}
	got = c.Foresee(scope, []systemd.Property{{Name: "MemoryMax", Value: uint64(4 << 30)}, {Name: "OOMPolicy", Value: "stop"}})
	if len(got) != 1 || got[0].Before != "3G" || got[0].After != "4G" {
		t.Errorf("foreseen: %+v", got)
	}
}

// TestFreezeByKernel: without a manager, or with one that will not, the kernel is asked.
func TestFreezeByKernel(t *testing.T) {
	c := rig(t, map[string]string{"cgroup" + scope + "/cgroup.freeze": "0", "cgroup" + scope + "/cgroup.events": "populated 1\nfrozen 1\n"})
	if err := c.Freeze(launched()); err != nil || c.text(t, "cgroup.freeze") != "1" {
		t.Errorf("%v, %q", err, c.text(t, "cgroup.freeze"))
	}
	os.Remove(c.Reader.Cgroup + scope + "/cgroup.freeze")
	if err := c.Freeze(launched()); err == nil || !strings.Contains(err.Error(), "no user manager") {
		t.Errorf("with nobody to do it: %v", err)
	}
	for _, unit := range []string{"", "session-1.scope"} {
		outside := monitor.App{Name: "discord", Kind: monitor.Outside, Unit: unit}
		if err := c.Freeze(outside); err == nil || c.Thaw(outside) == nil {
			t.Errorf("an app in %q is frozen with what else is there", unit)
		}
	}
}

func TestReclaim(t *testing.T) {
	c := rig(t, map[string]string{"cgroup" + scope + "/memory.current": "157286400\n", "cgroup" + scope + "/memory.reclaim": ""})
	r, err := c.Reclaim(launched(), 100<<20)
	if last := strconv.Itoa(36 << 20); err != nil || r.Short || !strings.HasPrefix(c.text(t, "memory.reclaim"), last) {
		t.Errorf("%v, %+v, asked for %q last", err, r, c.text(t, "memory.reclaim"))
	}
	if r.Taken() != 0 {
		t.Errorf("taken %d from a file that stays as it is", r.Taken())
	}
	os.Remove(c.Reader.Cgroup + scope + "/memory.reclaim")
	if _, err := c.Reclaim(launched(), 0); err == nil || !strings.Contains(err.Error(), "5.19") {
		t.Errorf("on an old kernel: %v", err)
	}
	os.Remove(c.Reader.Cgroup + scope + "/memory.current")
	if _, err := c.Reclaim(launched(), 0); err == nil || !strings.Contains(err.Error(), "controller") {
		t.Errorf("without the controller: %v", err)
	}
}

func TestTaken(t *testing.T) {
	r := Reclaimed{Before: monitor.Memory{Current: monitor.Known(5)}, After: monitor.Memory{Current: monitor.Known(2)}}
	if r.Taken() != 3 {
		t.Errorf("%d", r.Taken())
	}
	if r.Before, r.After = r.After, r.Before; r.Taken() != 0 {
		t.Errorf("of an app that grew meanwhile: %d", r.Taken())
	}
}

func TestStrayed(t *testing.T) {
	parents := map[int]int{7: 1, 9: 7, 10: 9, 11: 1, 12: 11, 13: 14, 14: 13}
	got := strayed(launched(), []int{7, 9, 10, 8, 11, 12, 13, 14}, func(pid int) int { return parents[pid] })
	if diff := cmp.Diff([]int{7, 9, 10, 8}, got); diff != "" {
		t.Error(diff)
	}
}

// TestBringBackRefused: what is still elsewhere is said to be.
func TestBringBackRefused(t *testing.T) {
	c := rig(t, map[string]string{
		"proc/7/cgroup":                    "0::/elsewhere.scope\n",
		"cgroup/elsewhere.scope":           "",
		"cgroup" + scope + "/cgroup.procs": "",
	})
	os.Remove(c.Reader.Cgroup + "/elsewhere.scope")
	os.Mkdir(c.Reader.Cgroup+"/elsewhere.scope", 0o755)
	if err := os.WriteFile(c.Reader.Cgroup+"/elsewhere.scope/cgroup.procs", []byte("7\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	moved, err := c.BringBack(launched())
	if err == nil || moved != nil || !strings.Contains(err.Error(), "elsewhere.scope") {
		t.Errorf("%v, %v", moved, err)
	}
	if got := c.text(t, "cgroup.procs"); got != "7" {
		t.Errorf("asked for %q", got)
	}
}

func TestOverriding(t *testing.T) {
	memory, _ := limit.ByName("MemoryMax")
	quota, _ := limit.ByName("CPUQuota")
	changes := []Change{{Limit: memory}, {Limit: quota, State: Refused}}
	const text = "[Scope]\nMemoryMax=1G\nCPUQuota=10%\nMemoryMax = 2G\n"
	for file, want := range map[string][]DropIn{
		"/home/u/.config/systemd/user/app-discord-.scope.d/60-mine.conf":                  {{"", "MemoryMax", "2G"}},
		"/home/u/.config/systemd/user/app-discord-.scope.d/10-mine.conf":                  nil,
		"/run/user/1/systemd/transient/app-discord-7.scope.d/50-MemorySwapMax.conf":       nil,
		"/run/user/1/systemd/user.control/app-electron-discord.slice.d/50-MemoryMax.conf": nil,
		"/run/user/1/systemd/user/app-discord-.scope.d/" + systemd.DropInName:             nil,
		"/etc/systemd/user/scope.d/zz.conf":                                               {{"", "MemoryMax", "2G"}},
	} {
		for i := range want {
			want[i].File = file
		}
		if diff := cmp.Diff(want, overriding(file, text, changes)); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}

// TestSignalNamesakes: a PID that has come to mean another process gets no signal.
func TestSignalNamesakes(t *testing.T) {
	c := Control{Reader: monitor.Reader{Proc: "/proc", Cgroup: "/sys/fs/cgroup", UID: os.Getuid()}}
	own, ok := c.Reader.Process(os.Getpid())
	if !ok || !c.Reader.Runs(own) {
		t.Fatalf("%+v, %v", own, ok)
	}
	own.Started--
	if c.Reader.Runs(own) {
		t.Error("another process of this PID is taken for it")
	}
	c.signal([]monitor.Process{own}, syscall.SIGKILL) // which would end this test
}

func TestPids(t *testing.T) {
	if got := pids("7\n12\n"); !slices.Equal(got, []int{7, 12}) {
		t.Error(got)
	}
}
