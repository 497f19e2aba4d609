package term

import "testing"

func TestMessage(t *testing.T) {
	for _, test := range []struct {
		severity           Severity
		text, remedy, want string
	}{
		{Error, "cannot find \"x\"", "", "electroscope: error: cannot find \"x\"\n"},
		{Note, "x runs without limits", "log in", "electroscope: note: x runs without limits\n  log in\n"},
		{Error, "a", "b\nc", "electroscope: error: a\n  b\n  c\n"},
		// A line break in a text cannot forge a message, nor an escape reach the terminal.
		{Note, "x\nelectroscope: error: y", "\x1b[2Jz", "electroscope: note: x\\nelectroscope: error: y\n  \\x1b[2Jz\n"},
	} {
		if got := Message(test.severity, test.text, test.remedy); got != test.want {
			t.Errorf("Message(%q, %q, %q) = %q, want %q", test.severity, test.text, test.remedy, got, test.want)
		}
	}
}
