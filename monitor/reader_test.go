package monitor

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/limit"
)

const apps = "/user.slice/user-1000.slice/user@1000.service/app.slice/app-electron.slice"

var browser = Candidate{App: catalog.App{Key: "browser", ID: "browser"}, Programs: []string{"/usr/lib/chromium/chromium"}}

// TestSampleOfARecordedMachine: Chromium under a real memory.max and cpu.max.
func TestSampleOfARecordedMachine(t *testing.T) {
	r := recorded(t, "browser")
	s, err := r.Sample([]Candidate{browser})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Apps) != 1 {
		t.Fatalf("%d apps", len(s.Apps))
	}
	a := s.Apps[0]
	if a.Name != "browser" || a.Unit != "app-browser-810.scope" || a.Kind != Launched || a.Main != 810 || a.HasEscaped() || a.GPU != Software {
		t.Errorf("%+v", a)
	}
	for kind, want := range map[Kind]int{Browser: 1, Renderer: 1, GPU: 1, Utility: 2, Zygote: 2, Crash: 2, Other: 0} {
		if got := a.Count(kind); got != want {
			t.Errorf("%d of kind %s, want %d", got, kind, want)
		}
	}
	m := a.Group.Memory
	for name, test := range map[string]struct {
		got  Figure
		want uint64
	}{
		"current": {m.Current, 294461440}, "max": {m.Max, 600 << 20}, "high": {m.High, limit.Infinity}, "quota": {a.Quota(), 500_000},
		"tasks": {a.Group.Tasks, 82}, "RAM": {s.Machine.RAM, 2048672 << 10}, "usage": {a.Group.CPU.Usage, 3990000},
	} {
		if n, known := test.got.Get(); !known || n != test.want {
			t.Errorf("%s is %d, %v", name, n, known)
		}
	}
	if _, known := a.Group.Pressure.MemorySome.Get(); known {
		t.Error("a kernel without PSI knows the pressure")
	}
	if capped, known := a.IsCapped(); !capped || !known {
		t.Errorf("capped: %v, %v", capped, known)
	}
	if s.Budget == nil || s.Budget.CPU.Quota.Or(0) != 500_000 {
		t.Errorf("budget: %+v", s.Budget)
	}
	// The machine was up 35.35 s, and the main process had been for about 13.
	if age := s.Time.Sub(a.Started); age < 5*time.Second || age > 30*time.Second {
		t.Errorf("it has run for %v", age)
	}
}

// TestRates: half a second later a quarter of a second of CPU time is used, and three of five
// periods were at the quota.
func TestRates(t *testing.T) {
	r := recorded(t, "browser")
	before, err := r.Sample([]Candidate{browser})
	if err != nil {
		t.Fatal(err)
	}
	scope := r.Cgroup + apps + "/app-browser-810.scope/"
	write(t, scope+"cpu.stat", "usage_usec 4240000\nnr_periods 91\nnr_throttled 70\nthrottled_usec 2600000\n")
	write(t, scope+"memory.events", "high 7\nmax 2\noom_kill 1\n")
	now, err := r.Sample([]Candidate{browser})
	if err != nil {
		t.Fatal(err)
	}
	now.Time = before.Time.Add(time.Second / 2)
	got := now.Since(before).Apps[0].Rates
	want := Rates{Over: time.Second / 2, CPU: Percent(50), Throttled: Percent(60), High: Known(7)}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if before.Since(now).Apps[0].Rates.CPU != (Percentage{}) {
		t.Error("a counter that shrank gives a rate")
	}
}

// stat is that of a process which began at the n-th tick.
func stat(pid, n int) string {
	fields := make([]string, 22)
	for i := range fields {
		fields[i] = "0"
	}
	fields[0], fields[1], fields[19], fields[21] = "S", "1", strconv.Itoa(n), "10"
	return strconv.Itoa(pid) + " (a) b (c) " + strings.Join(fields, " ") + "\n"
}

// run adds a process to a machine.
func (r Reader) run(t *testing.T, pid, started int, group, program, cmdline string) {
	t.Helper()
	dir := r.Proc + "/" + strconv.Itoa(pid)
	write(t, dir+"/stat", stat(pid, started))
	write(t, dir+"/cgroup", "0::"+group+"\n")
	write(t, dir+"/cmdline", strings.ReplaceAll(cmdline, " ", "\x00"))
	link(t, program, dir+"/exe")
}

// TestPlacement: whose limits hold for what runs, by unit and by program.
func TestPlacement(t *testing.T) {
	const manager = "/user.slice/user-1000.slice/user@1000.service/app.slice"
	discord := Candidate{
		App:      catalog.App{Key: "discord", ID: "com.discordapp.Discord", Flatpak: "com.discordapp.Discord", Snap: "discord"},
		Programs: []string{"/opt/Discord"},
	}
	for _, test := range []struct {
		name, group string
		pid         int
		program     string
		kind        Placement
		main        int
		none        bool
	}{
		{name: "launched", group: manager + "/app-electron.slice/app-com.discordapp.Discord-7.scope", pid: 7, program: "/opt/Discord", kind: Launched, main: 7},
		{name: "in the background", group: "/user.slice/background.slice/background-electron.slice/app-com.discordapp.Discord-7.scope", pid: 7, program: "/opt/Discord", kind: Launched, main: 7},
		{name: "below the scope", group: manager + "/app-electron.slice/app-com.discordapp.Discord-7.scope/tab", pid: 7, program: "/opt/Discord", kind: Launched},
		{name: "the main process has ended", group: manager + "/app-electron.slice/app-com.discordapp.Discord-6.scope", pid: 7, program: "/opt/Discord", kind: Launched},
		{name: "its own Chromium's scope", group: manager + "/app-com.discordapp.Discord-7.scope", pid: 7, program: "/opt/Discord", kind: Outside, main: 7},
		{name: "a terminal", group: "/user.slice/user-1000.slice/session-2.scope", pid: 7, program: "/opt/Discord", kind: Outside, main: 7},
		{name: "updated meanwhile", group: "/user.slice/user-1000.slice/session-2.scope", pid: 7, program: "/opt/Discord (deleted)", kind: Outside, main: 7},
		{name: "no unit", group: "/", pid: 7, program: "/opt/Discord", kind: Outside, main: 7},
		{name: "Flatpak", group: manager + "/app-flatpak-com.discordapp.Discord-829504167.scope", pid: 7, program: "/app/Discord", kind: Flatpak, main: 7},
		{name: "another Flatpak", group: manager + "/app-flatpak-com.discordapp.DiscordCanary-8.scope", pid: 7, program: "/app/Discord", none: true},
		{name: "Snap", group: manager + "/snap.discord.discord-6a1f.scope", pid: 7, program: "/snap/x", kind: Flatpak, main: 7},
		{name: "another program", group: "/user.slice/user-1000.slice/session-2.scope", pid: 7, program: "/opt/Discord2", none: true},
		{name: "a program that cannot be seen", group: "/user.slice/user-1000.slice/session-2.scope", pid: 7, none: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			r := Reader{Proc: dir + "/proc", Cgroup: dir + "/cgroup", UID: ownUID}
			r.run(t, test.pid, 100, test.group, test.program, "Discord")
			s, err := r.Sample([]Candidate{browser, discord})
			if err != nil {
				t.Fatal(err)
			}
			if test.none {
				if len(s.Apps) > 0 {
					t.Errorf("found %+v", s.Apps)
				}
				return
			}
			if len(s.Apps) != 1 {
				t.Fatalf("found %+v", s.Apps)
			}
			a := s.Apps[0]
			if a.Kind != test.kind || test.main != 0 && (a.Main != test.main || a.HasEscaped()) {
				t.Errorf("%+v", a)
			}
			if a.Group.Memory.Current.IsKnown() || a.GPU != NoGPU {
				t.Errorf("files that are not there are known: %+v", a.Group)
			}
		})
	}
}

// TestEscaped: the main process has gone to a scope of its own, with a helper; the rest has stayed.
// It is one launch, and its main process is named.
func TestEscaped(t *testing.T) {
	dir := t.TempDir()
	r := Reader{Proc: dir + "/proc", Cgroup: dir + "/cgroup", UID: ownUID}
	const away = "/user.slice/user-1000.slice/user@1000.service/app.slice/app-org.chromium.Chromium-7.scope"
	r.run(t, 7, 100, away, "/usr/lib/chromium/chromium", "chromium")
	r.run(t, 9, 120, away, "/usr/lib/chromium/chromium", "chromium --type=utility")
	r.run(t, 8, 110, apps+"/app-browser-7.scope", "/usr/lib/chromium/chromium", "chromium --type=zygote")
	r.run(t, 30, 300, "/user.slice/session-2.scope", "/usr/lib/chromium/chromium", "chromium") // another one, started past us
	s, err := r.Sample([]Candidate{browser})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Apps) != 2 {
		t.Fatalf("%d apps: %+v", len(s.Apps), s.Apps)
	}
	other, a := s.Apps[1], s.Apps[0]
	if a.Kind != Launched || !a.HasEscaped() || a.Main != 7 || a.MainUnit != "app-org.chromium.Chromium-7.scope" || len(a.Processes) != 3 || a.Count(Browser) != 1 {
		t.Errorf("%+v", a)
	}
	if other.Kind != Outside || other.Main != 30 {
		t.Errorf("%+v", other)
	}
}

// TestPIDGoneToAnother: the PID that the scope is named after is a younger process's now.
func TestPIDGoneToAnother(t *testing.T) {
	dir := t.TempDir()
	r := Reader{Proc: dir + "/proc", Cgroup: dir + "/cgroup", UID: ownUID}
	r.run(t, 7, 900, "/user.slice/session-2.scope", "/bin/bash", "bash")
	r.run(t, 8, 110, apps+"/app-browser-7.scope", "/usr/lib/chromium/chromium", "chromium --type=zygote")
	s, err := r.Sample([]Candidate{browser})
	if err != nil || len(s.Apps) != 1 || s.Apps[0].Main != 0 || s.Apps[0].HasEscaped() {
		t.Errorf("%+v, %v", s.Apps, err)
	}
}

// TestShared: the slice of all launches of an app has the limits, in the background, too.
func TestShared(t *testing.T) {
	const session = "/user.slice/user-1000.slice/user@1000.service"
	for _, test := range []struct{ in, slice string }{
		{"", session + "/app.slice/app-electron.slice/app-electron-codium.slice"},
		{"", session + "/background.slice/background-electron.slice/background-electron-codium.slice"},
		{"work-apps", session + "/work.slice/work-apps.slice/work-apps-codium.slice"},
	} {
		dir := t.TempDir()
		r := Reader{Proc: dir + "/proc", Cgroup: dir + "/cgroup", UID: ownUID}
		codium := Candidate{App: catalog.App{Key: "codium", ID: "codium", Slice: test.in, Instances: catalog.Shared}}
		for _, pid := range []int{7, 9} {
			scope := test.slice + "/app-codium-" + strconv.Itoa(pid) + ".scope"
			r.run(t, pid, 100, scope, "/opt/codium", "codium")
			write(t, r.Cgroup+scope+"/memory.max", "max\n")
			write(t, r.Cgroup+scope+"/memory.current", "100\n")
		}
		write(t, r.Cgroup+test.slice+"/memory.max", "5368709120\n")
		write(t, r.Cgroup+test.slice+"/memory.current", "250\n")
		s, err := r.Sample([]Candidate{codium})
		if err != nil || len(s.Apps) != 2 {
			t.Fatalf("%s: %+v, %v", test.slice, s.Apps, err)
		}
		for _, a := range s.Apps {
			if max, used := a.MemoryMax(); max != Known(5<<30) || used != Known(250) {
				t.Errorf("%s: %v of %v", test.slice, used, max)
			}
			if capped, known := a.IsCapped(); !capped || !known {
				t.Errorf("%s: capped: %v, %v", test.slice, capped, known)
			}
		}
	}
}

func TestGroupThatIsOutside(t *testing.T) {
	r := Reader{Cgroup: t.TempDir()}
	if g := r.Group(cgroup.Group("/../app-x-1.scope")); g.Memory.Current.IsKnown() || g.Frozen.IsKnown() {
		t.Errorf("%+v", g)
	}
}
