package notify

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	godbus "github.com/godbus/dbus/v5"
)

// godbus reads what we write: an implementation that is not ours. A real daemon
// shows it in tests/session.
func TestNotifyReadByGodbus(t *testing.T) {
	m, err := godbus.DecodeMessage(bytes.NewReader(notify(Message{Summary: "electroscope", Body: "a < b & c"}).Message(2)))
	if err != nil {
		t.Fatal(err)
	}
	var app, icon, summary, body string
	var replaces uint32
	var actions []string
	var hints map[string]godbus.Variant
	var expire int32
	if err := godbus.Store(m.Body, &app, &replaces, &icon, &summary, &body, &actions, &hints, &expire); err != nil {
		t.Fatal(err)
	}
	if app != "electroscope" || replaces != 0 || summary != "electroscope" || body != "a &lt; b &amp; c" || len(actions)+len(hints) > 0 || expire != 15000 {
		t.Errorf("%v", m.Body)
	}
	if m.Flags&godbus.FlagNoAutoStart != 0 {
		t.Error("the bus may not start the daemon")
	}
}

// TestNotifyWhatIsNoText: a bus hangs up on what is no UTF-8.
func TestNotifyWhatIsNoText(t *testing.T) {
	for text, want := range map[string]string{
		"a\xff\x00b":                   "a\ufffdb",
		strings.Repeat("ä", 1000):      strings.Repeat("ä", longest/2) + "…",
		strings.Repeat("&", 1000):      strings.Repeat("&amp;", longest) + "…",
		strings.Repeat("-", 300):       strings.Repeat("-", 300),
		"x" + strings.Repeat("ä", 200): "x" + strings.Repeat("ä", longest/2-1) + "…",
	} {
		m, err := godbus.DecodeMessage(bytes.NewReader(notify(Message{Summary: "electroscope", Body: text}).Message(2)))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Body[4].(string); got != want {
			t.Errorf("%.20q becomes %q", text, got)
		}
	}
}

func TestSendWithoutABus(t *testing.T) {
	soon := time.Now().Add(20 * time.Second)
	for _, address := range []string{"", "unix:path=" + t.TempDir() + "/bus", "unix:path=" + strings.Repeat("/long", 60), "tcp:host=localhost"} {
		if err := Send(address, soon, Message{}); err == nil {
			t.Errorf("%q: no error", address)
		}
	}
}

func TestTakeTurn(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "electroscope", "notice-x")
	var taken atomic.Int32
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if Allow(file) {
				taken.Add(1)
			}
		})
	}
	all.Wait()
	if n := taken.Load(); n != 1 {
		t.Errorf("%d of 50 at a time may", n)
	}
	if !Allow(filepath.Join(dir, "electroscope", "notice-y")) {
		t.Error("another app has to wait")
	}
	for _, test := range []struct {
		age  time.Duration
		want bool
	}{{minInterval - 5*time.Second, false}, {minInterval + time.Second, true}, {-time.Hour, true}} {
		then := time.Now().Add(-test.age)
		if err := os.Chtimes(file, then, then); err != nil {
			t.Fatal(err)
		}
		if got := Allow(file); got != test.want {
			t.Errorf("after %v: %v", test.age, got)
		}
	}
	if Allow("/nonexistent/electroscope/notice-x") {
		t.Error("may without a place to remember it")
	}
	link := filepath.Join(dir, "electroscope", "notice-link")
	if err := os.Symlink("/dev/null", link); err != nil {
		t.Fatal(err)
	}
	if Allow(link) {
		t.Error("goes through a link")
	}
}
