package notify

import (
	"bytes"
	"strings"
	"testing"

	godbus "github.com/godbus/dbus/v5"
)

// godbus reads what we write: an implementation that is not ours. A real daemon
// shows it in tests/session.
func TestNotifyReadByGodbus(t *testing.T) {
	m, err := godbus.DecodeMessage(bytes.NewReader(call(Message{Summary: "electroscope", Body: "a < b & c"}, 7).Message(2)))
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
	if app != "electroscope" || replaces != 7 || summary != "electroscope" || body != "a &lt; b &amp; c" || len(actions) > 0 || expire != 15000 {
		t.Errorf("%v", m.Body)
	}
	if len(hints) != 1 || hints["urgency"].Value() != byte(1) {
		t.Errorf("hints %v", hints)
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
		strings.Repeat("-", 300) + "…": strings.Repeat("-", 300) + "…", // cut already
		strings.Repeat("-", 301) + "…": strings.Repeat("-", 300) + "…",
	} {
		m, err := godbus.DecodeMessage(bytes.NewReader(call(Message{Summary: "electroscope", Body: text}, 0).Message(2)))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Body[4].(string); got != want {
			t.Errorf("%.20q becomes %q", text, got)
		}
	}
}
