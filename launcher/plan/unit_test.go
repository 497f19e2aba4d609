package plan

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/chromium"
	"electroscope/launcher/limit"
	"electroscope/launcher/machine"
	"electroscope/launcher/systemd"
)

func plain(name string, n uint64) catalog.Limit {
	return catalog.Limit{Name: name, Amount: catalog.Amount{Number: n, Unit: catalog.Plain}}
}

func share(percent uint64) catalog.Amount {
	return catalog.Amount{Number: percent * 100, Unit: catalog.Share}
}

const gib = 1 << 30

func discord() catalog.App {
	return catalog.App{
		Key: "discord", ID: "discord", Runtime: chromium.Electron, OOMPolicy: "continue", Instances: catalog.Own, MemoryHighWithoutSwap: catalog.SkipHigh,
		Limits: []catalog.Limit{plain("MemoryHigh", 2*gib), plain("MemoryMax", 3*gib), plain("CPUQuota", 1_500_000)},
	}
}

func TestPlanUnit(t *testing.T) {
	budget := catalog.Budget{Memory: share(60), CPUs: share(50)}
	home := machine.Machine{RAM: 16 * gib, FreeSwap: 12 * gib, Threads: 8}
	group := []systemd.Property{{Name: "MemoryHigh", Value: uint64(16 * gib * 60 / 100)}, {Name: "CPUQuotaPerSecUSec", Value: uint64(4_000_000)}}
	limits := []systemd.Property{{Name: "MemoryHigh", Value: uint64(2 * gib)}, {Name: "MemoryMax", Value: uint64(3 * gib)}, {Name: "CPUQuotaPerSecUSec", Value: uint64(1_500_000)}}
	oom := systemd.Property{Name: "OOMPolicy", Value: "continue", Creation: true}

	for _, test := range []struct {
		name    string
		change  func(*catalog.App, *machine.Machine, *Caller)
		slice   string
		props   []systemd.Property
		slices  []systemd.Slice
		without []string
	}{
		{
			name: "discord", change: func(*catalog.App, *machine.Machine, *Caller) {},
			slice: "app-electron.slice", props: append([]systemd.Property{oom}, limits...),
			slices: []systemd.Slice{{Name: "app-electron.slice", Properties: group}},
		},
		{
			name: "no swap", change: func(_ *catalog.App, m *machine.Machine, _ *Caller) { m.FreeSwap = 0 },
			slice: "app-electron.slice", props: append([]systemd.Property{oom}, limits[1:]...),
			slices:  []systemd.Slice{{Name: "app-electron.slice", Properties: group[1:]}},
			without: []string{"MemoryHigh", "the group's MemoryHigh"},
		},
		{
			name:   "less swap than between the limits",
			change: func(_ *catalog.App, m *machine.Machine, _ *Caller) { m.FreeSwap = gib - 1 },
			slice:  "app-electron.slice", props: append([]systemd.Property{oom}, limits[1:]...),
			slices:  []systemd.Slice{{Name: "app-electron.slice", Properties: group}},
			without: []string{"MemoryHigh"},
		},
		{
			name: "no swap, always",
			change: func(a *catalog.App, m *machine.Machine, _ *Caller) {
				m.FreeSwap, a.MemoryHighWithoutSwap = 0, catalog.KeepHigh
			},
			slice: "app-electron.slice", props: append([]systemd.Property{oom}, limits...),
			slices: []systemd.Slice{{Name: "app-electron.slice", Properties: group}},
		},
		{
			name:   "shared",
			change: func(a *catalog.App, _ *machine.Machine, _ *Caller) { a.Instances = catalog.Shared },
			slice:  "app-electron-discord.slice", props: []systemd.Property{oom},
			slices: []systemd.Slice{{Name: "app-electron.slice", Properties: group}, {Name: "app-electron-discord.slice", Properties: limits}},
		},
		{
			name: "background",
			change: func(_ *catalog.App, _ *machine.Machine, c *Caller) {
				c.Group = "/user.slice/user@1000.service/background.slice/background-graphical.slice/x.scope"
			},
			slice: "background-electron.slice", props: append([]systemd.Property{oom}, limits...),
			slices: []systemd.Slice{{Name: "background-electron.slice", Properties: group}},
		},
		{
			name:   "a slice of the user's",
			change: func(a *catalog.App, _ *machine.Machine, _ *Caller) { a.Slice = "app-chat" },
			slice:  "app-chat.slice", props: append([]systemd.Property{oom}, limits...),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			app, m, caller := discord(), home, Caller{}
			test.change(&app, &m, &caller)
			u, notes := planUnit(catalog.Settings{App: app, Budget: budget}, Facts{Machine: m, Caller: caller, PID: 42}, nil, hold{})
			if u.Name != "app-discord-42.scope" || u.Slice != test.slice || u.PID != 42 {
				t.Errorf("unit %q in %q", u.Name, u.Slice)
			}
			if diff := cmp.Diff(test.props, u.Properties); diff != "" {
				t.Errorf("properties: %s", diff)
			}
			if diff := cmp.Diff(test.slices, u.Slices); diff != "" {
				t.Errorf("slices: %s", diff)
			}
			var without []string
			for _, n := range notes {
				without = append(without, n.Without)
				if n.Failure {
					t.Errorf("%s counts as a fault: on-failure = refuse would refuse it", n)
				}
			}
			if diff := cmp.Diff(test.without, without); diff != "" {
				t.Errorf("without: %s", diff)
			}
			if slices.Contains(append(u.PartOf, u.After...), "") || !slices.Contains(u.PartOf, "graphical-session.target") {
				t.Errorf("PartOf %q, After %q", u.PartOf, u.After)
			}
		})
	}
}

func TestProperty(t *testing.T) {
	m := machine.Machine{RAM: 16 * gib}
	for _, test := range []struct {
		limit catalog.Limit
		want  systemd.Property
	}{
		{catalog.Limit{Name: "MemoryMax", Amount: share(25)}, systemd.Property{Name: "MemoryMax", Value: uint64(4 * gib)}},
		{catalog.Limit{Name: "MemoryMax", Amount: catalog.Amount{Unit: catalog.Infinity}}, systemd.Property{Name: "MemoryMax", Value: limit.Infinity}},
		{catalog.Limit{Name: "CPUWeight", Amount: catalog.Amount{Unit: catalog.Idle}}, systemd.Property{Name: "CPUWeight", Value: uint64(0)}},
		{catalog.Limit{Name: "TasksMax", Amount: share(50)}, systemd.Property{Name: "TasksMaxScale", Value: uint32(1 << 31)}},
		{plain("TasksMax", 512), systemd.Property{Name: "TasksMax", Value: uint64(512)}},
	} {
		if diff := cmp.Diff(test.want, property(test.limit, m)); diff != "" {
			t.Errorf("%s: %s", test.limit.Name, diff)
		}
	}
}

func TestIdle(t *testing.T) {
	list := []systemd.Property{{Name: "OOMPolicy"}, {Name: "MemoryMax"}, {Name: "CPUQuotaPerSecUSec"}, {Name: "MemoryHigh"}}
	got := Idle(list, []string{"cpu", "pids"})
	if len(got) != 1 || got[0].Without != "MemoryMax, MemoryHigh" || !got[0].Failure {
		t.Errorf("idle = %v", got)
	}
	if got := Idle(list, nil); len(got) != 1 || got[0].Without != "MemoryMax, CPUQuota, MemoryHigh" {
		t.Errorf("without any controller: %v", got)
	}
	if got := Idle(list, []string{"cpu", "memory"}); got != nil {
		t.Errorf("with both controllers: %v", got)
	}
}

func TestCallerWithin(t *testing.T) {
	const base = "/user.slice/user-1000.slice/user@1000.service/app.slice/"
	app, none := discord(), catalog.App{ID: "ls"}
	ofAll := catalog.App{ID: "ls", Limits: []catalog.Limit{{Name: "MemoryMax", Amount: share(25), From: "memory", Default: true}}}
	for _, test := range []struct {
		name  string
		group cgroup.Group
		app   catalog.App
		want  bool
	}{
		{"a terminal's scope", base + "app-konsole-3.scope", app, false},
		{"the same app", base + "app-electron.slice/app-discord-3.scope", app, true},
		{"the same app, shared", base + "app-electron.slice/app-electron-discord.slice/app-discord-3.scope", app, true},
		{"another app", base + "app-electron.slice/app-codium-3.scope", app, false},
		{"a scope of Chromium's own", base + "app-discord-3.scope", app, false},
		{"no limits of its own, inside another", base + "app-electron.slice/app-codium-3.scope", none, true},
		{"only those of [defaults], inside another", base + "app-electron.slice/app-codium-3.scope", ofAll, true},
		{"only those of [defaults], outside", base + "app-konsole-3.scope", ofAll, false},
		{"an app without limits, inside another", base + "app-electron.slice/app-codium-3.scope", catalog.App{Key: "web", ID: "web"}, false},
		{"an app with only those of [defaults], inside another", base + "app-electron.slice/app-codium-3.scope", catalog.App{Key: "web", ID: "web", Limits: ofAll.Limits}, false},
		{"an app without limits, inside itself", base + "app-electron.slice/app-web-3.scope", catalog.App{Key: "web", ID: "web"}, true},
		{"no limits of its own, outside", base + "app-konsole-3.scope", none, false},
		{"unknown", "", app, false},
	} {
		if got := (Caller{Group: test.group}).within(test.app, "app-electron.slice"); got != test.want {
			t.Errorf("%s: within = %v", test.name, got)
		}
	}
}
