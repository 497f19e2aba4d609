package plan

import (
	"slices"
	"strings"
	"testing"

	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
	"electroscope/launcher/machine"
	"electroscope/launcher/systemd"

	"github.com/google/go-cmp/cmp"
)

// TestIdleOfEveryLimit: a limit whose controller is not there is named, with the controller.
func TestIdleOfEveryLimit(t *testing.T) {
	var all []systemd.Property
	for _, l := range limit.All() {
		p := systemd.Property{Name: l.Property, Value: l.Value(1)}
		all = append(all, p)
		want := []Note{{
			Failure: true, Without: l.Name,
			Text:   "this user's manager is not given the cgroup controller " + l.Controller,
			Remedy: "see Delegate= of user@.service",
		}}
		others := slices.DeleteFunc([]string{"cpu", "io", "memory", "pids"}, func(c string) bool { return c == l.Controller })
		if diff := cmp.Diff(want, Idle([]systemd.Property{p}, others)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", l.Name, diff)
		}
		if notes := Idle([]systemd.Property{p}, []string{l.Controller}); notes != nil {
			t.Errorf("%s: %v", l.Name, notes)
		}
	}
	all = append(all, systemd.Property{Name: "TasksMaxScale", Value: uint32(1)}, systemd.Property{Name: "OOMPolicy", Value: "stop"})
	notes := Idle(all, []string{"memory"})
	if len(notes) != 1 || notes[0].Without != "TasksMax, CPUQuota, CPUWeight, IOWeight" || !strings.HasSuffix(notes[0].Text, " pids, cpu, io") {
		t.Errorf("of all: %v", notes)
	}
}

// hundredths are an amount that may be less than a percent.
func hundredths(n uint64) catalog.Amount { return catalog.Amount{Number: n, Unit: catalog.Share} }

// TestTooLittleMemory: a share of this machine's RAM in which no program can live costs that limit,
// not the launch.
func TestTooLittleMemory(t *testing.T) {
	high := catalog.Limit{Name: "MemoryHigh", Amount: hundredths(1), From: "memory"}
	for _, test := range []struct {
		name   string
		limits []catalog.Limit
		ram    uint64
		want   []string // the properties
		spoken string
		fault  bool
	}{
		{"enough", []catalog.Limit{{Name: "MemoryMax", Amount: share(25)}}, 8 * gib, []string{"MemoryMax"}, "", false},
		{"too little", []catalog.Limit{{Name: "MemoryMax", Amount: hundredths(1)}}, 8 * gib, nil,
			`x runs without MemoryMax: 0.01% of the RAM is 838.86K, in which no program can live (give it 16M or more)`, true},
		{"a small machine", []catalog.Limit{{Name: "MemoryMax", Amount: share(1)}}, gib, nil,
			`x runs without MemoryMax: 1% of the RAM is 10.24M, in which no program can live (give it 16M or more)`, true},
		{"what follows", []catalog.Limit{high, {Name: "MemoryMax", Amount: share(25)}}, gib, []string{"MemoryMax"}, "", false},
		{"RAM not known", []catalog.Limit{{Name: "MemoryMax", Amount: share(25)}}, 0, nil,
			`x runs without MemoryMax: 25% of the RAM is not known: the kernel does not tell how much there is (give it as a size)`, true},
		{"a floor may be low", []catalog.Limit{{Name: "MemoryMin", Amount: hundredths(1)}}, gib, []string{"MemoryMin"}, "", false},
	} {
		list, notes := Limits(catalog.App{Limits: test.limits, MemoryHighWithoutSwap: catalog.KeepHigh}, machine.Machine{RAM: test.ram, FreeSwap: gib})
		var names []string
		for _, p := range list {
			names = append(names, p.Name)
		}
		if diff := cmp.Diff(test.want, names); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
		if got := Summary("x", notes); got != test.spoken || len(Failures(notes)) > 0 != test.fault {
			t.Errorf("%s: %q, %d faults", test.name, got, len(Failures(notes)))
		}
	}
}

// TestBudgetOfNothing: nor does it stop all apps together.
func TestBudgetOfNothing(t *testing.T) {
	list, notes := Budget(catalog.Budget{Memory: hundredths(1)}, catalog.App{}, machine.Machine{RAM: gib, FreeSwap: gib})
	if len(list) != 0 || len(notes) != 1 || !notes[0].Failure || notes[0].Without != "the group's MemoryHigh" {
		t.Errorf("%v, %v", list, notes)
	}
}

// TestBudgetQuota: a share that somebody gave holds as it is, and otherwise two threads are left.
func TestBudgetQuota(t *testing.T) {
	auto := catalog.Amount{Unit: catalog.Auto}
	for _, test := range []struct {
		share   catalog.Amount
		threads int
		want    uint64 // none: no limit
	}{
		{auto, 1, 2_000_000}, {auto, 2, 2_000_000}, {auto, 3, 2_000_000}, {auto, 4, 2_000_000}, {auto, 5, 2_500_000}, {auto, 8, 4_000_000}, {auto, 64, 32_000_000},
		{share(50), 1, 500_000}, {share(50), 2, 1_000_000}, {share(100), 1, 1_000_000}, {share(25), 8, 2_000_000},
		{catalog.Amount{Unit: catalog.Infinity}, 8, 0}, {catalog.Amount{}, 8, 0},
	} {
		list, notes := Budget(catalog.Budget{CPUs: test.share}, catalog.App{}, machine.Machine{RAM: gib, Threads: test.threads})
		var want []systemd.Property
		if test.want > 0 {
			want = []systemd.Property{{Name: "CPUQuotaPerSecUSec", Value: test.want}}
		}
		if diff := cmp.Diff(want, list); diff != "" || len(notes) > 0 {
			t.Errorf("%+v of %d threads: -want +got\n%s%v", test.share, test.threads, diff, notes)
		}
	}
}

// TestFollowingHighIsLeftOutInSilence: nobody asked for the MemoryHigh of memory = "5G", so there
// is no line about it at each launch. It is told to those who ask.
func TestFollowingHighIsLeftOutInSilence(t *testing.T) {
	limits := []catalog.Limit{{Name: "MemoryHigh", Amount: catalog.Amount{Number: 4 * gib, Unit: catalog.Plain}, From: "memory"}, plain("MemoryMax", 5*gib)}
	_, notes := Limits(catalog.App{Limits: limits}, machine.Machine{RAM: 16 * gib})
	if got := Summary("x", notes); got != "" || len(notes) != 1 || !strings.HasPrefix(notes[0].String(), "MemoryHigh is left out: too little free swap") {
		t.Errorf("spoken %q of %v", got, notes)
	}
	limits[0].From = ""
	_, notes = Limits(catalog.App{Limits: limits}, machine.Machine{RAM: 16 * gib})
	if got := Summary("x", notes); !strings.HasPrefix(got, "x runs without MemoryHigh: ") {
		t.Errorf("of one that was asked for: %q", got)
	}
}
