package install

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestIdentity(t *testing.T) {
	for args, want := range map[string]string{
		"":                          "",
		"%U --new-window https://x": "",
		"--app=https://x/?a=b %U":   "--app=https://x/?a=b",
		"--profile-directory=Default --app-id=aaaa --app-launch-url-for-shortcuts-menu-item=x": "--profile-directory=Default --app-id=aaaa",
		"--user-data-dir /tmp/w --incognito":                                                   "--user-data-dir=/tmp/w",
		"-P work -no-remote":                                                                   "--P=work",
		"-app-id=b":                                                                            "--app-id=b",
		"-- --app=x":                                                                           "",
		"app-id=b app profile":                                                                 "",
		"--profile":                                                                            "--profile=",
		"--appliance=1 --profiler=x":                                                           "",
	} {
		if diff := cmp.Diff(strings.Fields(want), append([]string{}, Identity(strings.Fields(args))...)); diff != "" {
			t.Errorf("%s (-want +got): %s", args, diff)
		}
	}
}

func TestIsInterpreter(t *testing.T) {
	for program, want := range map[string]bool{
		"python3": true, "/usr/bin/python3.11": true, "java": true, "/opt/jdk-21/bin/java": true, "nodejs": true, "electron37": true, "wine64": true,
		"bash": true, "/bin/sh": true, "pypy3": true, "lua5.4": true,
		"chromium": false, "code": false, "/opt/chat/chat": false, "wineglass": false, "javascript-editor": false, "": false, "7z": false,
	} {
		if got := isInterpreter(program); got != want {
			t.Errorf("%q: %v", program, got)
		}
	}
}
