package entry

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Only what must change does: the rest is compared as bytes.
func TestWholeEntry(t *testing.T) {
	const before = "# a comment, Exec=discord\r\n" +
		"[Desktop Entry]\r\n" +
		"Name=Discord\r\n" +
		"Name[de]=Zwietracht \r\n" +
		"  Exec = /usr/bin/discord   %U  \r\n" +
		"Exec[de]=discord --de\r\n" +
		"TryExec=/usr/bin/discord\r\n" +
		"Icon=discord\r\n" +
		"MimeType=x-scheme-handler/discord;\r\n" +
		"StartupWMClass=discord\r\n" +
		"DBusActivatable= true\r\n" +
		"X-Odd\r\n" +
		"=nameless\r\n" +
		"X-Exec=discord\r\n" +
		"Actions=New;Site;\r\n" +
		"\r\n\n" +
		"[Desktop Action New]\n" +
		"Exec=\"discord\" --new\n" +
		"[Desktop Action Site]\n" +
		"Exec=xdg-open https://discord.com\n" +
		"DBusActivatable=true\n" +
		"[X-Other Shortcut Group]\n" +
		"Exec=discord" // and no newline
	want := strings.NewReplacer(
		"/usr/bin/discord   %U", link+"   %U",
		"Exec[de]=discord", "Exec[de]="+link,
		"DBusActivatable= true", "DBusActivatable= false",
		"\"discord\" --new", link+" --new",
		"Group]\nExec=discord", "Group]\nExec="+link,
	).Replace(before)
	r := mustParse(t, before).Rewrite(link, discord)
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(r.Text, "\n")); diff != "" {
		t.Error(diff)
	}
	if r.Execs != 4 || r.Left != nil {
		t.Errorf("%d, %v", r.Execs, r.Left)
	}
}

// An entry that does not start the app keeps its D-Bus activation.
func TestOthersActivation(t *testing.T) {
	const text = "[Desktop Entry]\nExec=other\nDBusActivatable=true\n"
	if r := mustParse(t, text).Rewrite(link, discord); r.Text != text {
		t.Errorf("became %q", r.Text)
	}
}

func TestFaults(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "no group"},
		{"[Desktop Action x]\nExec=discord\n", "no group"},
		{"\ufeff[Desktop Entry]\nExec=discord\n", "no group"},
		{"[Desktop Entry]\nExec=discord\n[Desktop Entry]\nExec=x\n", "more than one group"},
		{"[Desktop Entry]\nName=\xe9\nExec=discord\n", "is not UTF-8 in line 2"},
		{"[Desktop Entry]\nName=\x00\n", "NUL byte in line 2"},
		{"[Desktop Entry]\n" + strings.Repeat("# comment\n", MaxSize/10), "is larger than 1024 KiB"},
	} {
		if e, err := Parse(test.text); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.40q: %v, %v; want %q", test.text, e, err, test.want)
		}
	}
}

func TestValue(t *testing.T) {
	e := mustParse(t, "[Desktop Entry]\nPath=/a\\sb\nHidden=true\nX-Flatpak=one\nX-Flatpak=two\n[Desktop Action x]\nPath=/c\n")
	if e.Value("Path") != "/a b" || !e.IsTrue("Hidden") || e.IsTrue("NoDisplay") || e.Value("X-Flatpak") != "two" || e.Value("Exec") != "" {
		t.Errorf("%q %v %v %q", e.Value("Path"), e.IsTrue("Hidden"), e.IsTrue("NoDisplay"), e.Value("X-Flatpak"))
	}
}
