package machine

import "testing"

func TestContention(t *testing.T) {
	for _, test := range []struct {
		loadavg    string
		processors int
		want       float64
	}{
		{"0.20 0.18 0.12 1/80 11206\n", 2, 1},
		{"9.00 0.18 0.12 1/80 11206\n", 2, 4.5},
		{"0.20 0.18 0.12 30/80 11206\n", 4, 7.5}, // a minute's average comes too late
		{"9.00 0.18 0.12 8/80 11206\n", 16, 1},
		{"", 2, 1},
		{"x y z w v", 2, 1},
		{"0.20 0.18 0.12", 2, 1},
	} {
		if got := contention(test.loadavg, test.processors); got != test.want {
			t.Errorf("%q on %d processors: %v, want %v", test.loadavg, test.processors, got, test.want)
		}
	}
	if got := Contention(); got < 1 {
		t.Errorf("here: %v", got)
	}
}
