//go:build rig

package session

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
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
	line := strings.TrimSuffix(strings.TrimPrefix(p.stderr(), "electroscope: note: "), "\n")
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

// TestJournalOnce: where stderr is the journal (systemd.exec(5), JOURNAL_STREAM), the
// line is there already.
func TestJournalOnce(t *testing.T) {
	const socket = "/run/systemd/journal/socket"
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(socket)
	defer l.Close()
	s := newStage(t)
	s.catalogue(talkative)
	s.standIn("plain-app", "exit 0")
	s.link()
	for _, test := range []struct {
		name    string
		journal bool // stderr is what JOURNAL_STREAM says
		want    int
	}{{"stderr is the journal", true, 0}, {"stderr was the journal", false, 1}} {
		ours, theirs := s.sockets()
		var st syscall.Stat_t
		s.must(syscall.Fstat(int(theirs.Fd()), &st))
		if !test.journal {
			st.Ino++
		}
		p := s.startWith(func(c *exec.Cmd) {
			c.Stderr = theirs
			c.Env = append(s.env, fmt.Sprintf("JOURNAL_STREAM=%d:%d", st.Dev, st.Ino))
		}, "plain")
		if p.status() != 0 {
			t.Fatalf("status %d", p.status())
		}
		line := make([]byte, 4096)
		n, err := ours.Read(line)
		if s.must(err); !strings.HasPrefix(string(line[:n]), "electroscope: note: plain runs without ") {
			t.Errorf("%s: stderr has %q", test.name, line[:n])
		}
		entries := 0
		for l.SetReadDeadline(time.Now().Add(100 * time.Millisecond)); ; entries++ { // sent before the app ran
			if _, err := l.Read(line); err != nil {
				break
			}
		}
		if entries != test.want {
			t.Errorf("%s: %d entries by the socket, want %d", test.name, entries, test.want)
		}
	}
}
