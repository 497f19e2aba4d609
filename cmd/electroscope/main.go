// Electroscope starts desktop apps inside capped systemd scopes. Under the name
// of an app (a link to it) it becomes that app; under its own it is the tool to
// see and steer what runs. See electroscope help.
package main

import (
	"os"
	"strings"

	"electroscope/launcher"
)

func init() { launcher.StayOnMainThread() }

func main() {
	var args []string
	if len(os.Args) > 1 {
		args = os.Args[1:]
	}
	if name := launcher.CalledAs(os.Args); !isTool(name) {
		os.Exit(launch(name, args))
	}
	os.Exit(tool(args, os.Stdout, os.Stderr))
}

// isTool tells the tool's own name, also as a package manager or a build may
// spell it (electroscope-1.2, .electroscope-wrapped).
func isTool(name string) bool {
	return strings.HasPrefix(strings.TrimPrefix(name, "."), "electroscope")
}
