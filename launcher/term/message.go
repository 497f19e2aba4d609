package term

import "strings"

// A Severity is the word by which a script tells messages apart.
type Severity string

const (
	Error Severity = "error" // the launch or the command fails
	Note  Severity = "note"  // it goes on; what it goes on without, or a remark
)

// Message is one message for stderr, with its newline:
//
//	electroscope: error: what failed
//	  what to do about it
//
// The remedy may be empty, or have several lines. Each line is [Printable].
func Message(severity Severity, text, remedy string) string {
	var b strings.Builder
	b.WriteString("electroscope: " + string(severity) + ": " + Printable(text) + "\n")
	if remedy != "" {
		for line := range strings.SplitSeq(remedy, "\n") {
			b.WriteString("  " + Printable(line) + "\n")
		}
	}
	return b.String()
}
