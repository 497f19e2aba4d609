package cli

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher"
	"electroscope/launcher/cgroup"
)

func TestScopes(t *testing.T) {
	sys := t.TempDir()
	const manager = "/user.slice/user@1.service"
	for _, dir := range []string{
		manager + "/init.scope", manager + "/app.slice/dbus.service", manager + "/app.slice/app-electron.slice/app-chat-7.scope/below.scope",
		manager + "/app.slice/app-electron.slice/app-chat-8.scope", "/user.slice/user@2.service/app.slice/app-electron.slice/app-chat-9.scope",
	} {
		if err := os.MkdirAll(filepath.Join(sys, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	got, known := scopes(sys, launcher.Delegation{Group: manager})
	slices.Sort(got)
	want := []cgroup.Group{
		manager + "/app.slice/app-electron.slice/app-chat-7.scope", manager + "/app.slice/app-electron.slice/app-chat-8.scope", manager + "/init.scope",
	}
	if diff := cmp.Diff(want, got); diff != "" || !known {
		t.Errorf("known %v (-want +got):\n%s", known, diff)
	}
	for _, d := range []launcher.Delegation{{}, {Group: "/user.slice/user@3.service"}, {Group: "/../elsewhere"}} {
		if list, known := scopes(sys, d); known {
			t.Errorf("%q: %v is all there is", d.Group, list)
		}
	}
}
