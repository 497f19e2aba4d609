package monitor

import (
	"testing"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
)

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
		if got := IsScopeOf(test.group, test.app); got != test.want {
			t.Errorf("%q: %v", test.group, got)
		}
	}
}
