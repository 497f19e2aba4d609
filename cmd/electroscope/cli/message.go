package cli

import (
	"io"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher/term"
)

// printError says why the command or the launch fails, with the remedy below it.
func printError(stderr io.Writer, style render.Style, text, remedy string) {
	printMessage(stderr, style.Failure, term.Error, text, remedy)
}

// printNote says what it goes on without, or a remark.
func printNote(stderr io.Writer, style render.Style, text, remedy string) {
	printMessage(stderr, style.Note, term.Note, text, remedy)
}

// printMessage writes a message at once, its severity marked.
func printMessage(stderr io.Writer, mark func(string) string, severity term.Severity, text, remedy string) {
	before, after, _ := strings.Cut(term.Message(severity, text, remedy), string(severity)+":")
	io.WriteString(stderr, before+mark(string(severity)+":")+after)
}

// fail says what the command could not do. It goes on, and ends with statusFailed.
func (inv *invocation) fail(text, remedy string) {
	printError(inv.err, inv.style, text, remedy)
	inv.status = statusFailed
}

// note says what somebody should know of; it does not change the exit status.
func (inv *invocation) note(text, remedy string) { printNote(inv.err, inv.style, text, remedy) }
