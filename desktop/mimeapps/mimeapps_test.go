package mimeapps

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/xdg"
)

const https = "x-scheme-handler/https"

func TestDefault(t *testing.T) {
	here := []string{"firefox", "chromium", "org.kde.falkon"}
	cache := "[MIME Cache]\n" + https + "=gone.desktop;chromium.desktop;firefox.desktop;\n"
	for _, test := range []struct {
		about string
		lists []string
		want  string
	}{
		{"a default", []string{"[Default Applications]\n" + https + "=firefox.desktop\n"}, "firefox"},
		{"of several the first that is there", []string{"[Default Applications]\n" + https + "=gone.desktop;org.kde.falkon.desktop;firefox.desktop;\n"}, "org.kde.falkon"},
		{"the most important list", []string{"[Default Applications]\n" + https + " = firefox.desktop\r\n", "[Default Applications]\n" + https + "=org.kde.falkon.desktop\n"}, "firefox"},
		{"the next if it is not there", []string{"[Default Applications]\n" + https + "=gone.desktop\n", "[Default Applications]\n" + https + "=org.kde.falkon.desktop\n"}, "org.kde.falkon"},
		{"a default before an association", []string{"[Added Associations]\n" + https + "=firefox.desktop\n", "[Default Applications]\n" + https + "=org.kde.falkon.desktop\n"}, "org.kde.falkon"},
		{"an association", []string{"[Added Associations]\n" + https + "=firefox.desktop;\n"}, "firefox"},
		{"another type", []string{"[Default Applications]\nx-scheme-handler/http=firefox.desktop\n"}, "chromium"},
		{"another group", []string{"[Removed Associations]\n" + https + "=firefox.desktop\n"}, "chromium"},
		{"a comment", []string{"[Default Applications]\n#" + https + "=firefox.desktop\n"}, "chromium"},
		{"no list", nil, "chromium"},
	} {
		got := Default(test.lists, []string{cache}, https, func(id string) bool { return slices.Contains(here, id) })
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.about, got, test.want)
		}
	}
	if got := Default(nil, nil, https, func(string) bool { return true }); got != "" {
		t.Errorf("without any list: %q", got)
	}
}

func TestFiles(t *testing.T) {
	env := xdg.Env(func(name string) string {
		return map[string]string{"HOME": "/h", "XDG_CURRENT_DESKTOP": "ubuntu:GNOME:../x", "XDG_CONFIG_DIRS": "/etc/xdg", "XDG_DATA_DIRS": "/usr/share"}[name]
	})
	want := []string{
		"/h/.config/ubuntu-mimeapps.list", "/h/.config/gnome-mimeapps.list", "/h/.config/mimeapps.list",
		"/etc/xdg/ubuntu-mimeapps.list", "/etc/xdg/gnome-mimeapps.list", "/etc/xdg/mimeapps.list",
		"/h/.local/share/applications/ubuntu-mimeapps.list", "/h/.local/share/applications/gnome-mimeapps.list", "/h/.local/share/applications/mimeapps.list",
		"/usr/share/applications/ubuntu-mimeapps.list", "/usr/share/applications/gnome-mimeapps.list", "/usr/share/applications/mimeapps.list",
	}
	if diff := cmp.Diff(want, Files(env)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"/h/.local/share/applications/mimeinfo.cache", "/usr/share/applications/mimeinfo.cache"}, Caches(env)); diff != "" {
		t.Error(diff)
	}
}
