//go:build rig

package uml

import (
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
)

// A group is a control group, by its path below /sys/fs/cgroup. Its files are in
// Documentation/admin-guide/cgroup-v2.rst.
type group string

// groupOf is where a process stands; empty if it is gone.
func groupOf(pid int) group {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cgroup", pid))
	return group(strings.TrimSpace(strings.TrimPrefix(string(text), "0::")))
}

func (g group) parent() group { return group(path.Dir(string(g))) }
func (g group) name() string  { return path.Base(string(g)) }

func (g group) exists() bool {
	_, err := os.Stat("/sys/fs/cgroup" + string(g))
	return err == nil
}

// read is one file's text.
func (g group) read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile("/sys/fs/cgroup" + string(g) + "/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

// readAll is the text of several files, by their names.
func (g group) readAll(t *testing.T, files ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, f := range files {
		found[f] = g.read(t, f)
	}
	return found
}

// number is the value of a file with one number, infinity for "max".
func (g group) number(t *testing.T, file string) uint64 {
	t.Helper()
	return number(t, g.read(t, file))
}

// count is one line of a file with a name and a number on each ("oom_kill 1").
func (g group) count(t *testing.T, file, name string) uint64 {
	t.Helper()
	for line := range strings.SplitSeq(g.read(t, file), "\n") {
		if text, ok := strings.CutPrefix(line, name+" "); ok {
			return number(t, text)
		}
	}
	t.Fatalf("no %s in %s of %s", name, file, g)
	return 0
}

const infinity = ^uint64(0)

func number(t *testing.T, text string) uint64 {
	t.Helper()
	if text == "max" {
		return infinity
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (g group) processes() []int {
	text, _ := os.ReadFile("/sys/fs/cgroup" + string(g) + "/cgroup.procs")
	var pids []int
	for _, word := range strings.Fields(string(text)) {
		if pid, err := strconv.Atoi(word); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

// ram is the machine's memory in bytes.
func ram(t *testing.T) uint64 {
	t.Helper()
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		t.Fatal(err)
	}
	var kib uint64
	if _, err := fmt.Sscanf(string(text), "MemTotal: %d kB", &kib); err != nil {
		t.Fatal(err)
	}
	return kib << 10
}

// pages rounds down to whole pages, as the kernel does with a limit.
func pages(bytes uint64) uint64 { return bytes / 4096 * 4096 }
