package launcher

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
)

func TestReadback(t *testing.T) {
	files := map[string]string{"memory.max": "1073741824", "cpu.max": "50000 100000", "pids.max": "garbage", "cpu.weight": "100"}
	read := func(file string) (string, error) {
		if file == "memory.low" {
			return "", errors.New("a cgroup namespace hides it")
		}
		text, there := files[file]
		if !there {
			return "", fs.ErrNotExist
		}
		return text, nil
	}
	for _, c := range []struct {
		asked systemd.Property
		want  readState
		found uint64
	}{
		{systemd.Property{Name: "MemoryMax", Value: uint64(1 << 30)}, inForce, 0},
		{systemd.Property{Name: "MemoryMax", Value: uint64(128 << 20)}, differs, 1 << 30},
		{systemd.Property{Name: "CPUQuotaPerSecUSec", Value: uint64(500000)}, inForce, 0},
		{systemd.Property{Name: "CPUQuotaPerSecUSec", Value: uint64(1000000)}, differs, 500000},
		{systemd.Property{Name: "MemoryHigh", Value: uint64(1 << 30)}, missing, 0},
		{systemd.Property{Name: "MemoryLow", Value: uint64(1 << 30)}, unread, 0}, // could not look: not a fault
		{systemd.Property{Name: "TasksMax", Value: uint64(5)}, unread, 0},
		{systemd.Property{Name: "CPUWeight", Value: uint64(50)}, unread, 0}, // another scale
		{systemd.Property{Name: "TasksMaxScale", Value: uint32(5)}, unread, 0},
	} {
		list := readback("x.scope", []systemd.Property{{Name: "OOMPolicy", Value: "continue"}, c.asked}, read)
		if len(list) != 1 || list[0].state != c.want || list[0].found != c.found || list[0].unit != "x.scope" {
			t.Errorf("%v: %+v", c.asked, list)
		}
	}
}

func TestDropIns(t *testing.T) {
	list := dropIns{
		{"/etc/systemd/user/scope.d/10.conf", "[Scope]\nMemoryMax=2G\n# MemoryMax=9G\n"},
		{"/home/u/.config/systemd/user/app-.scope.d/50.conf", "[Scope]\n MemoryMax = 1G \nMemoryMax=512M\nOOMPolicy=kill"},
		{"/home/u/.config/systemd/user/app-.scope.d/60.conf", "[Scope]\nTasksMax= \\\n\t500\n"},
	}
	if d := list.setter("TasksMax"); d.value != "500" {
		t.Errorf("TasksMax is set by %+v", d)
	}
	d := list.setter("MemoryMax")
	if d.value != "512M" || d.file != list[1].file {
		t.Errorf("MemoryMax is set by %+v", d)
	}
	if d := list.setter("CPUQuota"); d != (dropIn{}) {
		t.Errorf("CPUQuota is set by %+v", d)
	}
	for _, c := range []struct {
		folder string
		forApp bool
	}{
		{"scope.d", false},
		{"app-.scope.d", false},
		{"app-plain-.scope.d", true},
		{"app-plain-42.scope.d", true},
		{"app-.slice.d", false},
		{"app-plai-.scope.d", false}, // names are cut behind dashes only; systemd reads no such folder
		{"app-other-.scope.d", false},
	} {
		if got := (dropIn{file: "/x/" + c.folder + "/50.conf"}).forApp("app-plain-42.scope"); got != c.forApp {
			t.Errorf("%s: %v", c.folder, got)
		}
	}
}

// TestLost: a looser limit is a fault, a tighter one is told.
func TestLost(t *testing.T) {
	r := readback("app-x-1.scope", []systemd.Property{{Name: "MemoryMax", Value: uint64(128 << 20)}}, func(string) (string, error) { return "1073741824", nil })[0]
	n := r.lost(dropIn{"/x/app-x-.scope.d/50.conf", "1G"})
	if !n.Failure || n.String() != "without MemoryMax=128M: /x/app-x-.scope.d/50.conf sets MemoryMax=1G" {
		t.Errorf("%v: %s", n.Failure, n)
	}
	r = readback("app-x-1.scope", []systemd.Property{{Name: "MemoryMax", Value: uint64(2 << 30)}}, func(string) (string, error) { return "1073741824", nil })[0]
	if n := r.lost(dropIn{}); n.Failure || n.String() != "without MemoryMax=2G: app-x-1.scope has MemoryMax=1G" {
		t.Errorf("%v: %s", n.Failure, n)
	}
}

// TestForeseen: the dry run says of drop-ins what the launch will.
func TestForeseen(t *testing.T) {
	home := t.TempDir()
	for file, text := range map[string]string{
		"scope.d/20.conf":          "[Scope]\nMemoryMax=2G\n",
		"app-.scope.d/10.conf":     "[Scope]\nMemoryMax=1G\nCPUQuota=10%\nOOMPolicy=kill\nSlice=other.slice\n",
		"app-x-.scope.d/30.conf":   "[Scope]\nTasksMax=7\n",
		"app-.scope.d/30.conf":     "[Scope]\nTasksMax=8\n", // hidden by the file above
		"scope.d/10.conf":          "[Scope]\nCPUQuota=20%\nMemoryHigh=1G\n",
		"app-y-.scope.d/99.conf":   "[Scope]\nMemoryMax=9G\n",
		"app-x-.scope.d/not-a.txt": "[Scope]\nMemoryMax=9G\n",
	} {
		path := filepath.Join(home, ".config/systemd/user", file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	background := foreseen(systemd.Unit{Slice: "background-electron.slice"}, dropIns{{"/x/app-x-.scope.d/50-electroscope.conf", "[Scope]\nSlice=app-electron.slice\n"}})
	if len(background) != 1 || background[0].Failure || background[0].Without != "" {
		t.Errorf("among all apps it lacks no budget: %v", background)
	}
	u := systemd.Unit{Name: "app-x-1.scope", Slice: plan.AppsSlice, Properties: []systemd.Property{
		{Name: "OOMPolicy", Value: "continue"},
		{Name: "MemoryMax", Value: uint64(3 << 30)}, {Name: "TasksMax", Value: uint64(500)}, {Name: "MemoryHigh", Value: uint64(2 << 30)},
	}}
	var got []string
	for _, n := range foreseen(u, Process{Env: []string{"HOME=" + home}}.foundDropIns(u.Name)) {
		got = append(got, strings.ReplaceAll(n.String(), home+"/.config/systemd/user/", ""))
	}
	want := []string{
		"without the limits of app-electron.slice: app-.scope.d/10.conf sets Slice=other.slice",
		"without OOMPolicy=continue: app-.scope.d/10.conf sets OOMPolicy=kill",
		"without the MemoryMax=2G of scope.d/20.conf: it is for any app, and apps.toml gives this one MemoryMax=3G",
		"without TasksMax=500: app-x-.scope.d/30.conf sets TasksMax=7",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestDefaultGivesWay: a drop-in for any app may change the cap that nobody asked for, and that is
// no fault; of a limit of the app's own it is.
func TestDefaultGivesWay(t *testing.T) {
	for _, byDefault := range []bool{true, false} {
		p := systemd.Property{Name: "MemoryMax", Value: uint64(5 << 30), Default: byDefault}
		list := readback("app-x-1.scope", []systemd.Property{p}, func(string) (string, error) { return "9663676416", nil })
		n := list[0].lost(dropIn{file: "/etc/systemd/user/app-.scope.d/a.conf", value: "9G"})
		if n.Failure == byDefault || (n.Without == "") != byDefault {
			t.Errorf("default %v: %+v", byDefault, n)
		}
	}
}
