package cli

import (
	"io"

	"electroscope/launcher/term"
)

// printError says why the command or the launch fails, with the remedy below it.
func printError(stderr io.Writer, text, remedy string) {
	io.WriteString(stderr, term.Message(term.Error, text, remedy))
}

// printNote says what it goes on without, or a remark.
func printNote(stderr io.Writer, text, remedy string) {
	io.WriteString(stderr, term.Message(term.Note, text, remedy))
}

// fail says what the command could not do. It goes on, and ends with statusFailed.
func (inv *invocation) fail(text, remedy string) {
	printError(inv.err, text, remedy)
	inv.status = statusFailed
}

// note says what somebody should know of; it does not change the exit status.
func (inv *invocation) note(text, remedy string) { printNote(inv.err, text, remedy) }
