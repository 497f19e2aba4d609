package cli

import "testing"

func TestIsCommandLine(t *testing.T) {
	there := func(program string) bool { return program == "/x/my app" || program == "python3" }
	for text, want := range map[string]bool{
		"/x/my app": false, "/x/my app --safe": true, "/y/app --safe": true, "/y/my app": false, "python3 x.py": true,
		"app": false, "gone x.py": false, "/y/a - b/app": false, "~/x/app -v": true,
	} {
		if got := isCommandLine(text, there); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
