// Package cli is the command line: the launch under an app's name, and the
// sub-commands under electroscope's own, a file each.
package cli

import (
	"io"

	"electroscope/launcher"
	"electroscope/launcher/self"
)

// Main launches the app that args[0] names, or runs a sub-command if that is the
// tool's own name. A launch that succeeds does not return. The result is the exit
// status.
func Main(args []string, stdout, stderr io.Writer) int {
	var words []string
	if len(args) > 1 {
		words = args[1:]
	}
	if name := launcher.CalledAs(args); !self.IsTool(name) {
		return launch(name, words)
	}
	return tool(words, stdout, stderr)
}
