package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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

	times []time.Duration
	peak  int // KiB
}

const slice = "app-electron.slice"

// engine is what all of them start: it does nothing, and has the size of an engine,
// for a smaller program would be one more launcher, and held in other ways.
func engine(programs string) string { return filepath.Join(programs, "engine") }

// properties are those of discord in apps.toml, and what the launch adds to
// them, as systemd-run and the peers take them.
var properties = []string{
	"MemoryHigh=2G", "MemoryMax=3G", "CPUQuota=150%", "OOMPolicy=continue",
	"PartOf=graphical-session.target", "After=graphical-session.target",
}

// field is who takes part here: the bare program and the floor, electroscope,
// systemd-run, and each peer that is on PATH.
func field(programs, dir string) ([]*contestant, error) {
	probe := filepath.Join(dir, "probe")
	if err := os.WriteFile(probe, []byte("#!/bin/sh\nexec cat /proc/self/cgroup\n"), 0o755); err != nil {
		return nil, err
	}
	var list []*contestant
	add := func(name string, scope bool, words ...string) {
		path, err := exec.LookPath(words[0])
		if err != nil {
			return
		}
		words[0] = path
		n := len(words)
		list = append(list, &contestant{name: name, scope: scope, start: append(words[:n:n], engine(programs)), probe: append(words[:n:n], probe)})
	}
	limits := func(words ...string) []string {
		for _, p := range properties {
			words = append(words, "-p", p)
		}
		return append(words, "--")
	}
	list = append(list, &contestant{name: "nothing", start: []string{engine(programs)}, probe: []string{probe}})
	add("floor (static C)", true, filepath.Join(programs, "floor"))
	ours, err := electroscope(programs, dir, 0)
	if err != nil {
		return nil, err
	}
	list = append(list, ours)
	add("systemd-run", true, limits("systemd-run", "--user", "--scope", "--quiet", "--collect", "--slice="+slice)...)
	add("runapp (no limits)", true, "runapp", "--scope", "--slice="+slice)
	add("app2unit", true, limits("app2unit", "-t", "scope", "-s", slice)...)
	add("uwsm app", true, limits("uwsm", "app", "-t", "scope", "-s", slice)...)
	for _, c := range list {
		if c.env == nil {
			c.env = os.Environ()
		}
	}
	if list[1].name != "floor (static C)" {
		return nil, fmt.Errorf("no floor in %q (remedy: tests/bench/run.sh builds it)", programs)
	}
	return list, nil
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
// here, must not win by it.
func (c *contestant) check() error {
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
