// Package cgroup reads where this process stands in the cgroup tree and which
// controllers act there: cgroups(7) and Documentation/admin-guide/cgroup-v2.rst.
package cgroup

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"electroscope/launcher/regular"
)

// A Group is a place in the unified hierarchy, as /proc/PID/cgroup names it:
// "/user.slice/user-1000.slice/user@1000.service/app.slice/…".
type Group string

// ErrLegacy says that the process is in no cgroup of the unified hierarchy.
var ErrLegacy = errors.New("no cgroup v2 hierarchy")

// ErrOutside says that a group lies above what this process's cgroup namespace
// shows, so that nothing can be read of it: which limits hold there is not known.
var ErrOutside = errors.New("the cgroup lies outside this cgroup namespace")

// limit is the most that is read of one of the kernel's files.
const limit = 64 << 10

// Own is the group of this process. proc is "/proc".
func Own(proc string) (Group, error) { return Process(proc, "self") }

// Process is the group of the process with that PID.
func Process(proc, pid string) (Group, error) {
	b, err := regular.Read(proc+"/"+pid+"/cgroup", limit)
	if err != nil {
		return "", err
	}
	for line := range strings.SplitSeq(string(b), "\n") {
		if path, ok := strings.CutPrefix(line, "0::"); ok {
			return Group(path), nil
		}
	}
	return "", ErrLegacy
}

// Unit is the innermost unit, "app-discord-31415.scope" or "x.service"; empty
// if the group is in none. Below a unit that delegates, there may be more.
func (g Group) Unit() string {
	last := ""
	for name := range strings.SplitSeq(string(g), "/") {
		if strings.HasSuffix(name, ".scope") || strings.HasSuffix(name, ".service") {
			last = name
		}
	}
	return last
}

// In reports whether the group is that of the unit or slice, or below it.
func (g Group) In(unit string) bool {
	return unit != "" && strings.Contains(string(g)+"/", "/"+unit+"/")
}

// Slices are the slices from the outermost to the innermost.
func (g Group) Slices() []string {
	var slices []string
	for name := range strings.SplitSeq(string(g), "/") {
		if strings.HasSuffix(name, ".slice") {
			slices = append(slices, name)
		}
	}
	return slices
}

// Name is the last part of the group's path: the unit or slice that it is of.
func (g Group) Name() string { return string(g[strings.LastIndexByte(string(g), '/')+1:]) }

// Of is the group of a unit or slice that the group is in, or is itself; empty if
// it is in no such unit.
func (g Group) Of(unit string) Group {
	i := strings.Index(string(g)+"/", "/"+unit+"/")
	if i < 0 || unit == "" {
		return ""
	}
	return g[:i+1+len(unit)]
}

// Read is the text of one of the group's files, such as "memory.max", without the
// newline at its end. sys is "/sys/fs/cgroup". An error, [ErrOutside] among them, means
// that it could not be looked, and never that there is none.
func (g Group) Read(sys, file string) (string, error) {
	if err := g.seen(); err != nil {
		return "", err
	}
	b, err := regular.Read(sys+string(g)+"/"+file, limit)
	if errors.Is(err, fs.ErrNotExist) && !exists(sys+string(g)) {
		err = fmt.Errorf("%q: %w", string(g), ErrOutside) // the mount is that of another namespace
	}
	return strings.TrimSuffix(string(b), "\n"), err
}

// Controllers are those that act in the group: "cpu", "memory", "pids".
func (g Group) Controllers(sys string) ([]string, error) {
	text, err := g.Read(sys, "cgroup.controllers")
	return strings.Fields(text), err
}

// seen is [ErrOutside] if the group has no folder below a mount of this
// process's own: cgroup_namespaces(7) shows it as "/../…" then.
func (g Group) seen() error {
	if g == "/.." || strings.HasPrefix(string(g), "/../") {
		return fmt.Errorf("%q: %w", string(g), ErrOutside)
	}
	return nil
}

func exists(path string) bool {
	var st syscall.Stat_t
	return syscall.Stat(path, &st) == nil
}
