package history

import (
	"slices"

	"electroscope/launcher/limit"
	"electroscope/monitor"
)

// Limits are those of an app's memory, in bytes; [limit.Infinity] if it has none.
type Limits struct {
	High uint64
	Max  uint64
}

// Evidence is what a suggestion rests on.
type Evidence struct {
	Runs   int            `json:"runs"` // whose peak is known, and was not cut off by a kill
	Median monitor.Figure `json:"p50"`
	P95    monitor.Figure `json:"p95"`
	Most   monitor.Figure `json:"max"`
	Kills  int            `json:"kills"`  // at the app's own limit, whatever that was
	Slowed monitor.Figure `json:"slowed"` // times at MemoryHigh, of the launch that runs
}

// A Suggestion is what an app's limits of memory should be.
type Suggestion struct {
	App      string         `json:"app"`
	Evidence Evidence       `json:"evidence"`
	Verdict  Verdict        `json:"verdict"`
	NowHigh  monitor.Figure `json:"now_high"`
	NowMax   monitor.Figure `json:"now_max"`
	High     monitor.Figure `json:"high"` // not known if nothing is suggested
	Max      monitor.Figure `json:"max"`
	Heap     monitor.Figure `json:"heap"`   // of V8, of one renderer
	Capped   bool           `json:"capped"` // the machine has no room for more
}

// A Verdict on the limits as they are.
type Verdict string

const (
	TooFewRuns Verdict = "too-few-runs"
	Fits       Verdict = "fits"
	Raise      Verdict = "raise"
	Lower      Verdict = "lower"
	Set        Verdict = "set"     // there is none yet
	NoRoom     Verdict = "no-room" // it would need more, and has all that this machine can give
)

// The rule, in figures.
const (
	LeastRuns = 3         // peaks that are needed, unless something was killed
	spare     = 1.4       // MemoryMax over the 95th percentile of the peaks: MemoryHigh is above these, too
	afterHigh = 1.25      // MemoryMax over one whose MemoryHigh held the app
	afterKill = 1.5       // MemoryMax over one that was reached: what the app wanted is not known
	near      = 0.97      // of MemoryMax: a peak that the limit cut off
	highShare = 0.8       // MemoryHigh of MemoryMax, as memory = "…" in apps.toml has it
	heapShare = 0.5       // of MemoryMax, at most, for one renderer
	ramShare  = 0.5       // of the RAM, at most, for one app
	tolerance = 0.15      // by which limits may differ and yet fit
	leastMax  = 256 << 20 // bytes
)

// Suggest proposes limits for an app from its launches. ram is the machine's, and heap what the
// app's V8 may have now, 0 if that is not set.
//
// MemoryMax is 40 % above the 95th percentile of the peaks, so that one run in twenty may be odd,
// and so that MemoryHigh, 80 % of it, lets the others be. A run that was killed at a limit is left out: its peak is the limit's. If that is today's
// limit, MemoryMax is half above it, as nobody knows what the app wanted; if the peaks are those
// of MemoryHigh, a quarter above. Sizes are rounded up to half a GiB,
// below 1 GiB to an eighth, and one app gets half of the RAM at most. The heap of a renderer is
// brought down to half of MemoryMax, so that V8 collects before the kernel kills.
func Suggest(app string, launches []Launch, slowed monitor.Figure, now Limits, ram, heap uint64) Suggestion {
	runs := Runs(launches, app)
	s := Suggestion{App: app, Evidence: evidence(runs), NowHigh: monitor.Known(now.High), NowMax: monitor.Known(now.Max)}
	s.Evidence.Slowed = slowed
	wanted, reached, known := now.wanted(runs, s.Evidence)
	if !known {
		s.Verdict = TooFewRuns
		return s
	}
	size := roundUp(max(wanted, leastMax))
	if most := uint64(ramShare * float64(ram)); ram > 0 && size > most {
		size, s.Capped = most>>27<<27, true
	}
	s.Verdict = verdict(now.Max, size)
	if reached && size <= now.Max {
		s.Verdict = NoRoom
	}
	if s.Verdict == Fits || s.Verdict == NoRoom {
		return s
	}
	s.Max, s.High = monitor.Known(size), monitor.Known(uint64(highShare*float64(size))>>20<<20)
	if most := uint64(heapShare * float64(size)); heap > most {
		s.Heap = monitor.Known(most >> 20 << 20)
	}
	return s
}

// roundUp is the next size that people write.
func roundUp(bytes uint64) uint64 {
	step := uint64(512 << 20)
	if bytes <= 1<<30 {
		step = 128 << 20
	}
	return (bytes + step - 1) / step * step
}

// wanted is what MemoryMax should be, before it is rounded. reached reports whether today's is
// too small.
func (now Limits) wanted(runs []Launch, e Evidence) (bytes uint64, reached, known bool) {
	if now.Max != limit.Infinity && slices.ContainsFunc(runs, func(l Launch) bool { return l.wasKilledAt(now.Max) }) {
		return uint64(afterKill * float64(now.Max)), true, true
	}
	p95, known := e.P95.Get()
	if !known || e.Runs < LeastRuns {
		return 0, false, false
	}
	bytes = uint64(spare * float64(p95))
	if now.Max != limit.Infinity && now.High != limit.Infinity && float64(p95) >= near*float64(now.High) {
		return max(bytes, uint64(afterHigh*float64(now.Max))), true, true
	}
	return bytes, false, true
}

// wasKilledAt reports whether a process was killed at a limit as large as this one, or at one that
// is not known.
func (l Launch) wasKilledAt(size uint64) bool {
	return slices.ContainsFunc(l.Kills, func(k Kill) bool {
		return k.atCap() && float64(k.Limit.Or(l.Peak.Or(size))) >= near*float64(size)
	})
}

// atCap reports whether the app's own limit was reached, as far as is known.
func (k Kill) atCap() bool { return k.By == Cap || k.By == UnknownKill }

// verdict compares a limit with the one that would fit.
func verdict(now, then uint64) Verdict {
	ratio := float64(then) / float64(now)
	switch {
	case now == limit.Infinity:
		return Set
	case ratio > 1+tolerance:
		return Raise
	case ratio < 1-tolerance:
		return Lower
	}
	return Fits
}

// evidence counts what is known of the runs.
func evidence(runs []Launch) Evidence {
	var e Evidence
	var peaks []uint64
	for _, l := range runs {
		kills := 0
		for _, k := range l.Kills {
			if k.atCap() {
				kills++
			}
		}
		e.Kills += kills
		if peak, known := l.Peak.Get(); known && peak > 0 && kills == 0 {
			peaks = append(peaks, peak)
		}
	}
	if e.Runs = len(peaks); e.Runs > 0 {
		slices.Sort(peaks)
		e.Median, e.P95, e.Most = rank(peaks, 50), rank(peaks, 95), rank(peaks, 100)
	}
	return e
}

// rank is a percentile by the nearest rank: a peak that was, and none between two.
func rank(sorted []uint64, percent int) monitor.Figure {
	n := (len(sorted)*percent + 99) / 100
	return monitor.Known(sorted[max(n, 1)-1])
}
