// Electroscope starts desktop apps inside capped systemd scopes. Under the name
// of an app (a link to it) it becomes that app; under its own it is the tool to
// see and steer what runs. See electroscope help.
package main

import (
	"os"
	"path"
	"strings"

	"electroscope/launcher"
)

func init() { launcher.StayOnMainThread() }

func main() {
	if name := path.Base(os.Args[0]); !isTool(name) {
		os.Exit(launch(name, os.Args[1:]))
	}
	os.Exit(tool(os.Args[1:], os.Stdout, os.Stderr))
}

// isTool tells the tool's own name, also as a package manager or a build may
// spell it (electroscope-1.2, .electroscope-wrapped).
func isTool(name string) bool {
	return strings.HasPrefix(strings.TrimPrefix(name, "."), "electroscope")
}
