//go:build rig

package desktops

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// Notices is what goes between apps and the notification daemon, by `busctl monitor`.
type notices struct{ file *os.File }

// A message is one of busctl's --json=short lines, as far as it is looked at.
type message struct {
	Type        string
	Sender      string
	Destination string
	Member      string
	Cookie      int
	ReplyCookie int `json:"reply_cookie"`
	Payload     struct{ Data []any }
}

func (s *session) watchNotices() {
	s.Helper()
	if !until(30*time.Second, func() bool { _, err := os.Stat(runtime + "/bus"); return err == nil }) {
		s.Fatal("no session bus after 30 s")
	}
	file, err := os.CreateTemp("", "notices")
	s.must(err)
	s.must(file.Chmod(0o666))
	c := asUser("busctl", "--user", "monitor", "--json=short", "org.freedesktop.Notifications")
	c.Args[1] = "3600" // timeout(1): it is ended below
	c.Stdout = file
	s.must(c.Start())
	s.Cleanup(func() { stop(c); file.Close() })
	s.notices = &notices{file}
}

func stop(c *exec.Cmd) {
	c.Process.Signal(syscall.SIGTERM)
	c.Wait()
}

func (s *session) forgetNotices() { s.must(s.notices.file.Truncate(0)) }

// notice reports whether a notice of ours was sent, and whether a daemon took it: it has
// answered with the notice's number. It waits for one, unless none is wanted.
func (s *session) notice(want string) string {
	outcome := ""
	until(20*time.Second, func() bool {
		text, err := os.ReadFile(s.notices.file.Name())
		s.must(err)
		outcome = taken(string(text))
		return outcome == "taken" || want == "none"
	})
	return outcome
}

func taken(text string) string {
	var sent []message
	for line := range strings.Lines(text) {
		var m message
		if json.Unmarshal([]byte(strings.Trim(line, "\x00\n")), &m) != nil {
			continue
		}
		if m.Type == "method_call" && m.Member == "Notify" && len(m.Payload.Data) > 0 && m.Payload.Data[0] == "electroscope" {
			sent = append(sent, m)
		}
		for _, call := range sent {
			if m.Type == "method_return" && m.Destination == call.Sender && m.ReplyCookie == call.Cookie {
				return "taken"
			}
		}
	}
	if len(sent) > 0 {
		return "lost"
	}
	return "none"
}
