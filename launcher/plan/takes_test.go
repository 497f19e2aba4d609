package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/engine"
)

func TestTakes(t *testing.T) {
	for name, test := range map[string]struct {
		word     chromium.Runtime // in apps.toml
		byUser   bool
		seen     chromium.Runtime
		forwards bool
		args     []string
		want     selection
	}{
		"seen, as the catalogue says":                    {word: chromium.Electron, seen: chromium.Electron, want: everything},
		"seen, and the catalogue has another word":       {word: chromium.Electron, seen: chromium.Chromium, want: everything},
		"libcef.so beside it":                            {word: chromium.CEF, seen: chromium.CEF, want: everything},
		"spotify-launcher: examined, and no Chromium":    {word: chromium.CEF, seen: chromium.Native, want: nothing},
		"no Chromium, whatever the user calls it":        {word: chromium.Electron, byUser: true, seen: chromium.Native, want: nothing},
		"not examined, the shipped catalogue's word":     {word: chromium.Electron, want: literal},
		"not examined, the user's word":                  {word: chromium.Electron, byUser: true, want: everything},
		"native by the catalogue's word":                 {word: chromium.Native, byUser: true, want: nothing},
		"an editor that runs already":                    {word: chromium.Electron, seen: chromium.Electron, forwards: true, want: nothing},
		"an AppImage's own option":                       {word: chromium.Electron, byUser: true, args: []string{"x", "--appimage-extract-and-run"}, want: nothing},
		"another option that looks like it, not at once": {word: chromium.Electron, byUser: true, args: []string{"--no-appimage-x"}, want: everything},
	} {
		t.Run(name, func(t *testing.T) {
			f := Facts{Args: test.args, SetByUser: func(key string) bool { return key == "runtime" && test.byUser }}
			st := SwitchFacts{Engine: engine.Knowledge{Engine: engine.Engine{Runtime: test.seen}}, Forwards: test.forwards}
			got, notes := f.takes(catalog.App{Runtime: test.word}, st)
			if got != test.want {
				t.Errorf("takes %d, want %d", got, test.want)
			}
			if told := len(notes) > 0; told != (got != everything && test.word != chromium.Native) {
				t.Errorf("notes %v", notes)
			}
		})
	}
}

// An AppImage is not said to have been examined in vain: why is known.
func TestTakesAppImage(t *testing.T) {
	f := Facts{SetByUser: func(string) bool { return false }}
	f.Program.Path = "/opt/Chat.AppImage"
	st := SwitchFacts{Engine: engine.Knowledge{Engine: engine.Engine{AppImage: true}}}
	got, notes := f.takes(catalog.App{Runtime: chromium.Electron}, st)
	want := "/opt/Chat.AppImage is an AppImage, whose content is not read: it gets the heap, switches and features that your own apps.toml spells out, and no others (if it is built on Chromium: runtime = \"electron\" in your apps.toml)"
	if got != literal || len(notes) != 1 || notes[0].String() != want {
		t.Errorf("takes %d, %q, want %q", got, notes, want)
	}
}

// TestTakesOf: of a program that could not be examined nobody but the user knows what
// it takes.
func TestTakesOf(t *testing.T) {
	yes := true
	shipped := catalog.Settings{
		App: catalog.App{Heap: 1 << 30, Switches: []string{"--a"}, EnableFeatures: []string{"B"}, DisableFeatures: []string{"C"}, GPU: catalog.GPU{Raster: &yes}},
		GPU: catalog.GPU{ZeroCopy: &yes},
	}
	all := func(string) bool { return true }
	none := func(string) bool { return false }
	want := shipped
	if diff := cmp.Diff(want, everything.of(shipped, none)); diff != "" {
		t.Errorf("everything: %s", diff)
	}
	want.App.GPU, want.GPU = catalog.GPU{}, catalog.GPU{}
	if diff := cmp.Diff(want, literal.of(shipped, all)); diff != "" {
		t.Errorf("the user's: %s", diff)
	}
	if diff := cmp.Diff(catalog.Settings{}, literal.of(shipped, none)); diff != "" {
		t.Errorf("the catalogue's: %s", diff)
	}
	heap := func(key string) bool { return key == "heap" }
	if got := literal.of(shipped, heap).App; got.Heap != 1<<30 || got.Switches != nil {
		t.Errorf("the user's heap: %+v", got)
	}
}
