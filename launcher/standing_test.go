package launcher

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/machine"
	"electroscope/launcher/manager"
)

func TestFlatpakUnit(t *testing.T) {
	const mib = 1 << 20
	limits := []catalog.Limit{
		{Name: "MemoryHigh", Amount: catalog.Amount{Number: 100 * mib, Unit: catalog.Plain}},
		{Name: "MemoryMax", Amount: catalog.Amount{Number: 200 * mib, Unit: catalog.Plain}},
	}
	max := manager.Property{Name: "MemoryMax", Value: uint64(200 * mib)}
	high := manager.Property{Name: "MemoryHigh", Value: uint64(100 * mib)}
	group := manager.Property{Name: "Slice", Value: "app-electron.slice"}
	for _, test := range []struct {
		app     catalog.App
		machine machine.Machine
		name    string
		want    []manager.Property
		notes   int
	}{
		{catalog.App{Flatpak: "com.example.App", Limits: limits}, machine.Machine{Swap: 1 << 30}, "com.example.App", []manager.Property{group, high, max}, 0},
		{catalog.App{Flatpak: "com.example.App", Limits: limits}, machine.Machine{}, "com.example.App", []manager.Property{group, max}, 1},
		{catalog.App{Flatpak: "a.b.with-dash_1", Slice: "app-work", OOMPolicy: "kill"}, machine.Machine{}, `a.b.with\x2ddash_1`,
			[]manager.Property{{Name: "Slice", Value: "app-work.slice"}, {Name: "OOMPolicy", Value: "kill"}}, 0},
	} {
		u := FlatpakUnit(test.app, test.machine)
		if want := "app-flatpak-" + test.name + "-.scope.d/50-electroscope.conf"; u.Name != want || u.Section != "Scope" || len(u.Notes) != test.notes {
			t.Errorf("%+v, want %s", u, want)
		}
		if diff := cmp.Diff(test.want, u.Properties); diff != "" {
			t.Error(diff)
		}
	}
}

// Whether swap is free at the moment changes nothing: what is written stays so.
func TestGroupUnit(t *testing.T) {
	s := catalog.Settings{Budget: catalog.Budget{
		Memory: catalog.Amount{Number: 6000, Unit: catalog.Share}, CPUs: catalog.Amount{Number: 5000, Unit: catalog.Share},
	}}
	m := machine.Machine{RAM: 10 << 30, Swap: 8 << 30, Threads: 8}
	full := m
	m.FreeSwap = m.Swap
	want := []manager.Property{{Name: "MemoryHigh", Value: uint64(6 << 30)}, {Name: "CPUQuotaPerSecUSec", Value: uint64(4e6)}}
	for _, m := range []machine.Machine{m, full} {
		if diff := cmp.Diff(want, GroupUnit(s, m).Properties); diff != "" {
			t.Error(diff)
		}
	}
}
