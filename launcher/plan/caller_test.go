package plan

import (
	"testing"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
)

func TestGroupSlice(t *testing.T) {
	const user = "/user.slice/user-1000.slice/user@1000.service/"
	for _, test := range []struct {
		slice string // of the app
		group cgroup.Group
		want  string
	}{
		{"", user + "app.slice/app-gnome-x-1.scope", "app-electron.slice"},
		{"", user + "background.slice/x.scope", "background-electron.slice"},
		{"", user + "background-graphical.slice/x.scope", "background-electron.slice"},
		{"", user + "background.slice/background-graphical.slice/x.scope", "background-electron.slice"},
		{"", user + "backgrounds.slice/x.scope", "app-electron.slice"},
		{"", user + "app.slice/background-x.scope", "app-electron.slice"},
		{"", "", "app-electron.slice"},
		{"app-work", user + "background.slice/x.scope", "app-work.slice"},
	} {
		if got := GroupSlice(catalog.App{Slice: test.slice}, Caller{Group: test.group}); got != test.want {
			t.Errorf("from %s: %s, want %s", test.group, got, test.want)
		}
	}
}
