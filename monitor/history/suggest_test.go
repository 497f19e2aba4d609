package history

import (
	"testing"

	"electroscope/launcher/limit"
	"electroscope/monitor"
)

const gib = 1 << 30

// runs are launches of discord with these peaks, in MiB.
func runs(peaks ...uint64) []Launch {
	var list []Launch
	for _, p := range peaks {
		l := Launch{App: "discord"}
		if p > 0 {
			l.Peak = monitor.Known(p << 20)
		}
		list = append(list, l)
	}
	return list
}

// killed is a launch with that peak in MiB in which a process was killed at a limit, 0 if that is not known.
func killed(by Killer, peak, limit uint64) Launch {
	l := runs(peak)[0]
	l.Kills = []Kill{{By: by}}
	if limit > 0 {
		l.Kills[0].Limit = monitor.Known(limit << 20)
	}
	return l
}

func TestSuggest(t *testing.T) {
	three := Limits{High: 2400 << 20, Max: 3 * gib}
	none := Limits{High: limit.Infinity, Max: limit.Infinity}
	for _, test := range []struct {
		name      string
		launches  []Launch
		now       Limits
		heap      uint64
		verdict   Verdict
		max, then uint64 // MiB: MemoryMax, heap
	}{
		{"never ran", nil, three, 0, TooFewRuns, 0, 0},
		{"two runs", runs(100, 100), three, 0, TooFewRuns, 0, 0},
		{"two runs, and some whose peak is not known", runs(100, 100, 0, 0), three, 0, TooFewRuns, 0, 0},
		{"they fit", runs(2100, 2100, 2100), three, 0, Fits, 0, 0},
		{"they are far too wide", runs(300, 320, 310), three, 0, Lower, 512, 0},
		{"a tiny app", runs(10, 10, 10), three, 0, Lower, 256, 0},
		{"there are none", runs(1000, 1500, 1200), none, 0, Set, 2560, 0},
		{"one odd run in twenty-one", append(runs(2900), runs(slicesOf(20, 1000)...)...), three, 0, Lower, 1536, 0},
		{"most are held at MemoryHigh", runs(2400, 2400, 2390), three, 0, Raise, 4096, 0},
		{"killed at its limit", append(runs(1000), killed(Cap, 3072, 3072)), three, 0, Raise, 4608, 0},
		{"killed, and the kernel's lines may not be read", []Launch{killed(UnknownKill, 3072, 0)}, three, 0, Raise, 4608, 0},
		{"killed at a limit that has been raised since", append(runs(2100, 2100, 2100), killed(Cap, 1024, 1024)), three, 0, Fits, 0, 0},
		{"the same, by its peak", append(runs(2100, 2100, 2100), killed(UnknownKill, 1024, 0)), three, 0, Fits, 0, 0},
		{"for the machine's memory", append(runs(2100, 2100, 2100), killed(Machine, 2000, 0)), three, 0, Fits, 0, 0},
		{"more than the machine has", runs(7900, 7900, 7900), none, 0, Set, 8192, 0},
		{"killed with all that the machine has", []Launch{killed(Cap, 8192, 8192)}, Limits{High: 6 * gib, Max: 8 * gib}, 0, NoRoom, 0, 0},
		{"a heap that is too large", runs(300, 320, 310), three, 2 * gib, Lower, 512, 256},
		{"a heap that fits", append(runs(1000), killed(Cap, 3072, 3072)), three, 2 * gib, Raise, 4608, 0},
	} {
		s := Suggest("discord", append(test.launches, Launch{App: "other", Peak: monitor.Known(1)}), monitor.Figure{}, test.now, 16*gib, test.heap)
		if s.Verdict != test.verdict || s.Max.Or(0) != test.max<<20 || s.Heap.Or(0) != test.then<<20 || s.High.Or(0) > s.Max.Or(0) {
			t.Errorf("%s: %+v", test.name, s)
		}
		if s.Max.IsKnown() != s.High.IsKnown() {
			t.Errorf("%s: one of the two: %+v", test.name, s)
		}
	}
}

func slicesOf(n int, value uint64) []uint64 {
	list := make([]uint64, n)
	for i := range list {
		list[i] = value
	}
	return list
}

// What is suggested and applied fits: nobody is sent up and down.
func TestSuggestionHolds(t *testing.T) {
	for peak := uint64(16); peak < 8000; peak += 37 {
		launches := runs(peak, peak, peak)
		s := Suggest("discord", launches, monitor.Figure{}, Limits{High: limit.Infinity, Max: limit.Infinity}, 64*gib, 0)
		again := Suggest("discord", launches, monitor.Figure{}, Limits{High: s.High.Or(0), Max: s.Max.Or(0)}, 64*gib, 0)
		if again.Verdict != Fits {
			t.Fatalf("%d MiB: %+v, and then %+v", peak, s, again)
		}
	}
}

func TestEvidence(t *testing.T) {
	e := evidence(append(runs(40, 10, 30, 20, 0), killed(Cap, 50, 50), killed(Budget, 60, 0)))
	if e.Runs != 5 || e.Kills != 1 || e.Median != monitor.Known(30<<20) || e.P95 != monitor.Known(60<<20) || e.Most != monitor.Known(60<<20) {
		t.Errorf("%+v", e)
	}
}
