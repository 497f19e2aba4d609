package catalog_test

import (
	"strings"
	"testing"

	"electroscope"
	"electroscope/launcher/catalog"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
)

// FuzzApp: no text makes reading panic or loop, and what a launch finds in the excerpt of
// a catalogue is what is in the whole of it.
func FuzzApp(f *testing.F) {
	f.Add(electroscope.Apps, "", "discord")
	f.Add("[apps.a]\nnames = [\"me\"]\n[apps.b]\nnote = '''\n[apps.a]\n'''\n", "apps.c.names = ['me']", "me")
	f.Add("[apps]\na.heap = '1G'\n[ \"apps\" . b ] # c\nswitches = [\n['x'],\n]\n", "[[apps.a]]\n", "a")
	f.Add("[\"\\u0061pps\".a]\nnames = [\"\\u0062\"]\n[defaults]\nheap = \"9G\"", "[apps.a.limits]\r\nMemoryMax=1\r\n", "b")
	f.Add("[apps.a]\nheap = '1G'\n", "[apps.b]\nnote = '''\n'''\n[apps.a]\nnames = ['me']\n", "me")
	f.Fuzz(func(t *testing.T, low, high, name string) {
		env := environment{"XDG_CONFIG_DIRS": "/none", "ELECTROSCOPE_SET": high}
		layers := catalog.ReadLayers(env.get, low)
		s, mistakes, ok := layers.App(name)
		all, allMistakes := layers.All()
		for _, key := range catalog.Keys() {
			layers.Origin(s.App.Key, key.Name)
		}
		for _, m := range append(mistakes, allMistakes...) {
			if m.Error() == "" || m.Line < 0 || (m.Line == 0) != (m.Col == 0) {
				t.Errorf("mistake %+v", m)
			}
		}
		if !decodes(low) || !decodes(high) {
			layers.Names()
			return // a mistake in what was cut goes unseen
		}
		if diff := cmp.Diff(namesOf(all), layers.Names()); diff != "" {
			t.Errorf("names: %s", diff)
		}
		checkWhole(t, layers, name)
		if s, _ := layers.Default(); !cmp.Equal(s.App, all.Defaults) {
			t.Errorf("defaults: %s", cmp.Diff(all.Defaults, s.App))
		}
		for _, app := range all.Apps {
			if ok && app.Key == s.App.Key && !cmp.Equal(app, s.App) {
				t.Errorf("App(%q): %s", name, cmp.Diff(app, s.App))
			}
		}
		if found := answering(all, name); ok != (len(found) > 0) || ok && !strings.Contains("\x00"+strings.Join(found, "\x00")+"\x00", "\x00"+s.App.Key+"\x00") {
			t.Errorf("App(%q) is %q, %v; among all it is %q", name, s.App.Key, ok, found)
		}
	})
}

// checkWhole holds what the layers decoded as a whole say against what each question decodes.
func checkWhole(t *testing.T, layers catalog.Layers, name string) {
	whole := layers.Whole()
	s, mistakes, ok := layers.App(name)
	again, same, found := whole.App(name)
	if ok != found || !cmp.Equal(s, again) || !cmp.Equal(mistakes, same) {
		t.Errorf("App(%q): %s%s", name, cmp.Diff(s, again), cmp.Diff(mistakes, same))
	}
	for _, key := range catalog.Keys() {
		if o, w := layers.Origin(s.App.Key, key.Name), whole.Origin(s.App.Key, key.Name); o != w {
			t.Errorf("Origin(%q, %q): %s", s.App.Key, key.Name, cmp.Diff(o, w))
		}
	}
	all, mistakes := layers.All()
	for range 2 {
		if again, same := whole.All(); !cmp.Equal(all, again) || !cmp.Equal(mistakes, same) {
			t.Errorf("All: %s%s", cmp.Diff(all, again), cmp.Diff(mistakes, same))
		}
	}
}

func namesOf(all catalog.Catalog) []string {
	var list []string
	for _, app := range all.Apps {
		list = append(list, app.Names...)
	}
	return list
}

// answering lists the apps with that name, or else the one with that key.
func answering(all catalog.Catalog, name string) []string {
	var named, keyed []string
	for _, app := range all.Apps {
		if app.Key == name {
			keyed = append(keyed, app.Key)
		}
		for _, n := range app.Names {
			if n == name {
				named = append(named, app.Key)
			}
		}
	}
	if named != nil {
		return named
	}
	return keyed
}

func decodes(text string) bool {
	var any map[string]any
	if strings.Contains(text, "\x00") || strings.Count(text, "[")+strings.Count(text, "{") > 400 || strings.Count(text, ".") > 400 {
		return false
	}
	_, err := toml.Decode(text, &any)
	return err == nil
}
