package entry

import "testing"

func TestTryExec(t *testing.T) {
	for text, want := range map[string]string{
		"[Desktop Entry]\nExec=a %U\nName=x\n":                             "[Desktop Entry]\nExec=a %U\nTryExec=/b\\\\c/d\nName=x\n",
		"[Desktop Entry]\r\nExec=a  \r\nName=x\r\n":                        "[Desktop Entry]\r\nExec=a  \r\nTryExec=/b\\\\c/d\r\nName=x\r\n",
		"[Desktop Entry]\nExec=a":                                          "[Desktop Entry]\nExec=a\nTryExec=/b\\\\c/d",
		"[Desktop Action x]\nExec=b\nTryExec=y\n[Desktop Entry]\nExec=a\n": "[Desktop Action x]\nExec=b\nTryExec=y\n[Desktop Entry]\nExec=a\nTryExec=/b\\\\c/d\n",
		"[Desktop Entry]\nTryExec=own\nExec=a\n":                           "[Desktop Entry]\nTryExec=own\nExec=a\n",
		"[Desktop Entry]\nExec=a\nTryExec=\n":                              "[Desktop Entry]\nExec=a\nTryExec=\n",
		"[Desktop Entry]\nName=x\n":                                        "[Desktop Entry]\nName=x\n",
	} {
		got := mustParse(t, text).TryExec(`/b\c/d`)
		if got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
		if again := mustParse(t, got).TryExec("/other"); again != got {
			t.Errorf("%q became %q when asked again", got, again)
		}
	}
}

func TestWithoutTryExec(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"[Desktop Entry]\nExec=/l/a %U\nTryExec=/l/a\nName=A\n", "[Desktop Entry]\nExec=/l/a %U\nName=A\n"},
		{"[Desktop Entry]\r\nTryExec = /l/a \r\nExec=a\r\n", "[Desktop Entry]\r\nExec=a\r\n"},
		{"[Desktop Entry]\nExec=a\nTryExec=/l/a", "[Desktop Entry]\nExec=a\n"},
		{"[Desktop Entry]\nExec=a\nTryExec=a\n", "[Desktop Entry]\nExec=a\nTryExec=a\n"},
		{"[Desktop Entry]\nExec=/l/a\n#TryExec=/l/a\n", "[Desktop Entry]\nExec=/l/a\n#TryExec=/l/a\n"},
		{"[Desktop Entry]\nTryExec=/l/a\nExec=a\n[Desktop Action x]\nTryExec=/l/a\nExec=a\n", "[Desktop Entry]\nExec=a\n[Desktop Action x]\nExec=a\n"},
	} {
		if got := mustParse(t, test.text).WithoutTryExec("/l/a").text; got != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}
