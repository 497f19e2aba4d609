package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"time"
)

// A burst is many starts at once, as at login: its time is until the last has exited.
type burst struct{ rounds, starts int }

func (b burst) run(list []*contestant) error {
	for _, c := range list {
		c.times = nil
	}
	for range b.rounds {
		for _, i := range rand.Perm(len(list)) {
			took, err := b.time(list[i])
			if err != nil {
				return err
			}
			list[i].times = append(list[i].times, took)
			time.Sleep(500 * time.Millisecond) // the manager tidies all those scopes away
		}
	}
	return nil
}

func (b burst) time(c *contestant) (time.Duration, error) {
	all := make([]*exec.Cmd, b.starts)
	begin := time.Now()
	for i := range all {
		all[i] = exec.Command(c.start[0], c.start[1:]...)
		all[i].Env, all[i].Stderr = c.env, os.Stderr
		if err := all[i].Start(); err != nil {
			return 0, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	var first error
	for _, cmd := range all {
		if err := cmd.Wait(); err != nil && first == nil {
			first = fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return time.Since(begin), first
}

func (b burst) String() string {
	return fmt.Sprintf("%d starts at once until the last has exited, in ms: %d rounds in shuffled order", b.starts, b.rounds)
}

// quick leaves out who needs a tenth of a second and more for one start.
func quick(list []*contestant) []*contestant {
	return slices.DeleteFunc(slices.Clone(list), func(c *contestant) bool { return c.name == uwsmName })
}
