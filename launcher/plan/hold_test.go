package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/wrapper"
)

func TestPlanHold(t *testing.T) {
	guarded := func(env catalog.EscapeEnv) catalog.Escape { return catalog.Escape{Guards: true, Env: env} }
	chat := func(e catalog.Escape) catalog.App {
		return catalog.App{ID: "chat", Runtime: chromium.Electron, Escape: e}
	}
	guards := []string{"app-org.chromium.Chromium-7.scope"}
	families := []string{"app-org.chromium.Chromium-", "app-chat-"}
	for _, test := range []struct {
		name          string
		app           catalog.App
		asks, reaches bool
		want          hold
	}{
		{"the variable arrives", chat(guarded(catalog.EscapeAuto)), true, true, hold{variable: true}},
		{"it may not arrive", chat(guarded(catalog.EscapeAuto)), true, false, hold{true, guards, families}},
		{"always, and it may not arrive", chat(guarded(catalog.EscapeAlways)), true, false, hold{true, guards, families}},
		{"never: the names are all that is left", chat(guarded(catalog.EscapeNever)), true, true, hold{false, guards, families}},
		{"never, and no guards", chat(catalog.Escape{Env: catalog.EscapeNever}), true, true, hold{}},
		{"no guards", chat(catalog.Escape{Env: catalog.EscapeAuto}), true, false, hold{variable: true}},
		{"not built on Chromium", chat(guarded(catalog.EscapeAuto)), false, false, hold{}},
		{"not built on Chromium, but its children are", chat(guarded(catalog.EscapeAlways)), false, false, hold{variable: true}},
	} {
		if diff := cmp.Diff(test.want, planHold(test.app, test.asks, test.reaches, 7, ""), cmp.AllowUnexported(hold{})); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestScopeFamilies(t *testing.T) {
	for _, test := range []struct {
		name    string
		app     catalog.App
		desktop string
		want    []string
	}{
		{"electron", catalog.App{ID: "signal", Runtime: chromium.Electron, Escape: catalog.Escape{IDs: []string{"signal-desktop", "bad id/@"}}}, "", []string{
			"app-org.chromium.Chromium-", "app-signal-", "app-signal-desktop-", `app-signal\x2ddesktop-`, `app-bad\x20id\x2f\x40-`}},
		{"unescaped own id", catalog.App{ID: "teams-for-linux", Runtime: chromium.Electron}, "", []string{
			"app-org.chromium.Chromium-", "app-teams-for-linux-", `app-teams\x2dfor\x2dlinux-`}},
		{"chromium", catalog.App{ID: "chromium", Runtime: chromium.Chromium}, "chromium-browser.desktop", []string{
			"app-org.chromium.Chromium-", "app-com.google.Chrome-", "app-chromium-", "app-chromium-browser-", `app-chromium\x2dbrowser-`}},
		{"native, but seen to be one", catalog.App{ID: "x", Runtime: chromium.Native}, "x.desktop", []string{"app-org.chromium.Chromium-", "app-x-"}},
	} {
		if diff := cmp.Diff(test.want, scopeFamilies(test.app, test.desktop)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestEngine(t *testing.T) {
	whole := wrapper.Chain{Program: "/x"}
	for _, test := range []struct {
		name          string
		Inspection    Inspection
		runtime       chromium.Runtime
		chain         wrapper.Chain
		asks, reaches bool
	}{
		{"by the catalogue's word", Inspection{Large: true}, chromium.Electron, whole, true, true},
		{"an ELF file that is another launcher", Inspection{}, chromium.Electron, whole, true, false},
		{"what it runs is not seen", Inspection{}, chromium.CEF, wrapper.Chain{}, true, false},
		{"a wrapper clears the environment", Inspection{Large: true}, chromium.Chromium, wrapper.Chain{Program: "/x", Drops: []string{wrapper.AllVariables}}, true, false},
		{"a wrapper unsets it", Inspection{Large: true}, chromium.Chromium, wrapper.Chain{Program: "/x", Drops: []string{"A", SandboxVariable}}, true, false},
		{"a wrapper unsets another", Inspection{Large: true}, chromium.Chromium, wrapper.Chain{Program: "/x", Drops: []string{"A"}}, true, true},
		{"native by word, Chromium by Inspection", Inspection{Runtime: chromium.Chromium, Large: true}, chromium.Native, whole, true, true},
		{"native by word and Inspection", Inspection{Runtime: chromium.Native, Large: true}, chromium.Native, whole, false, true},
		{"native, not looked at", Inspection{}, chromium.Native, whole, false, false},
	} {
		app := catalog.App{Runtime: test.runtime}
		asks, reaches := test.Inspection.asks(app), test.Inspection.reaches(test.chain)
		if asks != test.asks || reaches != test.reaches {
			t.Errorf("%s: asks %t, reaches %t", test.name, asks, reaches)
		}
		if said := len(test.Inspection.contradicts(app)) > 0; said != (asks && test.runtime == chromium.Native) {
			t.Errorf("%s: a remark: %t", test.name, said)
		}
	}
}
