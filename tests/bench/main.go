// Bench compares what it costs to start a program through electroscope, through
// its peers, and by the least that could do (c/floor.c). It needs a user manager;
// run.sh finds or makes one.
//
// Every contestant starts the same program once a round, in an order shuffled anew
// each time, so that what disturbs the machine disturbs all alike. Starts that follow
// each other show what a launch itself takes. What a user waits for is a start far from
// others: there the kernel waits for an RCU grace period before it moves a process into
// a control group (docs/performance.md). Nothing is asserted: the figures are for people.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"time"
)

// options are what the flags say.
type options struct {
	hot, alone race
	together   burst
	programs   string // where those are that run.sh builds
	before     string // another electroscope, or none
}

func main() {
	o := options{
		hot:   race{warmUp: 5, min: 5 * time.Millisecond}, // the manager tidies the last scope away
		alone: race{warmUp: 2, min: 120 * time.Millisecond, max: 280 * time.Millisecond},
	}
	flag.IntVar(&o.hot.rounds, "n", 200, "rounds `N` of starts that follow each other; each contestant starts once in each")
	flag.IntVar(&o.alone.rounds, "alone", 40, "rounds `N` of starts far from each other")
	flag.IntVar(&o.together.rounds, "together", 8, "rounds `N` of starts at once")
	flag.IntVar(&o.together.starts, "starts", 50, "as many of them `N`")
	flag.DurationVar(&o.hot.budget, "max", 5*time.Minute, "end a race after this long, with the rounds done until then")
	flag.StringVar(&o.before, "before", "", "race another electroscope beside this one, such as a build without a change: its `FILE`")
	flag.StringVar(&o.programs, "programs", "build/bench", "`FOLDER` with electroscope, floor and peak")
	flag.Parse()
	o.alone.budget = o.hot.budget
	if err := o.bench(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (o options) bench() error {
	var err error
	if o.programs, err = filepath.Abs(o.programs); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "electroscope-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	limits := hostLimits()
	peers, ours, err := o.contestants(dir, limits)
	if err != nil {
		return err
	}
	for _, c := range slices.Concat(peers, ours) {
		if err := c.measurePeak(filepath.Join(o.programs, "peak")); err != nil {
			return err
		}
	}
	fmt.Println(machine(limits))
	runtime.LockOSThread()
	debug.SetGCPercent(-1)
	if err := o.race(peers, ours); err != nil {
		return err
	}
	debug.SetGCPercent(100)
	if err := commandTimes(os.Stdout, o.programs, named(ours, "100 more files"), named(ours, "1000 more apps")); err != nil {
		return err
	}
	fmt.Println()
	return initCosts(os.Stdout, o.programs)
}

// contestants are all ways to start a program that work here, and the variants of ours.
func (o options) contestants(dir string, l limits) (peers, ours []*contestant, err error) {
	if peers, err = field(o.programs, dir, l); err != nil {
		return nil, nil, err
	}
	if o.before != "" {
		c, err := electroscope(o.programs, dir, "electroscope before", l)
		if err == nil {
			err = c.runs(o.before)
		}
		if err != nil {
			return nil, nil, err
		}
		peers = append(peers, c)
	}
	if ours, err = variants(o.programs, dir, l); err != nil {
		return nil, nil, err
	}
	if peers, err = working(peers); err == nil {
		ours, err = working(ours)
	}
	return peers, ours, err
}

// race runs the races, those of no rounds left out, and prints a table for each.
func (o options) race(peers, ours []*contestant) error {
	print := func(what fmt.Stringer, list []*contestant) {
		fmt.Printf("\n%s\n\n", what)
		writeTable(os.Stdout, "through", list, peers)
	}
	for _, r := range []*race{&o.hot, &o.alone} {
		if r.rounds == 0 {
			continue
		}
		if err := r.run(slices.Concat(peers, ours)); err != nil {
			return err
		}
		print(r, peers)
		fmt.Println()
		writeTable(os.Stdout, "electroscope with", ours, peers)
	}
	if o.together.rounds > 0 {
		fast := quick(peers)
		if err := o.together.run(fast); err != nil {
			return err
		}
		print(o.together, fast)
	}
	return nil
}
