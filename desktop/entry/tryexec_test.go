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
