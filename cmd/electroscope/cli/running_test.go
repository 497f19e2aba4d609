package cli

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
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

func TestIsScopeOf(t *testing.T) {
	chat, own := catalog.App{ID: "org.example.Chat"}, catalog.App{ID: "chat", Slice: "talk"}
	for _, test := range []struct {
		app   catalog.App
		group cgroup.Group
		want  bool
	}{
		{chat, "/user@1.service/app.slice/app-electron.slice/app-org.example.Chat-42.scope", true},
		{chat, "/user@1.service/app.slice/app-electron.slice/app-electron-chat.slice/app-org.example.Chat-42.scope", true},
		{chat, "/user@1.service/background.slice/background-electron.slice/app-org.example.Chat-42.scope", true},
		{chat, "/user@1.service/app.slice/app-electron.slice/app-org.example.Chatty-42.scope", false},
		{chat, "/user@1.service/app.slice/app-org.example.Chat-42.scope", false}, // somebody else's
		{chat, "/user@1.service/app.slice/app-electron.slice/app-org.example.Chat-42.scope/below", false},
		{chat, "/user@1.service/app.slice/app-electron.slice", false},
		{own, "/user@1.service/talk.slice/app-chat-42.scope", true},
		{own, "/user@1.service/app.slice/app-electron.slice/app-chat-42.scope", false},
	} {
		if got := isScopeOf(test.group, test.app); got != test.want {
			t.Errorf("%q: %v", test.group, got)
		}
	}
}
