package newapp

import (
	"slices"
	"testing"

	"electroscope/desktop/entry"
	"electroscope/launcher/catalog"
)

// Whatever an entry starts, its table says the same, word for word.
func FuzzFromEntry(f *testing.F) {
	for _, exec := range []string{"slack %U", `"/a b" --x="%f" %i`, `env A=1 "B=\\"" wine C:\\\\x.exe`, `sh -c "cd /opt && ./app \\"\\$@\\""`, "flatpak run org.x", "/snap/bin/x"} {
		f.Add("com.slack.Slack", "Slack", exec)
	}
	f.Fuzz(func(t *testing.T, id, name, exec string) {
		e, err := entry.Parse("[Desktop Entry]\nName=" + name + "\nExec=" + exec + "\n")
		if err != nil {
			t.Skip("not an entry")
		}
		a, err := FromEntry(id, e)
		if err != nil {
			t.Skip("no command")
		}
		table := a.Table(catalog.Quoted(id))
		all, wrong := catalog.ReadLayers(func(string) string { return "" }, table).All()
		if len(wrong) > 0 || len(all.Apps) != 1 {
			return // a name, a variable or an id that cannot be: the caller tells of it
		}
		got := all.Apps[0]
		if len(a.Exec) > 0 && !slices.Equal(got.Exec, a.Exec) || !slices.Equal(got.Args, a.Args) {
			t.Errorf("%q %q of the entry is %q %q in\n%s", a.Exec, a.Args, got.Exec, got.Args, table)
		}
		for name, value := range a.Env {
			if got.Env[name] != value {
				t.Errorf("%s is %q, not %q, in\n%s", name, got.Env[name], value, table)
			}
		}
	})
}

// Whatever is typed for an address, a table is made or an error given.
func FuzzFromURL(f *testing.F) {
	for _, url := range []string{"https://web.whatsapp.com/a?b#c", "http://[::1]:80/", "https://..", "https://@", "HTTPS://ü.de/~x."} {
		f.Add(url)
	}
	f.Fuzz(func(t *testing.T, url string) {
		a, err := FromURL(url, "chromium", "")
		if err == nil && (a.Key == "" || a.Entry.Name == "" || HostKey(url) == "") {
			t.Errorf("%q: %+v, %q", url, a, HostKey(url))
		}
	})
}
