package launcher

import (
	"testing"

	"electroscope/launcher/catalog"
	"electroscope/launcher/runner"
	"electroscope/tests/tree"
)

// A launch looks behind the programs that the user has described.
func TestLocateBehindRunners(t *testing.T) {
	root := tree.Make(t, map[string]string{
		"bin/chat": "#!/bin/sh\nexec vpn --via de {}/app \"$@\"\n", "bin/vpn": "ELF x", "app": "ELF x",
	})
	w := Process{Dir: root, Env: []string{"PATH=" + root + "/bin"}, Proc: "/proc"}
	app := catalog.App{Exec: []string{"chat"}}
	for _, tt := range []struct {
		runners []runner.Runner
		want    string
	}{
		{nil, root + "/bin/vpn"},
		{[]runner.Runner{{Name: "vpn", Values: []string{"--via"}}}, root + "/app"},
	} {
		app.Runners = tt.runners
		if found, err := Locate(w, app); err != nil || found.Chain.Program != tt.want {
			t.Errorf("%v: %q, %v; want %q", tt.runners, found.Chain.Program, err, tt.want)
		}
	}
}
