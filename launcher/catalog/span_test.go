package catalog

import "testing"

func TestParseSpan(t *testing.T) {
	for _, test := range []struct {
		text    string
		seconds uint64
		wrong   string
	}{
		{"10min", 600, ""},
		{"10 min", 600, ""},
		{"1h 30min", 5400, ""},
		{"1h30m", 5400, ""},
		{" 90s ", 90, ""},
		{"2 hours 1 minute 5 seconds", 7265, ""},
		{"1d", 86400, ""},
		{"0s", 0, ""},
		{"10", 0, "has no unit"},
		{"1h 30", 0, "has no unit"},
		{"", 0, "is not a time"},
		{"min", 0, "is not a time"},
		{"10M", 0, "is not a time"}, // a month, in systemd
		{"10fortnights", 0, "is not a time"},
		{"1.5h", 0, "is not a time"},
		{"-5min", 0, "is negative"},
		{"99999999999s", 0, "is too large"},
	} {
		if seconds, wrong := parseSpan(test.text); seconds != test.seconds || wrong != test.wrong {
			t.Errorf("%q: %d, %q; want %d, %q", test.text, seconds, wrong, test.seconds, test.wrong)
		}
	}
}
