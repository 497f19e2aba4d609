package render

import (
	"io"
	"os"
	"syscall"
	"unsafe"

	"electroscope/launcher"
)

// A Style marks text on a terminal. The zero Style leaves it as it is.
type Style struct{ colour bool }

// StyleOf is the style of what is written to out: plain unless that is a terminal which
// can do more (TERM), and its user wants more (NO_COLOR, https://no-color.org).
func StyleOf(out io.Writer, getenv func(string) string) Style {
	_, isTerminal := terminalWidth(out)
	term := getenv("TERM")
	return Style{isTerminal && term != "" && term != "dumb" && getenv("NO_COLOR") == ""}
}

// Heading makes text bold.
func (s Style) Heading(text string) string { return s.mark("1", text) }

// Note makes text yellow: worth a look, and nothing has failed.
func (s Style) Note(text string) string { return s.mark("33", text) }

// Failure makes text red.
func (s Style) Failure(text string) string { return s.mark("31", text) }

// Added makes text green: it was not there before.
func (s Style) Added(text string) string { return s.mark("32", text) }

// Selected changes the colours of text and ground.
func (s Style) Selected(text string) string { return s.mark("7", text) }

// mark selects a graphic rendition (ECMA-48, 8.3.117) for the text, which has to be fit for a
// terminal already (package term).
func (s Style) mark(rendition, text string) string {
	if !s.colour || text == "" {
		return text
	}
	return "\x1b[" + rendition + "m" + text + "\x1b[0m"
}

// terminalWidth is how wide the terminal is that out is, 0 if it does not say (ioctl_tty(2)).
func terminalWidth(out io.Writer) (n int, isTerminal bool) {
	f, ok := out.(*os.File)
	if !ok || !launcher.Descriptor(f.Fd()).IsTerminal() { // which asks no file system that may never answer
		return 0, false
	}
	var size struct{ rows, columns, x, y uint16 }
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&size)))
	return int(size.columns), errno == 0
}
