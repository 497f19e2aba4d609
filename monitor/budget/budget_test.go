package budget

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/limit"
	"electroscope/monitor"
)

func TestCategoryOf(t *testing.T) {
	const user = "/user.slice/user-1000.slice/user@1000.service"
	for _, test := range []struct {
		program string
		group   cgroup.Group
		want    string
	}{
		{"plasmashell", user + "/session.slice/plasma-plasmashell.service", Desktop},
		{"kwin_x11", user + "/session.slice/plasma-kwin_x11.service", Desktop},
		{"Xorg", "/system.slice/display-manager.service", Desktop},
		{"xdg-desktop-portal-kde", user + "/session.slice/x.service", Desktop},
		{"pipewire-pulse", user + "/session.slice/pipewire-pulse.service", Sound},
		{"wireplumber", user + "/session.slice/wireplumber.service", Sound},
		{"firefox-esr", user + "/app.slice/app-firefox@1.service", Browser},
		{"chrome", user + "/app.slice/app-google-chrome-7.scope", Browser},
		{"rust-analyzer", user + "/app.slice/app-org.kde.konsole-9.scope", Dev},
		{"dockerd", "/system.slice/docker.service", Dev},
		{"python3.11", user + "/app.slice/app-org.kde.konsole-9.scope", Dev},
		{"python3.11", "/system.slice/fail2ban.service", Services},
		{"node", user + "/background.slice/x.service", Services},
		{"systemd", "/init.scope", Services},
		{"systemd", user + "/init.scope", Services},
		{"dbus-daemon", user + "/session.slice/dbus.service", Services},
		{"sshd", "/system.slice/ssh.service", Services},
		{"bash", user + "/app.slice/app-org.kde.konsole-9.scope", Other},
		{"bash", "/user.slice/user-1000.slice/session-3.scope", Other},
		{"goaccess", "", Other}, {"makepasswd", "", Other}, {"gopls", "", Dev},
	} {
		if got := CategoryOf(Process{Program: test.program, Group: test.group}); got != test.want {
			t.Errorf("%s in %s: %s, want %s", test.program, test.group, got, test.want)
		}
	}
	names := map[string]bool{}
	for _, c := range Categories() {
		names[c.Name] = true
	}
	for _, row := range programs {
		if !names[row.category] {
			t.Errorf("%q is not a category", row.category)
		}
	}
}

// info is a machine of 16 GiB of which 6 are free, 4 are cache, 4 the processes', 1 the kernel's.
func info() Info {
	return Info{
		"MemTotal": 16 * gibi, "MemFree": 6 * gibi, "MemAvailable": 10 * gibi, "Buffers": 1 * gibi, "Cached": 3 * gibi, "Mapped": 1 * gibi,
		"AnonPages": 4 * gibi, "SReclaimable": 1 * gibi, "SwapTotal": 12 * gibi, "SwapCached": 0,
	}
}

func TestOf(t *testing.T) {
	processes := []Process{
		{PID: 1, Program: "systemd", Group: "/init.scope", Memory: 100 * mebi, Shared: true},
		{PID: 2, Program: "Discord", Memory: 2 * gibi, Own: 1 * gibi}, {PID: 3, Program: "firefox", Memory: 1 * gibi, Own: 1 * gibi},
		{PID: 4, Program: "chrome", Memory: 1 * gibi, Own: 1 * gibi},
	}
	r := Of(Usage{Processes: processes, Info: info(), Unread: 3}, map[int]string{2: "discord", 4: "claude"}, Targets{DefaultIdle, DefaultWork}, Limits{Apps: 2, High: 9 * gibi, Max: 12 * gibi})
	for _, row := range r.Rows {
		if row.Name == Sound || row.Name == Desktop || row.Name == Dev || row.Name == Other {
			if row.Now.IsKnown() {
				t.Errorf("%s: %v, and 3 processes could not be read", row.Name, row.Now)
			}
			continue
		}
		want := map[string]uint64{Services: 100 * mebi, Apps: 3 * gibi, Browser: 1 * gibi, Kernel: 1 * gibi, Cache: 4 * gibi}[row.Name]
		if n, known := row.Now.Get(); n != want || !known {
			t.Errorf("%s: %d, %v, want %d", row.Name, n, known, want)
		}
	}
	if r.Used != monitor.Known(6*gibi) || r.Idle != monitor.Known(3*gibi) || r.IsIdle || r.Shared != 1 || r.Unread != 3 {
		t.Errorf("%+v", r)
	}
	if idle, work := r.Verdicts(); idle != Met || work != Met {
		t.Errorf("%s, %s", idle, work)
	}
	r.Targets = Targets{3 * gibi, 6 * gibi} // below is met, and at is not
	if idle, work := r.Verdicts(); idle != Missed || work != Missed {
		t.Errorf("%s, %s", idle, work)
	}
	if got := r.AtHigh(); got != monitor.Known(12*gibi) {
		t.Errorf("at high: %v", got)
	}
	r.Limits.All = monitor.Known(5 * gibi)
	if got := r.AtHigh(); got != monitor.Known(8*gibi) {
		t.Errorf("at high, held: %v", got)
	}
	r.Limits.All = monitor.Known(limit.Infinity)
	if got := r.AtHigh(); got != monitor.Known(12*gibi) {
		t.Errorf("at high, not held: %v", got)
	}
}

// TestNothingKnown: what the kernel does not say is unknown, not zero.
func TestNothingKnown(t *testing.T) {
	r := Of(Usage{}, nil, Targets{DefaultIdle, DefaultWork}, Limits{})
	for _, row := range r.Rows {
		if row.Now.IsKnown() {
			t.Errorf("%s: %v", row.Name, row.Now)
		}
	}
	one := []Process{{PID: 7, Program: "firefox", Memory: 5}}
	for _, u := range []Usage{{Processes: one, Hidden: true}, {Processes: one, Unread: 1}} {
		for _, row := range Of(u, nil, Targets{}, Limits{}).Rows {
			if row.Now.IsKnown() != (row.Name == Browser || row.Name == Apps) {
				t.Errorf("hidden %v, unread %d: %s: %v", u.Hidden, u.Unread, row.Name, row.Now)
			}
		}
	}
	if idle, work := r.Verdicts(); idle != Unknown || work != Unknown || r.RAM.IsKnown() || r.AtHigh().IsKnown() {
		t.Errorf("%+v", r)
	}
}

func TestRead(t *testing.T) {
	proc := t.TempDir()
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(proc+"/"+name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(proc+"/"+name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("meminfo", "MemTotal:       16316412 kB\nHugePages_Total:       0\n")
	write("1/statm", "5000 1000 800 1 0 90 0\n") // another's
	write("1/comm", "systemd\n")
	write("1/status", "VmRSS:\t    4000 kB\nVmSwap:\t      12 kB\n")
	write("1/cgroup", "0::/init.scope\n")
	write("7/statm", "5000 1000 800 1 0 90 0\n") // one's own
	write("7/smaps_rollup", "7f00-7fff ---p 00000000 00:00 0    [rollup]\nRss:                4000 kB\nPss:                1500 kB\nPss_Anon:            500 kB\nPss_File:            900 kB\nPss_Shmem:           100 kB\nSwapPss:             30 kB\n")
	if err := os.Symlink("/opt/x/.code-wrapped (deleted)", proc+"/7/exe"); err != nil {
		t.Fatal(err)
	}
	write("8/statm", "0 0 0 0 0 0 0\n") // a kernel thread
	write("9/comm", "gone\n")
	u, err := Read(proc)
	list, info := u.Processes, u.Info
	if err != nil || len(list) != 2 || info["MemTotal"] != 16316412<<10 || len(info) != 1 || u.Unread != 0 || u.Hidden {
		t.Fatalf("%+v, %v", u, err)
	}
	if p := list[0]; p.Program != "systemd" || p.Group != "/init.scope" || !p.Shared || p.Memory != 1000*uint64(os.Getpagesize()) || p.Own != 200*uint64(os.Getpagesize()) || p.Swapped != 12<<10 {
		t.Errorf("%+v", p)
	}
	if p := list[1]; p.Program != "code" || p.Shared || p.Memory != 1500<<10 || p.Own != 600<<10 || p.Swapped != 30<<10 || CategoryOf(p) != Dev {
		t.Errorf("%+v", p)
	}
	write("10/statm/x", "") // a file that is there, and cannot be read
	os.RemoveAll(proc + "/1")
	if u, err = Read(proc); err != nil || u.Unread != 1 || !u.Hidden || len(u.Processes) != 1 {
		t.Errorf("%+v, %v", u, err)
	}
	if _, err := Read(proc + "/nothing"); err == nil || !strings.Contains(err.Error(), "cannot look for processes") {
		t.Error(err)
	}
}

// TestPrograms: one name in two categories is two programs, and an app is one by its name.
func TestPrograms(t *testing.T) {
	u := Usage{Processes: []Process{
		{PID: 1, Program: "node", Group: "/system.slice/x.service", Memory: 5 * mebi, Shared: true},
		{PID: 2, Program: "node", Memory: 7 * mebi}, {PID: 3, Program: "node", Memory: 1 * mebi, Swapped: 4 * mebi},
		{PID: 4, Program: "electron", Memory: 2 * mebi}, {PID: 5, Program: "crashpad_handler", Memory: 1 * mebi},
	}}
	got := Programs(u, map[int]string{4: "teams", 5: "teams"})
	want := []Program{
		{Name: "node", Category: Dev, Memory: 8 * mebi, Swapped: 4 * mebi, Processes: 2},
		{Name: "node", Category: Services, Memory: 5 * mebi, Processes: 1, Shared: 1},
		{Name: "teams", Category: Apps, Memory: 3 * mebi, Processes: 2},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}
