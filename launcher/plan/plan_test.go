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
	"electroscope/launcher/program"
	"electroscope/launcher/systemd"
	"electroscope/launcher/wrapper"
)

const manager = "/user.slice/user-1000.slice/user@1000.service/app.slice/"

// chatFacts are those of an Electron app that starts from a terminal.
func chatFacts(change func(*Facts)) Facts {
	f := Facts{
		Settings:   catalog.Settings{App: catalog.App{Key: "chat", ID: "chat", Runtime: chromium.Electron, Limits: []catalog.Limit{plain("MemoryMax", gib)}}},
		Program:    program.Target{Path: "/bin/chat", Chain: wrapper.Chain{Program: "/lib/chat", Execs: true}},
		Inspection: Inspection{Large: true},
		Argv0:      "/bin/chat", Args: []string{"--its", "own"}, PID: 42,
		Caller:    Caller{Group: manager + "app-konsole-3.scope"},
		Machine:   machine.Machine{RAM: 16 * gib, Swap: 16 * gib, FreeSwap: 16 * gib, Threads: 8},
		Env:       func(string) (string, bool) { return "", false },
		SetByUser: func(string) bool { return true },
		Left:      func([]cgroup.Group) []LeftLimit { return nil },
		Switches:  func(catalog.App) SwitchFacts { return electron43() },
	}
	f.Settings.App.Escape = catalog.Escape{Guards: true, Env: catalog.EscapeAuto}
	if change != nil {
		change(&f)
	}
	return f
}

// TestDecide: what a launch sends is what the plan says, it is sent before anything is
// read for the switches, and nothing is read that is not needed.
func TestDecide(t *testing.T) {
	max, _ := limit.ByProperty("MemoryMax")
	for _, test := range []struct {
		name           string
		change         func(*Facts)
		unit, within   string
		left, switches bool // what is read
		notes          int
	}{
		{"an app", nil, "app-chat-42.scope", "", true, true, 0},
		{"from a desktop", func(f *Facts) { f.Caller.Group = manager }, "app-chat-42.scope", "", false, true, 0},
		{"the same app again", func(f *Facts) { f.Caller.Group = manager + "app-electron.slice/app-chat-3.scope" }, "", "app-chat-3.scope", false, true, 0},
		{"from another app", func(f *Facts) { f.Caller.Group = manager + "app-electron.slice/app-codium-3.scope" }, "app-chat-42.scope", "", false, true, 0},
		{"without limits of its own, from another app", func(f *Facts) {
			f.Caller.Group, f.Settings.App.Limits = manager+"app-electron.slice/app-codium-3.scope", nil
		}, "app-chat-42.scope", "", false, true, 0},
		{"a program outside the catalogue, from an app", func(f *Facts) {
			f.Caller.Group, f.Settings.App.Limits, f.Settings.App.Key = manager+"app-electron.slice/app-codium-3.scope", nil, ""
		}, "", "app-codium-3.scope", false, true, 0},
		{"the same, if its main process may leave", func(f *Facts) {
			f.Caller.Group, f.Settings.App.Limits, f.Large = manager+"app-electron.slice/app-codium-3.scope", nil, false
			f.Settings.App.Key = ""
		}, "app-chat-42.scope", "", false, true, 0},
		{"what keeps it in its scope is taken away", func(f *Facts) {
			f.Caller.Group, f.Settings.App.Limits, f.Settings.App.Unset = manager+"app-electron.slice/app-codium-3.scope", nil, []string{SandboxVariable}
			f.Settings.App.Key = ""
		}, "app-chat-42.scope", "", false, true, 0},
		{"a native program", func(f *Facts) { f.Settings.App.Runtime = chromium.Native }, "app-chat-42.scope", "", true, false, 0},
		{"nobody says what it is", func(f *Facts) { f.Settings.App.Runtime = "" }, "app-chat-42.scope", "", true, false, 0},
		{"seen to be Electron", func(f *Facts) { f.Settings.App.Runtime, f.Inspection.Runtime = "", chromium.Electron }, "app-chat-42.scope", "", true, true, 0},
		{"called native, seen to be Electron", func(f *Facts) {
			f.Settings.App.Runtime, f.Inspection.Runtime = chromium.Native, chromium.Electron
		}, "app-chat-42.scope", "", true, false, 1},
		{"a tighter limit is left", func(f *Facts) {
			f.Left = func([]cgroup.Group) []LeftLimit { return []LeftLimit{{max, 1 << 20, "run-1.scope"}} }
		}, "app-chat-42.scope", "", true, true, 1},
		{"a fault on the way", func(f *Facts) { f.Notes = []Note{{Failure: true, Text: "x"}} }, "app-chat-42.scope", "", true, true, 1},
		{"switched off", func(f *Facts) { f.Settings.App.Disabled = true }, "", "", false, false, 0},
		{"a shell", func(f *Facts) { f.Shell = true }, "app-electroscope-shell-42.scope", "", false, false, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := chatFacts(test.change)
			var order []string
			left, switches := f.Left, f.Switches
			f.Left = func(g []cgroup.Group) []LeftLimit { order = append(order, "left"); return left(g) }
			f.Switches = func(a catalog.App) SwitchFacts { order = append(order, "switches"); return switches(a) }
			var sent systemd.Unit
			p := Decide(f, func(u systemd.Unit) { order = append(order, "scope"); sent = u })
			var want []string
			for _, step := range []struct {
				name string
				is   bool
			}{{"left", test.left}, {"scope", test.unit != ""}, {"switches", test.switches}} {
				if step.is {
					want = append(want, step.name)
				}
			}
			if !slices.Equal(want, order) {
				t.Errorf("order %q, want %q", order, want)
			}
			if diff := cmp.Diff(p.Unit, sent); diff != "" || sent.Name != test.unit || p.Within != test.within || len(p.Notes) != test.notes {
				t.Errorf("sent %q, within %q, %d notes: %s", sent.Name, p.Within, len(p.Notes), diff)
			}
			if diff := cmp.Diff(p, Decide(f, nil), cmp.Comparer(func(a, b limit.Limit) bool { return a.Property == b.Property })); diff != "" {
				t.Errorf("a dry run differs: %s", diff)
			}
			if got := p.Argv; got[0] != "/bin/chat" || got[len(got)-1] != "own" {
				t.Errorf("argv %q", got)
			}
		})
	}
}
