package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"time"
)

// A race is how the contestants run: one after the other, with a rest between.
type race struct {
	rounds   int
	budget   time.Duration
	min, max time.Duration // of a rest
	warmUp   int           // rounds that do not count: page cache, the slice's first limits
	done     int
}

func (r *race) run(list []*contestant) error {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer null.Close()
	terminal := isTerminal(os.Stderr)
	end := time.Now().Add(r.budget)
	for _, c := range list {
		c.times = nil
	}
	for round := -r.warmUp; round < r.rounds && time.Now().Before(end); round++ {
		if terminal {
			fmt.Fprintf(os.Stderr, "\rround %d of %d ", max(round+1, 0), r.rounds)
		}
		for _, i := range rand.Perm(len(list)) {
			time.Sleep(r.rest())
			took, err := list[i].time(null.Fd())
			if err != nil {
				return err
			}
			if round >= 0 {
				list[i].times = append(list[i].times, took)
			}
		}
		r.done = max(round+1, 0)
	}
	if terminal {
		fmt.Fprint(os.Stderr, "\r\033[K")
	}
	if r.done == 0 {
		return fmt.Errorf("not one round was done within %s", r.budget)
	}
	return nil
}

// rest varies if it may, so that no start keeps step with the kernel's tick.
func (r race) rest() time.Duration {
	if r.max <= r.min {
		return r.min
	}
	return r.min + rand.N(r.max-r.min)
}

func (r race) String() string {
	between := r.min.String()
	if r.max > r.min {
		between += " to " + r.max.String()
	}
	return fmt.Sprintf("an empty program from start to exit, in ms: %d rounds in shuffled order, %s of rest between starts", r.done, between)
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
