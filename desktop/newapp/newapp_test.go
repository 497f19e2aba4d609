package newapp

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/desktop/entry"
	"electroscope/launcher/catalog"
)

func TestFromEntry(t *testing.T) {
	const shortcut = "chrome-hnpfjngllnobngcgfapefoaidbinmjnm-Default"
	for _, test := range []struct {
		id, keys string
		want     App
	}{
		{"com.slack.Slack", "Exec=/usr/bin/slack -s %U", App{Key: "slack", ID: "com.slack.Slack", Exec: []string{"/usr/bin/slack"}}},
		{"org.telegram.desktop", "Exec=telegram-desktop -- %u", App{Key: "telegram-desktop", ID: "org.telegram.desktop", Exec: []string{"telegram-desktop"}}},
		{"discord", "Exec=/opt/Discord", App{Key: "discord", Names: []string{"discord", "Discord"}, ID: "discord", Exec: []string{"/opt/Discord"}}},
		{shortcut, "Exec=/opt/google/chrome/google-chrome --profile-directory=Default --app-id=hnpfjngllnobngcgfapefoaidbinmjnm",
			App{Key: "the-app", ID: shortcut, Exec: []string{"/opt/google/chrome/google-chrome"},
				Args: []string{"--profile-directory=Default", "--app-id=hnpfjngllnobngcgfapefoaidbinmjnm"}}},
		{"chat-work", `Exec=chat "--profile-directory=Profile 1" %U`, App{Key: "chat-work", ID: "chat-work", Exec: []string{"chat"}, Args: []string{"--profile-directory=Profile 1"}}},
		{"org.example.Notes", "Exec=python3 /opt/x/notes.py %F", App{Key: "notes", ID: "org.example.Notes", Exec: []string{"python3"}, Args: []string{"/opt/x/notes.py"}}},
		{"editor", "Exec=java -Xmx1g -jar /opt/e.jar", App{Key: "editor", ID: "editor", Exec: []string{"java"}, Args: []string{"-Xmx1g", "-jar", "/opt/e.jar"}}},
		{"wine-game", "Exec=env WINEPREFIX=/w EMPTY= wine /w/game.exe",
			App{Key: "wine-game", ID: "wine-game", Exec: []string{"wine"}, Args: []string{"/w/game.exe"}, Env: map[string]string{"WINEPREFIX": "/w", "EMPTY": ""}}},
		{"mail-work", "Exec=firefox -P work", App{Key: "mail-work", ID: "mail-work", Exec: []string{"firefox"}, Args: []string{"-P", "work"}}},
		{"com.slack.Slack", "Exec=flatpak run com.slack.Slack\nX-Flatpak=com.slack.Slack", App{Key: "slack", ID: "com.slack.Slack", Flatpak: "com.slack.Slack"}},
		{"my-slack", "Exec=/usr/bin/flatpak run --branch=stable --command=slack com.slack.Slack @@u %U @@", App{Key: "slack", ID: "my-slack", Flatpak: "com.slack.Slack"}},
		{"my-spot", "Exec=env A=1 /snap/bin/spotify %U", App{Key: "spotify", ID: "my-spot", Snap: "spotify"}},
		{"my-spot2", "Exec=snap run spotify.x", App{Key: "spotify.x", ID: "my-spot2", Snap: "spotify.x"}},
		{"flat", "Exec=flatpak list", App{Key: "flat", ID: "flat", Exec: []string{"flatpak"}, Args: []string{"list"}}},
		{"spotify_spotify", "Exec=/snap/bin/spotify\nX-SnapInstanceName=spotify", App{Key: "spotify", ID: "spotify_spotify", Snap: "spotify"}},
	} {
		e, err := entry.Parse("[Desktop Entry]\nName=The App\n" + test.keys + "\n")
		if err != nil {
			t.Fatal(err)
		}
		got, err := FromEntry(test.id, e)
		if err != nil {
			t.Errorf("%s: %v", test.id, err)
		}
		test.want.Entry.Name = "The App"
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.id, diff)
		}
	}
}

func TestFromURL(t *testing.T) {
	for url, want := range map[string][3]string{ // key, id, class on X11
		"https://web.whatsapp.com":               {"whatsapp", "chrome-web.whatsapp.com__-Default", "web.whatsapp.com"},
		"https://web.whatsapp.com/?lang=de#x":    {"whatsapp", "chrome-web.whatsapp.com__-Default", "web.whatsapp.com"},
		"https://godaddy.com/en":                 {"godaddy", "chrome-godaddy.com__en-Default", "godaddy.com__en"},
		"HTTP://LocalHost:8080/a/b/":             {"localhost", "chrome-localhost__a_b_-Default", "localhost__a_b"},
		"http://127.0.0.1:80":                    {"127.0.0.1", "chrome-127.0.0.1__-Default", "127.0.0.1"},
		"https://mail.google.com/mail/u/0/":      {"mail", "chrome-mail.google.com__mail_u_0_-Default", "mail.google.com__mail_u_0"},
		"https://medium.com/@user":               {"medium", "", "chrome-medium.com__@user-Default"},
		"https://app.slack.com/client/T0/C0?x=@": {"slack", "chrome-app.slack.com__client_T0_C0-Default", "app.slack.com__client_T0_C0"},
	} {
		a, err := FromURL(url, "/usr/bin/chromium", "pic")
		if err != nil {
			t.Errorf("%s: %v", url, err)
		}
		if got := [3]string{a.Key, a.ID, a.Entry.StartupWMClass}; got != want {
			t.Errorf("%s: %q", url, got)
		}
		if diff := cmp.Diff([]string{"--app=" + url}, a.Args); diff != "" {
			t.Errorf("%s: %s", url, diff)
		}
	}
	for _, url := range []string{"ftp://x.org", "file:///etc", "https://", "https:///x", "https://u:p@x.org/", "https://x.org/a b", "https://.", "javascript://x"} {
		if a, err := FromURL(url, "chromium", ""); err == nil {
			t.Errorf("%s: %v", url, a)
		}
	}
	a, err := FromURL("https://x.org/", "brave-browser", "")
	want := App{Key: "x", ID: "brave-x.org__-Default", Exec: []string{"brave-browser"}, Args: []string{"--app=https://x.org/"},
		Entry: catalog.Entry{Name: "X", StartupWMClass: "x.org"}}
	if diff := cmp.Diff(want, a); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if got := HostKey("https://calendar.google.com/x"); got != "calendar-google-com" {
		t.Error(got)
	}
}

func TestFromAppImage(t *testing.T) {
	for file, want := range map[string][2]string{
		"Joplin-3.0.15-x86_64.AppImage": {"joplin", "Joplin"},
		"Obsidian.AppImage":             {"obsidian", "Obsidian"},
		"my app-v2.appimage":            {"my-app", "my app"},
		"balenaEtcher_x64.AppImage":     {"balenaetcher", "balenaEtcher"},
		"7zip.AppImage":                 {"7zip", "7zip"},
		"3.AppImage":                    {"3", "3"},
		"nvim-linux-x86_64.appimage":    {"nvim", "nvim"},
	} {
		a := FromAppImage("/a/" + file)
		if got := [2]string{a.Key, a.Entry.Name}; got != want || a.Exec[0] != "/a/"+file {
			t.Errorf("%s: %q", file, got)
		}
	}
}

// The table is TOML, and the catalogue reads from it what was meant.
func TestTable(t *testing.T) {
	for name, a := range map[string]App{
		"plain": {Key: "slack", Exec: []string{"slack"}},
		"all": {Key: "a.b c", Names: []string{"a", "b"}, Exec: []string{`/o "p"/x\y`}, Args: []string{"--x=1", "", "ü\t"}, Env: map[string]string{"A_B": "", "c d": "1"}, ID: "org.x",
			Flatpak: "org.y", Snap: "s", Runtime: "electron", Memory: "2G", CPUs: "1.5", Slice: "app", Entry: catalog.Entry{Name: `The "App"`, Icon: "/i", StartupWMClass: "c"}},
	} {
		text := a.Table("electroscope add " + catalog.Quoted("x\ny\"\u0085"))
		layers := catalog.ReadLayers(func(string) string { return "" }, text)
		all, wrong := layers.All()
		if len(wrong) > 0 || len(all.Apps) != 1 {
			t.Fatalf("%s: %v in\n%s", name, wrong, text)
		}
		b := all.Apps[0]
		got := App{Key: b.Key, Exec: b.Exec, Args: b.Args, Env: b.Env, ID: b.ID, Flatpak: b.Flatpak, Snap: b.Snap, Runtime: string(b.Runtime), Slice: b.Slice, Entry: b.Entry}
		if len(a.Names) > 0 {
			got.Names = b.Names
		}
		if a.Memory != "" && len(b.Limits) != 3 {
			t.Errorf("%s: limits are %v", name, b.Limits)
		}
		want := a
		want.Memory, want.CPUs = "", ""
		if want.ID == "" {
			want.ID = want.Key
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%s", name, diff, text)
		}
		if strings.Count(text, "[apps.") != 1 {
			t.Errorf("%s: more than one table:\n%s", name, text)
		}
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Work Chat": "work-chat", "Chat (work)": "chat-work", "..": "", "Ärger": "rger", "微信": "", "a/b": "a-b", "C++": "c", "x_y.z": "x_y.z", "-n": "n", "": "",
	} {
		if got := Slug(title); got != want {
			t.Errorf("%q: %q", title, got)
		}
	}
}
