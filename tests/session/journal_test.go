//go:build rig

package session

import (
	"net"
	"os"
	"strings"
	"testing"
	"time"
)

// TestJournal listens in journald's place: what stderr says, the journal has too, and
// a journal that nobody reads holds no launch.
func TestJournal(t *testing.T) {
	const socket = "/run/systemd/journal/socket"
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(socket)
	defer l.Close()
	s := newStage(t)
	exe := s.standIn("Discord", "wait")
	s.link()
	p := s.start("discord") // the rig has no memory controller, which is said
	p.report(exe)
	fields := make([]byte, 64<<10)
	l.SetReadDeadline(time.Now().Add(soon))
	n, err := l.Read(fields)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.TrimSuffix(strings.TrimPrefix(p.stderr(), "electroscope: "), "\n")
	for _, want := range []string{"MESSAGE=" + line + "\n", "PRIORITY=4\n", "SYSLOG_IDENTIFIER=electroscope\n", "ELECTROSCOPE_APP=discord\n"} {
		if !strings.Contains(string(fields[:n]), want) {
			t.Errorf("the journal lacks %q: %q", want, fields[:n])
		}
	}
	for range 20 { // more than the queue takes (net.unix.max_dgram_qlen)
		p := s.start("discord")
		if _, ok := p.reportWithin(late, exe); !ok {
			t.Fatalf("a full journal holds the launch; stderr: %s", p.stderr())
		}
		p.kill()
	}
}
