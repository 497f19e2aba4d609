package xdg

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFolders(t *testing.T) {
	type env = map[string]string
	for _, tt := range []struct {
		env  env
		get  func(Env) string
		want string
	}{
		{env{"HOME": "/h"}, Env.ConfigHome, "/h/.config"},
		{env{"HOME": "/h/"}, Env.DataHome, "/h/.local/share"},
		{env{"HOME": "/h"}, Env.StateHome, "/h/.local/state"},
		{env{"HOME": "/h"}, Env.CacheHome, "/h/.cache"},
		{env{"HOME": "/h"}, Env.BinHome, "/h/.local/bin"},
		{env{"HOME": "/h", "XDG_CONFIG_HOME": "/c//d/"}, Env.ConfigHome, "/c/d"},
		{env{"HOME": "/h", "XDG_CONFIG_HOME": ""}, Env.ConfigHome, "/h/.config"},
		{env{"HOME": "/h", "XDG_CONFIG_HOME": "c"}, Env.ConfigHome, "/h/.config"},
		{env{"HOME": "h", "XDG_CONFIG_HOME": "c"}, Env.ConfigHome, ""},
		{env{"HOME": "h"}, Env.Home, ""},
		{env{"XDG_CACHE_HOME": "/c"}, Env.CacheHome, "/c"},
		{env{}, Env.CacheHome, ""},
		{env{}, Env.BinHome, ""},
		{env{"HOME": "/h"}, Env.RuntimeDir, ""},
		{env{"XDG_RUNTIME_DIR": "/run/user/1/"}, Env.RuntimeDir, "/run/user/1"},
		{env{"XDG_RUNTIME_DIR": "run"}, Env.RuntimeDir, ""},
	} {
		if got := tt.get(func(name string) string { return tt.env[name] }); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.env, got, tt.want)
		}
	}
}

func TestLists(t *testing.T) {
	for text, want := range map[string][]string{
		"":                      {"/etc/xdg"},
		"/a:/b":                 {"/a", "/b"},
		"/a/:b::/a:../c:/d/../": {"/a", "/"},
		"b:.":                   nil,
	} {
		got := Env(func(name string) string { return map[string]string{"XDG_CONFIG_DIRS": text}[name] }).ConfigDirs()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: -want +got\n%s", text, diff)
		}
	}
	if got := Env(func(string) string { return "" }).DataDirs(); !cmp.Equal(got, []string{"/usr/local/share", "/usr/share"}) {
		t.Errorf("%q", got)
	}
}
