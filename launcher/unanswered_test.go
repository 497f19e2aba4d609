package launcher

import (
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnswering(t *testing.T) {
	dead := surroundings{
		waits: func(path string) bool {
			return path == "/dead" || strings.HasPrefix(path, "/dead/") || path == "/links/electroscope/apps.d/10-work.toml" || path == "/cache/electroscope"
		},
		names: func(dir string) []string {
			if dir == "/links/electroscope/apps.d" {
				return []string{"05-mine.toml", "10-work.toml"}
			}
			return nil
		},
	}
	for name, test := range map[string]struct {
		env, seen, left string // by blanks
	}{
		"nothing waits":        {"HOME=/home/u PATH=/bin:/usr/bin", "HOME=/home/u PATH=/bin:/usr/bin", ""},
		"home":                 {"HOME=/dead/u", "HOME=/dead/u XDG_CACHE_HOME=/dev/null XDG_CONFIG_HOME=/dev/null", "/dead/u/.cache /dead/u/.config"},
		"configuration":        {"XDG_CONFIG_HOME=/dead", "XDG_CONFIG_HOME=/dev/null", "/dead"},
		"a link in apps.d":     {"XDG_CONFIG_HOME=/links", "XDG_CONFIG_HOME=/dev/null", "/links"},
		"a link in the cache":  {"XDG_CACHE_HOME=/cache", "XDG_CACHE_HOME=/dev/null", "/cache"},
		"one of a list":        {"XDG_CONFIG_DIRS=/etc/xdg:/dead/x", "XDG_CONFIG_DIRS=/etc/xdg:/dev/null", "/dead/x"},
		"all of a list":        {"PATH=/dead", "PATH=/dev/null", "/dead"},
		"runtime folder":       {"XDG_RUNTIME_DIR=/dead/run", "XDG_RUNTIME_DIR=", "/dead/run"},
		"a display's name":     {"WAYLAND_DISPLAY=dead", "WAYLAND_DISPLAY=dead", ""},
		"a display's socket":   {"WAYLAND_DISPLAY=/dead/wayland-0", "WAYLAND_DISPLAY=", "/dead/wayland-0"},
		"the current folder":   {"PATH=:/bin", "PATH=:/bin", ""},
		"named twice":          {"XDG_CONFIG_HOME=/dead PATH=/dead:/bin", "PATH=/bin:/dev/null XDG_CONFIG_HOME=/dev/null", "/dead"},
		"relative is not used": {"XDG_CONFIG_HOME=dead", "XDG_CONFIG_HOME=dead", ""},
	} {
		env := strings.Fields(test.env)
		home, _ := lookup(env, "HOME")
		seen, left := answering(env, home, dead)
		sorted := cmp.Transformer("sorted", func(list []string) map[string]bool {
			m := map[string]bool{}
			for _, s := range list {
				m[s] = true
			}
			return m
		})
		if diff := cmp.Diff(strings.Fields(test.seen), seen, sorted); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if got := strings.Join(left, " "); got != test.left {
			t.Errorf("%s: left out %q, want %q", name, got, test.left)
		}
		if strings.Join(env, " ") != test.env {
			t.Errorf("%s: the environment of the app is changed: %q", name, env)
		}
	}
}

func TestAnsweringReadsDefaults(t *testing.T) {
	seen, left := answering(nil, "", surroundings{
		waits: func(path string) bool { return strings.HasPrefix(path, "/etc/xdg") },
		names: func(string) []string { return nil },
	})
	if strings.Join(seen, " ") != "XDG_CONFIG_DIRS=/dev/null" || strings.Join(left, " ") != "/etc/xdg" {
		t.Errorf("%q, left out %q", seen, left)
	}
}

func TestAboutFiles(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("the numbers are those of amd64")
	}
	for call, want := range map[string]bool{
		"257 0xffffff9c 0x1 0x80000 0x0 0x0 0x0 0x7ffe 0x40": true, // openat
		"262 0xffffff9c 0x1 0x2 0x0 0x0 0x0 0x7ffe 0x40":     true, // newfstatat
		"0 0x5 0x1 0x2 0x0 0x0 0x0 0x7ffe 0x40":              true, // read
		"42 0x5 0x1 0x2 0x0 0x0 0x0 0x7ffe 0x40":             true, // connect, to a socket's path
		"45 0x5 0x1 0x2 0x0 0x0 0x0 0x7ffe 0x40":             false,
		"202 0x5 0x1 0x2 0x0 0x0 0x0 0x7ffe 0x40":            false,
		"35 0x5 0x1 0x2 0x0 0x0 0x0 0x7ffe 0x40":             false,
		"59 0x5 0x1 0x2 0x0 0x0 0x0 0x7ffe 0x40":             false,
		"running":                                            false,
		"-1 0x7ffe 0x4000":                                   false,
		"":                                                   false,
	} {
		if got := aboutFiles(call); (got != "") != want {
			t.Errorf("%q: %q", call, got)
		}
	}
}
