// Bench compares what it costs to start a program through electroscope, through
// its peers, and by the least that could do (c/floor.c). It needs a user manager;
// run.sh finds or makes one.
//
// Every contestant starts the same program once a round, in an order shuffled anew
// each time, so that what disturbs the machine disturbs all alike. Nothing is
// asserted: the figures are for people.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"
)

func main() {
	var r race
	flag.IntVar(&r.rounds, "n", 200, "rounds `N`; each contestant starts once in each")
	flag.DurationVar(&r.budget, "max", 5*time.Minute, "end after this long, with the rounds done until then")
	flag.DurationVar(&r.rest, "rest", 5*time.Millisecond, "between two starts: the manager tidies the last scope away")
	programs := flag.String("programs", "build/bench", "`FOLDER` with electroscope, floor and peak")
	flag.Parse()
	if err := bench(r, *programs); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(r race, programs string) error {
	programs, err := filepath.Abs(programs)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "electroscope-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	peers, err := field(programs, dir)
	if err != nil {
		return err
	}
	sizes, err := growth(programs, dir)
	if err != nil {
		return err
	}
	rest, err := others(programs, dir)
	if err != nil {
		return err
	}
	sizes = append(sizes, rest...)
	all := append(peers[:len(peers):len(peers)], sizes...)
	for _, c := range all {
		if err := c.check(); err != nil {
			return err
		}
		if err := c.measurePeak(filepath.Join(programs, "peak")); err != nil {
			return err
		}
	}
	runtime.LockOSThread()
	debug.SetGCPercent(-1)
	if err := r.run(all); err != nil {
		return err
	}
	fmt.Printf("%s\n%s\n\n", machine(), r)
	writeTable(os.Stdout, "through", peers, peers[1], named(peers, "systemd-run"))
	fmt.Println()
	writeTable(os.Stdout, "electroscope with", sizes, peers[1], named(peers, "systemd-run"))
	fmt.Println()
	return initCosts(os.Stdout, programs)
}
