// Launchonly is electroscope without the tool: what a launch links and nothing else.
// The bench sets its start beside that of the whole binary.
package main

import (
	"fmt"
	"os"

	"electroscope"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

func init() { launcher.StayOnMainThread() }

func main() {
	w := launcher.ThisProcess()
	err := launcher.Launch(w, launcher.Request{
		Name: launcher.CalledAs(os.Args), Args: os.Args[1:], Layers: catalog.ReadLayers(w.Getenv, electroscope.Apps),
	})
	fmt.Fprintln(os.Stderr, err)
	os.Exit(launcher.ExitRefused)
}
