package baseline

import (
	"slices"
	"testing"

	"electroscope/monitor"
	"electroscope/monitor/budget"
)

const mebi = 1 << 20

func TestSaved(t *testing.T) {
	unknown := monitor.Figure{}
	for _, test := range []struct {
		before, now monitor.Figure
		saved       int64
		known       bool
	}{
		{monitor.Known(300), monitor.Known(100), 200, true},
		{monitor.Known(100), monitor.Known(300), -200, true},
		{monitor.Known(0), monitor.Known(0), 0, true},
		{unknown, monitor.Known(300), 0, false},
		{monitor.Known(300), unknown, 0, false},
		{unknown, unknown, 0, false},
	} {
		c := Change{Before: test.before, Now: test.now}
		if saved, known := c.Saved(); saved != test.saved || known != test.known || c.Size() != uint64(max(saved, -saved)) {
			t.Errorf("%+v: %d, %v, size %d", test, saved, known, c.Size())
		}
	}
}

// row is the change of that name.
func row(t *testing.T, list []Change, name string) Change {
	t.Helper()
	i := slices.IndexFunc(list, func(c Change) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("there is no row %q", name)
	}
	return list[i]
}

func TestCompare(t *testing.T) {
	before, now := small(), small()
	before.Categories = append(before.Categories, Category{Name: "earlier", Memory: monitor.Known(7)})
	now.Categories = []Category{{Name: budget.Apps, Memory: monitor.Known(2 << 30), Processes: 9, Swapped: 50}, {Name: "later", Memory: monitor.Known(8)}}
	now.Used, now.Zram, now.RAM = monitor.Figure{}, nil, monitor.Known(8<<30)
	c := Compare(before, now, budget.Targets{Idle: 3 << 30, Work: 7 << 30})

	apps := row(t, c.Categories, budget.Apps)
	if saved, _ := apps.Saved(); saved != -1<<30 || apps.SwappedBefore != 5 || apps.SwappedNow != 50 || apps.ProcessesBefore != 7 || apps.ProcessesNow != 9 {
		t.Errorf("apps: %+v", apps)
	}
	if plan := row(t, c.Categories, budget.Sound).Plan; plan == nil || plan.Idle != 50*mebi || plan.WorkMost != 100*mebi {
		t.Errorf("the plan of sound: %+v", plan)
	}
	if plan := row(t, c.Categories, budget.Other).Plan; plan != nil {
		t.Errorf("the plan has something of others: %+v", plan)
	}
	for _, name := range []string{budget.Sound, budget.Kernel, "earlier", "later"} {
		if _, known := row(t, c.Categories, name).Saved(); known {
			t.Errorf("what %s saved is known", name)
		}
	}
	if used := row(t, c.Whole, "RAM in use"); used.Now.IsKnown() || used.Plan.Work != 7<<30 {
		t.Errorf("in use: %+v", used)
	}
	if z := row(t, c.Whole, "RAM of zram"); z.Before.IsKnown() || z.Now != monitor.Known(0) {
		t.Errorf("zram: %+v", z)
	}
	now.Zram, before.Zram = nil, nil
	if slices.ContainsFunc(Compare(before, now, budget.Targets{}).Whole, func(c Change) bool { return c.Name == "RAM of zram" }) {
		t.Error("a row for zram, which neither has")
	}
}

// TestParts: each way that a part of Plasma can stand to the plan.
func TestParts(t *testing.T) {
	record := func(programs ...budget.Program) Record { return Record{Programs: programs, Processes: 9} }
	hidden := Record{Processes: 9, Hidden: true}
	kwin := func(n uint64) budget.Program { return budget.Program{Name: "kwin_wayland", Memory: n * mebi} }
	for _, test := range []struct {
		before, now Record
		want        []Verdict
	}{
		{record(kwin(300)), record(kwin(150)), []Verdict{AsExpected}},
		{record(kwin(300)), record(kwin(200)), []Verdict{AsExpected}},
		{record(kwin(300)), record(kwin(201)), []Verdict{Above}},
		{record(), record(kwin(40)), []Verdict{AsExpected}},
		{record(kwin(300)), record(), []Verdict{NotThere}},
		{record(kwin(300)), hidden, []Verdict{Unknown}},
		{record(kwin(300)), Record{}, []Verdict{Unknown}},
		{hidden, record(kwin(150)), []Verdict{AsExpected}},
		{record(), record(), nil},
		{record(), record(kwin(1), budget.Program{Name: "plasmashell", Memory: 900 * mebi}, budget.Program{Name: "baloo_file", Memory: 1}), []Verdict{AsExpected, Above, AsExpected}},
	} {
		var got []Verdict
		for _, p := range parts(test.before, test.now) {
			got = append(got, p.Verdict)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%v and %v: %q", test.before.Programs, test.now.Programs, got)
		}
	}
}

func TestPrograms(t *testing.T) {
	p := func(name, category string, n uint64) budget.Program {
		return budget.Program{Name: name, Category: category, Memory: n * mebi, Processes: 1}
	}
	before := Record{Processes: 4, Programs: []budget.Program{p("discord", budget.Apps, 900), p("node", budget.Dev, 50), p("node", budget.Services, 50), p("same", budget.Other, 9)}}
	now := Record{Processes: 4, Programs: []budget.Program{p("discord", budget.Apps, 400), p("firefox", budget.Browser, 600), p("node", budget.Services, 60), p("same", budget.Other, 9)}}
	var got []string
	for _, c := range programs(before, now) {
		got = append(got, c.Name)
	}
	if want := []string{"firefox", "discord", "node"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Only(before, now); got != nil {
		t.Errorf("only before: %q", got)
	}
	if got := Only(now, before); !slices.Equal(got, []string{"firefox"}) {
		t.Errorf("only now: %q", got)
	}
	before.Unread = 1
	if got := programs(before, now); len(got) != 2 || Only(now, before) != nil {
		t.Errorf("firefox may have run before: %+v, %q", got, Only(now, before))
	}
	before.Unread = 0
	for i := range 2 * mostPrograms {
		now.Programs = append(now.Programs, p(string(rune('a'+i)), budget.Other, 100))
	}
	if got := programs(before, now); len(got) != mostPrograms {
		t.Errorf("%d programs", len(got))
	}
}
