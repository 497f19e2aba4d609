package cli

import "testing"

func TestAbsolute(t *testing.T) {
	for path, want := range map[string]string{
		"~/bin": "/home/me/bin", "~": "/home/me", "/x/~": "/x/~", "~bob/x": "", "~/../x": "/home/x",
	} {
		if got, err := absolute(path, "/home/me"); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", path, got, err)
		}
	}
	if got, err := absolute("~/bin", ""); err == nil {
		t.Errorf("without a home: %q", got)
	}
}
