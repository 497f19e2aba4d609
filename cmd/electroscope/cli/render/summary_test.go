package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/engine"
	"electroscope/launcher/limit"
	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
	"electroscope/launcher/wrapper"
)

const (
	electron = "/opt/chat/chat"
	variable = plan.SandboxVariable + "="
)

var (
	high     = systemd.Property{Name: "MemoryHigh", Value: uint64(2 << 30)}
	most     = systemd.Property{Name: "MemoryMax", Value: uint64(3 << 30)}
	quota    = systemd.Property{Name: "CPUQuotaPerSecUSec", Value: uint64(1_500_000)}
	tasks    = systemd.Property{Name: "TasksMax", Value: uint64(500)}
	policy   = systemd.Property{Name: "OOMPolicy", Value: "continue", Creation: true}
	infinite = systemd.Property{Name: "MemoryMax", Value: limit.Infinity}
)

// chat is a launch of an Electron app with these limits.
func chat(properties ...systemd.Property) plan.Plan {
	return plan.Plan{
		App: "chat", Target: electron, Chain: wrapper.Chain{Program: electron, Execs: true},
		Engine: engine.Engine{Runtime: "electron", Electron: "43.4.1", Version: "150.0.7871.224", Milestone: 150},
		Argv:   []string{electron}, EnvAdded: []string{variable},
		Unit:     systemd.Unit{Name: "app-chat-42.scope", PID: 42, Slice: "app-electron.slice", Properties: properties},
		Settings: catalog.Settings{App: catalog.App{Key: "chat", Runtime: chromium.Electron}},
	}
}

func all(controllers ...string) launcher.Delegation {
	return launcher.Delegation{Controllers: controllers}
}

func TestAllowance(t *testing.T) {
	budget := systemd.Slice{Name: "app-electron.slice", Properties: []systemd.Property{high, quota}}
	for _, test := range []struct {
		what string
		plan plan.Plan
		want string
	}{
		{"all", chat(policy, high, most, quota, tasks), "memory 3G, slowed down above 2G, CPU 150%, tasks 500"},
		{"MemoryHigh alone", chat(high), "memory slowed down above 2G, no limit of its own on CPU and tasks"},
		{"the usual", chat(most, quota), "memory 3G, CPU 150%, no limit of its own on tasks"},
		{"the cap of [defaults]", chat(systemd.Property{Name: "MemoryMax", Value: uint64(3 << 30), Default: true}, quota, tasks),
			"memory 3G (by [defaults]), CPU 150%, tasks 500"},
		{"infinite", chat(infinite), "no limit of its own on memory and CPU and tasks"},
		{"other limits", chat(most, quota, tasks, systemd.Property{Name: "MemorySwapMax", Value: uint64(0)}),
			"memory 3G, CPU 150%, tasks 500, MemorySwapMax 0B"},
		{"budget", func() plan.Plan {
			p := chat(most, quota, tasks)
			p.Unit.Slices = []systemd.Slice{budget}
			return p
		}(), "memory 3G, CPU 150%, tasks 500; all apps together: memory slowed down above 2G, CPU 150%"},
		{"empty budget", func() plan.Plan {
			p := chat(most, quota, tasks)
			p.Unit.Slices = []systemd.Slice{{Name: "app-electron.slice"}}
			return p
		}(), "memory 3G, CPU 150%, tasks 500"},
		{"shared", func() plan.Plan {
			p := chat(policy)
			p.Settings.App.Instances = catalog.Shared
			p.Unit.Slice = "app-electron-chat.slice"
			p.Unit.Slices = []systemd.Slice{budget, {Name: p.Unit.Slice, Properties: []systemd.Property{most, quota, tasks}}}
			return p
		}(), "memory 3G, CPU 150%, tasks 500; all apps together: memory slowed down above 2G, CPU 150%; shared by all launches of the app"},
		{"inside", plan.Plan{Within: "app-codium-7.scope"}, "those of app-codium-7.scope, which it is in already"},
		{"disabled", plan.Plan{Disabled: true}, "none: enabled = false, so it runs as if electroscope were not there"},
	} {
		if got := allowance(test.plan); got != test.want {
			t.Errorf("%s: %q, want %q", test.what, got, test.want)
		}
	}
}

func TestEnforcedRow(t *testing.T) {
	foreseen := chat(most)
	foreseen.Notes = []plan.Note{{Failure: true, Without: "MemoryMax=3G", Text: "a drop-in says 1G"}}
	remark := chat(most)
	remark.Notes = []plan.Note{{Without: "MemoryHigh", Text: "no swap"}}
	snap, may := chat(most), chat(most)
	snap.Chain.Own = wrapper.OwnScope{Maker: "snap"}
	snap.Notes = []plan.Note{{Failure: true, Without: "limits", Text: "snap starts it in a scope of its own"}}
	may.Chain.Own = wrapper.OwnScope{Maker: "flatpak", May: true}
	may.Notes = snap.Notes
	limited := chat(most)
	limited.Chain.Own = wrapper.OwnScope{Maker: "snap"} // install has a drop-in for it, so there is no fault
	const yes = "yes: this user's manager is given the controllers that it takes"
	for _, test := range []struct {
		what string
		plan plan.Plan
		d    launcher.Delegation
		want []Row
	}{
		{"all are", chat(policy, most, quota), all("cpu", "memory"), []Row{{Name: "enforced", Text: yes}}},
		{"a remark takes nothing from that", remark, all("memory"), []Row{{Name: "enforced", Text: yes}}},
		{"one is not", chat(most, quota), all("memory"), []Row{{
			Name: "enforced", Tone: Failure,
			Text: "NOT here: CPUQuota: this user's manager is not given the cgroup controller cpu (see Delegate= of user@.service); the others are",
		}}},
		{"none is", chat(most, quota), launcher.Delegation{Nothing: &plan.Note{Text: "there is no user manager"}}, []Row{{
			Name: "enforced", Tone: Failure, Text: "NOT here: MemoryMax, CPUQuota: there is no user manager",
		}}},
		{"unknown", chat(most), launcher.Delegation{Unknown: &plan.Note{Text: "permission denied"}}, []Row{{
			Name: "enforced", Tone: Warning, Text: "unknown: permission denied",
		}}},
		{"a drop-in will win", foreseen, all("memory"), []Row{{Name: "enforced", Tone: Warning, Text: "yes, except for what the notes say"}}},
		{"another scope", snap, all("memory"), []Row{{Name: "enforced", Tone: Failure, Text: "NOT: snap starts it in a scope of its own"}}},
		{"perhaps another scope", may, all("memory"), []Row{{Name: "enforced", Tone: Warning, Text: "unknown: flatpak may start it in a scope of its own"}}},
		{"another scope, with its limits", limited, all("memory"), []Row{{Name: "enforced", Text: yes}}},
		{"no limits", chat(policy, infinite), all(), nil},
	} {
		if diff := cmp.Diff(test.want, enforcedRow(test.plan, test.d)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.what, diff)
		}
	}
}

func TestKeptIn(t *testing.T) {
	change := func(f func(*plan.Plan)) plan.Plan { p := chat(most); f(&p); return p }
	for _, test := range []struct {
		what string
		plan plan.Plan
		want Row
	}{
		{"the variable", chat(most), Row{Text: "by FLATPAK_SANDBOX_DIR in its environment: its Chromium asks for no scope of its own"}},
		{"set before", change(func(p *plan.Plan) { p.EnvAdded = nil }), Row{Text: "by FLATPAK_SANDBOX_DIR, which is in its environment already"}},
		{"guards", change(func(p *plan.Plan) { p.Unit.Families = []string{"app-chat-"} }),
			Row{Text: "by its scope's name, app-chat-PID.scope, guards for the other names that its Chromium may ask for, and drop-ins for other PIDs; by FLATPAK_SANDBOX_DIR too, if it arrives"}},
		{"guards alone", change(func(p *plan.Plan) { p.Unit.Families, p.EnvAdded = []string{"app-chat-"}, nil }),
			Row{Text: "by its scope's name, app-chat-PID.scope, guards for the other names that its Chromium may ask for, and drop-ins for other PIDs"}},
		{"nothing", change(func(p *plan.Plan) { p.EnvAdded, p.Settings.App.Escape.Env = nil, catalog.EscapeNever }),
			Row{Text: "by nothing: apps.toml switches it off (escape)", Tone: Failure}},
		{"native", change(func(p *plan.Plan) {
			p.EnvAdded, p.Engine, p.Settings.App.Runtime = nil, engine.Engine{}, chromium.Native
		}), Row{Text: "nothing shows that it is built on Chromium, which alone asks for another scope"}},
		{"a Snap", change(func(p *plan.Plan) { p.Chain.Own.Maker = "snap" }),
			Row{Text: "by nothing of ours: snap starts it in a scope of its own", Tone: Warning}},
	} {
		test.want.Name = "kept in"
		if diff := cmp.Diff(test.want, keptIn(test.plan)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.what, diff)
		}
	}
}

func TestSwitchesText(t *testing.T) {
	p := chat(most)
	p.Settings.App.Heap = 1 << 30
	p.Argv = []string{
		electron, "--use-angle=gl", "--enable-zero-copy", "--from-file", "--enable-features=A,B", "--disable-features=C",
		"--js-flags=--max-old-space-size=1024", "--mine", "two words",
	}
	p.Notes = []plan.Note{
		{Switch: "video-decode", Text: "--disable-features=C --use-angle=gl LIBVA_DRIVER_NAME=nvidia"},
		{Switch: "zero-copy", Text: "--enable-zero-copy"},
		{Switch: "raster", Text: "on by default since 102"},
		{Switch: "--from-file", Text: "from /home/me/.config/chat-flags.conf"},
		{Switch: "--enable-features", Text: "A from apps.toml, B from the arguments"},
		{Switch: "--disable-features", Text: "C from [gpu]"},
		{Switch: "--js-flags", Text: "--max-old-space-size=1024 from apps.toml"},
	}
	const want = "--use-angle=gl (video-decode), --enable-zero-copy (zero-copy), --from-file (/home/me/.config/chat-flags.conf), " +
		"--enable-features=A,B (A from apps.toml, B from the arguments), --disable-features=C (video-decode), " +
		"--js-flags=--max-old-space-size=1024 (heap)"
	if got := switchesText(p, []string{"--mine", "two words"}); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	p.Settings.App.Heap = 0
	p.Argv = []string{electron, "--js-flags=--expose-gc", "--mine"}
	p.Notes = []plan.Note{{Switch: "--js-flags", Text: "--expose-gc from apps.toml"}}
	if got := switchesText(p, []string{"--mine"}); got != "--js-flags=--expose-gc (apps.toml)" {
		t.Errorf("V8's own: %s", got)
	}
	if got := switchesText(chat(most), nil); got != "none" {
		t.Errorf("no switches: %s", got)
	}
}

// What is short has the notes that cost something; notes about switches are told elsewhere.
func TestSummaryNotes(t *testing.T) {
	p := chat(most)
	p.Settings.App.OnFailure = catalog.Refuse
	p.Notes = []plan.Note{
		{Failure: true, Without: "apps.chat.heap", Text: "is not a size"},
		{Without: "MemoryHigh", Text: "no swap"},
		{Text: "a remark"},
		{Switch: "--js-flags", Text: "from apps.toml"},
	}
	want := []Row{
		{Name: "program", Text: electron + " (electron 43.4.1, Chromium 150.0.7871.224)"},
		{Name: "note", Text: "without apps.chat.heap: is not a size", Tone: Failure},
		{Name: "note", Text: "without MemoryHigh: no swap", Tone: Warning},
		{Name: "launch", Text: `refused here: on-failure = "refuse", and not all of the limits can be had`, Tone: Failure},
	}
	got := summaryRows(p, all("memory"), nil)
	if diff := cmp.Diff(want, got[len(got)-len(want):]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProgramText(t *testing.T) {
	for _, test := range []struct{ program, want string }{
		{electron, electron + " (electron 43.4.1, Chromium 150.0.7871.224)"},
		{"", electron + " (electron 43.4.1, Chromium 150.0.7871.224); what it runs in the end cannot be seen"},
		{"/lib/x", "/lib/x (electron 43.4.1, Chromium 150.0.7871.224), through " + electron},
	} {
		p := chat()
		p.Chain.Program = test.program
		if got := programText(p); got != test.want {
			t.Errorf("%q: %q", test.program, got)
		}
	}
}
