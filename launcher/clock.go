package launcher

import "time"

// A clock counts the time that others keep a launch waiting, and not what it needs
// for files between.
type clock struct {
	left  time.Duration
	since time.Time
}

func startClock(left time.Duration) clock { return clock{left: left, since: time.Now()} }

// stop ends a wait. It leaves half of the time at least: what else passed, this
// process may have been stopped.
func (c *clock) stop() { c.left = max(c.left-time.Since(c.since), c.left/2) }

// deadline is when a wait that begins now has to end.
func (c *clock) deadline() time.Time { return time.Now().Add(c.left) }
