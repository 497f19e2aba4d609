// Electroscope starts desktop apps inside capped systemd scopes. Under the name
// of an app (a link to it) it becomes that app; under its own it is the tool to
// see and steer what runs. See electroscope help.
package main

import (
	"os"

	"electroscope/cmd/electroscope/cli"
	"electroscope/launcher"
)

func init() { launcher.StayOnMainThread() }

func main() { os.Exit(cli.Main(os.Args, os.Stdout, os.Stderr)) }
