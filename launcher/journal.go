package launcher

import (
	"io"
	"strings"
	"syscall"

	"electroscope/launcher/term"
)

// journalSocket takes native messages, systemd.journal-fields(7) and
// https://systemd.io/JOURNAL_NATIVE_PROTOCOL.
const journalSocket = "/run/systemd/journal/socket"

// say writes a message of one line to stderr, and reports whether the journal has it
// from there. Whoever has not got the line may still have the app.
func say(w Process, severity term.Severity, line string) (inJournal bool) {
	_, err := io.WriteString(w.Stderr, term.Message(severity, line, ""))
	d, own := w.Stderr.(Descriptor)
	return own && err == nil && d.isJournal(w.Getenv("JOURNAL_STREAM"))
}

// journal sends a warning to the journal and never waits: a journal that is
// full, hung or absent must not hold a launch (go-systemd's journal.Send would
// wait for it).
func journal(socket, app, text string) {
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_DGRAM|syscall.SOCK_CLOEXEC|syscall.SOCK_NONBLOCK, 0)
	if err != nil {
		return
	}
	defer syscall.Close(fd)
	// A value ends at its newline; the binary form for others is not needed for
	// one line of ours.
	line := strings.NewReplacer("\n", " ", "\x00", " ")
	message := "PRIORITY=4\nSYSLOG_IDENTIFIER=electroscope\nELECTROSCOPE_APP=" + line.Replace(app) +
		"\nMESSAGE=" + line.Replace(text) + "\n"
	_ = syscall.Sendto(fd, []byte(message), syscall.MSG_DONTWAIT|syscall.MSG_NOSIGNAL, &syscall.SockaddrUnix{Name: socket})
}
