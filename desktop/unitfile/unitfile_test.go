package unitfile

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/machine"
	"electroscope/launcher/systemd"
)

func TestFlatpak(t *testing.T) {
	const mib = 1 << 20
	limits := []catalog.Limit{
		{Name: "MemoryHigh", Amount: catalog.Amount{Number: 100 * mib, Unit: catalog.Plain}},
		{Name: "MemoryMax", Amount: catalog.Amount{Number: 200 * mib, Unit: catalog.Plain}},
	}
	max := systemd.Property{Name: "MemoryMax", Value: uint64(200 * mib)}
	high := systemd.Property{Name: "MemoryHigh", Value: uint64(100 * mib)}
	group := systemd.Property{Name: "Slice", Value: "app-electron.slice"}
	for _, test := range []struct {
		app     catalog.App
		machine machine.Machine
		name    string
		want    []systemd.Property
		notes   int
	}{
		{catalog.App{Flatpak: "com.example.App", Limits: limits}, machine.Machine{Swap: 1 << 30}, "com.example.App", []systemd.Property{group, high, max}, 0},
		{catalog.App{Flatpak: "com.example.App", Limits: limits}, machine.Machine{}, "com.example.App", []systemd.Property{group, max}, 1},
		{catalog.App{Flatpak: "a.b.with-dash_1", Slice: "app-work", OOMPolicy: "kill"}, machine.Machine{}, `a.b.with\x2ddash_1`,
			[]systemd.Property{{Name: "Slice", Value: "app-work.slice"}, {Name: "OOMPolicy", Value: "kill"}}, 0},
	} {
		u := Flatpak(test.app, test.machine)
		if want := "app-flatpak-" + test.name + "-.scope.d/50-electroscope.conf"; u.Name != want || u.Section != "Scope" || len(u.Notes) != test.notes {
			t.Errorf("%+v, want %s", u, want)
		}
		if diff := cmp.Diff(test.want, u.Properties); diff != "" {
			t.Error(diff)
		}
	}
}

// Whether swap is free at the moment changes nothing: what is written stays so.
func TestGroup(t *testing.T) {
	s := catalog.Settings{Budget: catalog.Budget{
		Memory: catalog.Amount{Number: 6000, Unit: catalog.Share}, CPUs: catalog.Amount{Number: 5000, Unit: catalog.Share},
	}}
	m := machine.Machine{RAM: 10 << 30, Swap: 8 << 30, Threads: 8}
	full := m
	m.FreeSwap = m.Swap
	want := []systemd.Property{{Name: "MemoryHigh", Value: uint64(6 << 30)}, {Name: "CPUQuotaPerSecUSec", Value: uint64(4e6)}}
	for _, m := range []machine.Machine{m, full} {
		if diff := cmp.Diff(want, Group(s, m).Properties); diff != "" {
			t.Error(diff)
		}
	}
}

func TestSnap(t *testing.T) {
	for snap, want := range map[string][]string{
		"spotify":               {"snap.spotify.spotify-"},
		"signal-desktop":        {"snap.signal-desktop.signal-desktop-", `snap.signal\x2ddesktop.signal\x2ddesktop-`},
		"chromium.chromedriver": {"snap.chromium.chromedriver-"},
	} {
		var got []string
		for _, u := range Snap(catalog.App{Snap: snap}, machine.Machine{}) {
			got = append(got, strings.TrimSuffix(u.Name, ".scope.d/50-electroscope.conf"))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", snap, diff)
		}
	}
}

// Limits stand only where no launch of ours can have the name; all else keeps the
// slice that a launch asks for.
func TestEngine(t *testing.T) {
	limits := []catalog.Limit{{Name: "MemoryMax", Amount: catalog.Amount{Number: 1 << 30, Unit: catalog.Plain}}}
	for _, test := range []struct {
		name   string
		app    catalog.App
		want   map[string]string // the unit's prefix, and what it sets
		shared int
	}{
		{"native", catalog.App{ID: "zoom", Runtime: chromium.Native, Limits: limits}, map[string]string{}, 0},
		{"plain id", catalog.App{ID: "discord", Runtime: chromium.Electron, Limits: limits}, map[string]string{
			"app-org.chromium.Chromium-": "app-electron.slice", "app-discord-": "app-electron.slice",
		}, 1},
		{"ids with dashes", catalog.App{ID: "signal", Runtime: chromium.CEF, Limits: limits, Escape: catalog.Escape{IDs: []string{"signal-desktop", "signal"}}}, map[string]string{
			"app-org.chromium.Chromium-": "app-electron.slice", "app-signal-": "app-electron.slice",
			`app-signal\x2ddesktop-`: "app-electron.slice", "app-signal-desktop-": "app-electron.slice MemoryMax",
		}, 1},
		{"a browser", catalog.App{ID: "org.chromium.Chromium", Runtime: chromium.Chromium, Slice: "app-web"}, map[string]string{
			"app-org.chromium.Chromium-": "app-electron.slice", "app-com.google.Chrome-": "app-electron.slice",
		}, 2},
		{"a slice of its own, shared", catalog.App{Key: "my-chat", ID: "chat", Runtime: chromium.Electron, Slice: "app-work", Instances: catalog.Shared}, map[string]string{
			"app-org.chromium.Chromium-": "app-electron.slice", "app-chat-": `app-work-my\x2dchat.slice`,
		}, 1},
		{"no unit name", catalog.App{ID: "ünï", Runtime: chromium.Electron, Limits: limits}, map[string]string{
			"app-org.chromium.Chromium-": "app-electron.slice", `app-\xc3\xbcn\xc3\xaf-`: "app-electron.slice",
		}, 1},
	} {
		got := map[string]string{}
		list, shared := Engine(test.app, machine.Machine{})
		for _, u := range list {
			var words []string
			for _, p := range u.Properties {
				if words = append(words, p.Name); p.Name == "Slice" {
					words[0] = p.Value.(string)
				}
			}
			got[strings.TrimSuffix(u.Name, ".scope.d/50-electroscope.conf")] = strings.Join(words, " ")
		}
		if diff := cmp.Diff(test.want, got); diff != "" || shared != test.shared || len(list) != len(got) {
			t.Errorf("%s: %d shared, %s", test.name, shared, diff)
		}
	}
}
