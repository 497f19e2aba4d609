package launcher

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKDEScopes(t *testing.T) {
	for _, c := range []struct {
		name, asked, clicked string
		want                 []string
	}{
		{"another session", "", "/usr/share/applications/chat.desktop", nil},
		{"the app's own entry", "1", "/usr/share/applications/chat.desktop", []string{"app-chat-"}},
		{"another entry", "1", "/home/u/.local/share/applications/kde/chat-work.desktop", []string{"app-chat-", `app-kde\x2dchat\x2dwork-`}},
		{"no entry", "1", "", []string{"app-chat-"}},
	} {
		env := map[string]string{"KDE_APPLICATIONS_AS_SCOPE": c.asked, "BAMF_DESKTOP_FILE_HINT": c.clicked}
		if diff := cmp.Diff(c.want, kdeScopes(func(name string) string { return env[name] }, "chat")); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}
