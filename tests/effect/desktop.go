package main

import (
	"slices"
	"time"
)

// Frames are what became of the desktop's.
type Frames struct {
	All    int     `json:"all"`
	Late   int     `json:"late"` // drawn after the next was due
	Median float64 `json:"median_ms"`
	P99    float64 `json:"p99_ms"`
	Worst  float64 `json:"worst_ms"`
}

// The stand-in for a desktop: each frame it touches what a shell has in use, and computes a little.
const (
	frame   = 50 * time.Millisecond
	inUse   = 60 << 20
	compute = 3 * time.Millisecond
	onePage = 4096
)

func draw(span time.Duration) Frames {
	memory := make([]byte, inUse)
	touch := func() {
		for i := 0; i < len(memory); i += onePage {
			memory[i]++
		}
	}
	touch()
	var took []time.Duration
	start := time.Now()
	for due := time.Duration(0); due < span; {
		time.Sleep(time.Until(start.Add(due)))
		touch()
		for end := time.Now().Add(compute); time.Now().Before(end); {
		}
		now := time.Since(start)
		took = append(took, now-due)
		for due += frame; due < span && due < now; due += frame { // that should have been drawn meanwhile
			took = append(took, now-due)
		}
	}
	return framesOf(took)
}

// framesOf sums up how long after it was due each frame was there.
func framesOf(took []time.Duration) Frames {
	f := Frames{All: len(took)}
	if len(took) == 0 {
		return f
	}
	slices.Sort(took)
	for _, t := range took {
		if t > frame {
			f.Late++
		}
	}
	ms := func(t time.Duration) float64 { return float64(t.Microseconds()) / 1000 }
	f.Median, f.P99, f.Worst = ms(took[len(took)/2]), ms(took[len(took)*99/100]), ms(took[len(took)-1])
	return f
}
