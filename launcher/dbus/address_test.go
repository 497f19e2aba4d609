package dbus

import (
	"slices"
	"testing"
)

func TestSockets(t *testing.T) {
	for address, want := range map[string][]string{
		"":                            nil,
		"unix:path=/run/user/1/bus":   {"/run/user/1/bus"},
		"unix:guid=1,path=/a%20b,x=y": {"/a b"},
		"tcp:host=localhost,port=1;unix:abstract=/tmp/x,guid=1;unix:path=/b": {"@/tmp/x", "/b"},
		"unix:runtime=yes":     nil,
		"unix:path=/100%":      {"/100%"},
		"unix:path=/%zz%2":     {"/%zz%2"},
		"autolaunch:;nonsense": nil,
	} {
		if got := Sockets(address); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

func TestSessionAddress(t *testing.T) {
	for set, want := range map[string]string{
		"":                          "unix:path=/run/user/7/bus",
		"unix:path=/tmp/b,guid=1":   "unix:path=/tmp/b,guid=1",
		"tcp:host=localhost,port=1": "tcp:host=localhost,port=1",
	} {
		if got := SessionAddress(func(string) string { return set }, "/run/user/7"); got != want {
			t.Errorf("%q: %q, want %q", set, got, want)
		}
	}
}
