//go:build rig

package faults

import (
	"fmt"
	"os"
	"testing"
)

// samples is of how many bytes of replies make test has each damage at. The wire
// is the same in every version; one of them is looked at more closely.
func samples() int {
	if os.Getenv("ELECTROSCOPE_RIG_SUITE") == "host" {
		return 14
	}
	return 6
}

// atOnce is how many launches stand at a time: most of them wait.
const atOnce = 24

// TestReplies spoils what the manager says and what it is asked, at one byte after
// the other: over the bus, with the private socket to fall back on and without,
// and over the private socket.
func TestReplies(t *testing.T) {
	for _, way := range []struct {
		name, route string
		alone       bool
	}{{"bus", public, false}, {"bus alone", public, true}, {"private socket", private, true}} {
		t.Run(way.name, func(t *testing.T) {
			s := newStage(t, "/bin/sh", catalogue)
			replies, requests := s.exchange(way.route)
			t.Logf("%d bytes of replies, %d of requests", replies, requests)
			s.spoil(newArea(t, "replies spoilt over the "+way.name), way.route, way.alone, replies, requests)
		})
	}
}

// exchange measures a launch without a fault.
func (s *stage) exchange(route string) (replies, requests int) {
	s.t.Helper()
	p, err := newProxy(route, true, straight, straight)
	s.must(err)
	defer p.end()
	l, err := s.runBehind(p)
	s.must(err)
	if l.wrong() != nil || !l.inside() {
		s.t.Fatalf("through the proxy: %v; in %q, it said %q", l.wrong(), l.group, l.said)
	}
	return int(p.sent.Load()), int(p.asked.Load())
}

// A spot is one damage at one byte.
type spot struct {
	damage
	at      int
	request bool
}

func (s *stage) spoil(a *area, route string, alone bool, replies, requests int) {
	random := seeded(s.t)
	var spots []spot
	add := func(d damage, length, samples int, request bool) {
		step := max(1, length/samples)
		for at := random.IntN(step); at < length; at += step {
			spots = append(spots, spot{d, at, request})
		}
	}
	for _, d := range damages {
		add(d, replies, sized(samples(), replies), false)
	}
	add(damage{"closed", closed}, requests, sized(8, requests), true)
	add(damage{"stalled", stalled}, requests, sized(4, requests), true)
	each(len(spots), atOnce, func(i int) {
		at := spots[i]
		make := func() spoiler { return &atByte{left: at.at, then: at.make()} }
		reply, request, of := make, straight, "replies"
		if at.request {
			reply, request, of = straight, make, "requests"
		}
		l, err := s.through(route, alone, reply, request)
		a.launch(fmt.Sprintf("%s at byte %d of the %s", at.name, at.at, of), l, err)
	})
}

// TestForged puts messages into the conversation that the manager did not send, or
// sends its own in another order.
func TestForged(t *testing.T) {
	for name, route := range map[string]string{"the bus": public, "the private socket": private} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, "/bin/sh", catalogue)
			a := newArea(t, "messages forged over "+name)
			each(len(forgeries)*sized(1, 20), atOnce, func(i int) {
				forgery := forgeries[i%len(forgeries)]
				l, err := s.through(route, true, func() spoiler {
					return &byMessage{change: forgery.make(t)}
				}, straight)
				a.launch(forgery.name, l, err)
			})
		})
	}
}
