//go:build rig

package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"time"
)

// Waits are bounded by these; each is far above what it bounds.
const (
	soon = 30 * time.Second
	// late is the longest that a launch under a fault may take: its thirty seconds of
	// patience with a manager that works, on a busy machine, and some room.
	late = 45 * time.Second
)

// until polls for something, and reports whether it came in time.
func until(limit time.Duration, there func() bool) bool {
	for end := time.Now().Add(limit); ; time.Sleep(3 * time.Millisecond) {
		if there() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}

// A launch is what came of one.
type launch struct {
	group  string // where the app found itself; empty if it did not start
	said   string
	status int // -1 if it was ended by a signal, or by us
	pid    int
	took   time.Duration // until the app had ended
	files  string        // the app's descriptors, if it told of them
}

// whereAmI is what an app that is a shell runs: it takes no other program, whose
// end would have to be waited for.
const whereAmI = `while read -r line; do echo "$line"; done </proc/self/cgroup`

// run launches the plain app, a shell, and waits until it has told where it is.
func (s *stage) run(env []string) (launch, error) { return s.runAs(env, func(*exec.Cmd) {}) }

func (s *stage) runAs(env []string, change func(*exec.Cmd)) (launch, error) {
	return s.runWhile(env, change, func(int) {})
}

// runWhile launches and does something meanwhile, with the PID.
func (s *stage) runWhile(env []string, change func(*exec.Cmd), do func(pid int)) (launch, error) {
	ctx, cancel := context.WithTimeout(context.Background(), late)
	defer cancel()
	c := exec.CommandContext(ctx, s.link(), "-c", whereAmI)
	var out, said bytes.Buffer
	c.Env, c.Dir, c.Stdout, c.Stderr, c.WaitDelay = env, s.cwd, &out, &said, late
	change(c)
	began := time.Now()
	if err := c.Start(); err != nil {
		return launch{}, err
	}
	do(c.Process.Pid)
	if err := c.Wait(); errors.Is(err, exec.ErrWaitDelay) {
		return launch{}, err
	} // any other is a status, which the launch has
	return launch{
		group: groupIn(out.String()), said: said.String(), status: c.ProcessState.ExitCode(), pid: c.ProcessState.Pid(),
		took: time.Since(began), files: filesIn(out.String()),
	}, nil
}

// groupIn is the line of the unified hierarchy (cgroups(7)).
func groupIn(text string) string {
	for line := range strings.SplitSeq(text, "\n") {
		if group, ok := strings.CutPrefix(line, "0::"); ok {
			return group
		}
	}
	return ""
}

// ownScope is that of the launch itself; an x follows if the name was taken.
var ownScope = regexp.MustCompile(`/app-electron\.slice/app-plain-(\d+)x?\.scope$`)

func (l launch) inside() bool {
	m := ownScope.FindStringSubmatch(l.group)
	return m != nil && m[1] == fmt.Sprint(l.pid)
}

// wrong is what breaks the promises: no app, an app outside its scope that was not
// said to be, one inside that was, more than one line. A scope of which it is said
// that it still waits for another job, or that its limits may still come, may have
// come.
func (l launch) wrong() error {
	// Of its own it has none if its table could not be read; those of [defaults] hold.
	unlimited := strings.Contains(strings.ReplaceAll(l.said, "without limits of its own", ""), "without limits")
	coming := strings.Contains(l.said, "the scope still waits") || strings.Contains(l.said, "the limits may still come")
	switch {
	case l.group == "":
		return l.absent()
	case l.inside() == unlimited && !coming:
		return fmt.Errorf("the app is in %q; it said %q", l.group, l.said)
	case strings.Count(l.said, "\n") > 1:
		return fmt.Errorf("more than one line: %q", l.said)
	case l.status != 0:
		return fmt.Errorf("status %d", l.status)
	}
	return nil
}

// absent tells of an app that did not start: by itself, or not within late.
func (l launch) absent() error {
	if l.status < 0 {
		return fmt.Errorf("the app did not start: killed, or waiting after %v; it said %.200q", late, l.said)
	}
	return fmt.Errorf("the app did not start: status %d; it said %.200q", l.status, l.said)
}
