package cli

import (
	"io"
	"os"

	"electroscope/launcher"
	"electroscope/launcher/term"
)

// progress shows on a terminal what a long command is at, in place of what it showed before; an
// empty text takes it away.
func (inv *invocation) progress(text string) {
	f, ok := inv.err.(*os.File)
	if !ok || !launcher.Descriptor(f.Fd()).IsTerminal() {
		return
	}
	if text != "" {
		text += " ..."
	}
	const begin, erase = "\r", "\x1b[K" // ECMA-48, 8.3.41
	_, _ = io.WriteString(inv.err, begin+term.Printable(text)+erase)
}
