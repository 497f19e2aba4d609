package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A contestant is one way to start a program.
type contestant struct {
	name   string
	start  []string // the command line that starts the engine
	probe  []string // the same for a script that prints the control group
	env    []string
	forget string // a folder to remove before each start
	scope  bool   // the program is in a scope of its own afterwards
	peer   bool   // somebody else's: left out if it does not work here

	times []time.Duration
	peak  int // KiB
}

const slice = "app-electron.slice"

// engine is what all of them start: it does nothing, and has the size of an engine,
// for a smaller program would be one more launcher, and held in other ways.
func engine(programs string) string { return filepath.Join(programs, "engine") }

// properties are those of the app's table and what the launch adds to them, as systemd-run and
// the peers take them.
func (l limits) properties() []string {
	quota := strings.TrimSuffix(l.quota, "infinity") // which is the empty word there
	return []string{
		"MemoryHigh=" + l.high, "MemoryMax=" + l.most, "CPUQuota=" + quota, "OOMPolicy=continue",
		"PartOf=graphical-session.target", "After=graphical-session.target",
	}
}

const (
	floorName   = "floor: C, over the bus"
	privateName = "floor: C, private socket, a guard"
	runName     = "systemd-run"
	runappName  = "runapp (no limits)"
	uwsmName    = "uwsm app"
)

// field is who takes part here: the bare program and the floors, electroscope,
// systemd-run, and each peer that is on PATH.
func field(programs, dir string, l limits) ([]*contestant, error) {
	probe := filepath.Join(dir, "probe")
	if err := os.WriteFile(probe, []byte("#!/bin/sh\nexec cat /proc/self/cgroup\n"), 0o755); err != nil {
		return nil, err
	}
	var list []*contestant
	add := func(name string, peer bool, words ...string) {
		path, err := exec.LookPath(words[0])
		if err != nil {
			return
		}
		words[0] = path
		c := launcherOf(name, programs, dir, words)
		c.peer = peer
		list = append(list, c)
	}
	with := func(words ...string) []string {
		for _, p := range l.properties() {
			words = append(words, "-p", p)
		}
		return append(words, "--")
	}
	list = append(list, &contestant{name: "nothing", start: []string{engine(programs)}, probe: []string{probe}, env: os.Environ()})
	add(floorName, false, floor(programs, "bus", l, 0)...)
	add(privateName, false, floor(programs, "private", l, 1)...)
	ours, err := electroscope(programs, dir, "electroscope", l)
	if err != nil {
		return nil, err
	}
	list = append(list, ours)
	add(runName, true, with("systemd-run", "--user", "--scope", "--quiet", "--collect", "--slice="+slice)...)
	add(runappName, true, "runapp", "--scope", "--slice="+slice)
	add("app2unit", true, with("app2unit", "-t", "scope", "-s", slice)...)
	add(uwsmName, true, with("uwsm", "app", "-t", "scope", "-s", slice)...)
	if named(list, floorName) == nil {
		return nil, fmt.Errorf("no floor in %q (remedy: tests/bench/run.sh builds it)", programs)
	}
	return list, nil
}

// launcherOf is the contestant that starts what follows its words.
func launcherOf(name, programs, dir string, words []string) *contestant {
	n := len(words)
	return &contestant{
		name: name, scope: true, env: os.Environ(),
		start: append(words[:n:n], engine(programs)), probe: append(words[:n:n], filepath.Join(dir, "probe")),
	}
}

// floor is the C program that has the same exchange with systemd and does nothing else.
func floor(programs, route string, l limits, guards int) []string {
	return []string{filepath.Join(programs, "floor"), route, l.name, strconv.Itoa(guards)}
}

// A limits is what the apps of the benchmark may use.
type limits struct{ name, high, most, quota string }

// hostLimits are those of discord in apps.toml. If the kernel's controllers are not in the unified
// hierarchy, they are set and unlimited: the exchange is the same, and electroscope has nothing to
// warn of, which takes time.
func hostLimits() limits {
	controllers, _ := os.ReadFile("/sys/fs/cgroup/cgroup.controllers")
	if has := strings.Fields(string(controllers)); slices.Contains(has, "memory") && slices.Contains(has, "cpu") {
		return limits{"discord", "2G", "3G", "150%"}
	}
	return limits{"infinity", "infinity", "infinity", "infinity"}
}

// working leaves out the peers that do not work here, and says why.
func working(list []*contestant) ([]*contestant, error) {
	var kept []*contestant
	for _, c := range list {
		err := c.check()
		switch {
		case err == nil:
			kept = append(kept, c)
		case c.peer:
			fmt.Fprintln(os.Stderr, "bench: left out:", err)
		default:
			return nil, err
		}
	}
	return kept, nil
}

func named(list []*contestant, name string) *contestant {
	for _, c := range list {
		if c.name == name {
			return c
		}
	}
	return nil
}

// check starts the probe: a contestant that does not do its work, or cannot
// here, must not win by it. Nor may one have something to complain about, which takes time.
func (c *contestant) check() error {
	start := exec.Command(c.start[0], c.start[1:]...)
	start.Env = c.env
	switch said, err := start.CombinedOutput(); {
	case err != nil:
		return fmt.Errorf("%s: %w: %s", c.name, err, said)
	case len(said) > 0 && !c.peer:
		return fmt.Errorf("%s says %q, which is not what it is raced for", c.name, said)
	}
	cmd := exec.Command(c.probe[0], c.probe[1:]...)
	cmd.Env = c.env
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, strings.TrimSpace(string(exit.Stderr)))
		}
		return fmt.Errorf("%s: %w", c.name, err)
	}
	_, group, _ := strings.Cut(string(out), "0::")
	group = strings.TrimSpace(group)
	if c.scope && !(strings.Contains(group, "/"+slice+"/") && strings.HasSuffix(group, ".scope")) {
		return fmt.Errorf("%s: the program is in %q and not in a scope of %s", c.name, group, slice)
	}
	return nil
}

// measurePeak takes the most memory of one launch.
func (c *contestant) measurePeak(peak string) error {
	cmd := exec.Command(peak, c.start...)
	cmd.Env = c.env
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err == nil {
		c.peak, err = strconv.Atoi(strings.TrimSpace(string(out)))
	}
	if err != nil {
		return fmt.Errorf("%s: peak memory: %w", c.name, err)
	}
	return nil
}

// time runs the contestant once, output to null, and takes the time from before
// clone(2), which is with CLONE_VFORK here, until after wait4(2).
func (c *contestant) time(null uintptr) (time.Duration, error) {
	if c.forget != "" {
		if err := os.RemoveAll(c.forget); err != nil {
			return 0, err
		}
	}
	begin := time.Now()
	pid, err := syscall.ForkExec(c.start[0], c.start, &syscall.ProcAttr{Env: c.env, Files: []uintptr{null, null, null}})
	if err != nil {
		return 0, fmt.Errorf("%s: %w", c.name, err)
	}
	var status syscall.WaitStatus
	for {
		_, err = syscall.Wait4(pid, &status, 0, nil)
		if err != syscall.EINTR {
			break
		}
	}
	took := time.Since(begin)
	if err != nil || status != 0 {
		return 0, fmt.Errorf("%s: wait status %#x (%v)", c.name, uint32(status), err)
	}
	return took, nil
}
