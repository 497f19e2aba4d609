package background

import (
	"testing"
	"time"

	"electroscope/launcher/catalog"
)

var start = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

const after = 10 * time.Minute

func answer(a Answer) *Answer { return &a }

func TestDecide(t *testing.T) {
	const freeze, weight, reclaim, off = catalog.BackgroundFreeze, catalog.BackgroundWeight, catalog.BackgroundReclaim, catalog.BackgroundOff
	behind := func(d time.Duration, done catalog.Background) stay { return stay{start.Add(-d), done} }
	for _, test := range []struct {
		name string
		s    stay
		do   catalog.Background
		o    observation
		want stay
		step step
	}{
		{"in use", stay{}, freeze, observation{active: Yes}, stay{}, wait},
		{"no longer in use", stay{}, freeze, observation{active: No}, behind(0, ""), wait},
		{"not for long", behind(after-1, ""), freeze, observation{active: No}, behind(after-1, ""), wait},
		{"for long", behind(after, ""), freeze, observation{active: No}, behind(after, ""), listen},
		{"for long, and silent", behind(after, ""), freeze, observation{No, answer(No)}, behind(after, freeze), act},
		{"for long, and plays", behind(after, ""), freeze, observation{No, answer(Yes)}, behind(0, ""), wait},
		{"for long, and may play", behind(after, ""), freeze, observation{No, answer(Unknown)}, behind(0, ""), wait},
		{"the same for weight", behind(after, ""), weight, observation{No, answer(Unknown)}, behind(0, ""), wait},
		{"the same for reclaim", behind(after, ""), reclaim, observation{No, answer(Yes)}, behind(0, ""), wait},
		{"used again before", behind(after-1, ""), freeze, observation{active: Yes}, stay{}, wait},
		{"not known who is active", behind(2*after, ""), freeze, observation{active: Unknown}, stay{}, wait},
		{"frozen", behind(2*after, freeze), freeze, observation{active: No}, behind(2*after, freeze), wait},
		{"frozen, used again", behind(2*after, freeze), freeze, observation{active: Yes}, stay{}, undo},
		{"frozen, not known who is active", behind(2*after, freeze), freeze, observation{active: Unknown}, stay{}, undo},
		{"frozen, switched off", behind(2*after, freeze), off, observation{active: No}, stay{}, undo},
		{"frozen, with another policy", behind(2*after, freeze), weight, observation{active: No}, behind(2*after, freeze), wait},
		{"frozen cannot play", behind(2*after, freeze), freeze, observation{No, answer(Unknown)}, behind(2*after, freeze), wait},
		{"lowered", behind(2*after, weight), weight, observation{No, answer(No)}, behind(2*after, weight), wait},
		{"lowered, begins to play", behind(2*after, weight), weight, observation{No, answer(Yes)}, behind(0, ""), undo},
		{"lowered, may play", behind(2*after, weight), weight, observation{No, answer(Unknown)}, behind(0, ""), undo},
		{"reclaimed once", behind(2*after, reclaim), reclaim, observation{active: No}, behind(2*after, reclaim), wait},
		{"reclaimed, used again", behind(2*after, reclaim), reclaim, observation{active: Yes}, stay{}, wait},
		{"off", behind(after, ""), off, observation{No, answer(No)}, stay{}, wait},
		{"not in the catalogue any more", behind(after, ""), "", observation{No, answer(No)}, stay{}, wait},
	} {
		got, step := decide(test.s, Policy{test.do, after}, test.o, start)
		if got != test.want || step != test.step {
			t.Errorf("%s: %+v, %d; want %+v, %d", test.name, got, step, test.want, test.step)
		}
	}
}

func TestDue(t *testing.T) {
	for _, test := range []struct {
		s    stay
		want time.Time
	}{
		{stay{}, time.Time{}},
		{stay{since: start}, start.Add(after)},
		{stay{since: start, done: catalog.BackgroundFreeze}, time.Time{}},
	} {
		if got := test.s.due(Policy{catalog.BackgroundFreeze, after}); got != test.want {
			t.Errorf("%+v: %v", test.s, got)
		}
	}
}
