//go:build rig

package uml

import (
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"
	"syscall"
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
	return field(t, g.read(t, file), name)
}

// field is the number in the line of a text that begins with a name.
func field(t *testing.T, text, name string) uint64 {
	t.Helper()
	for line := range strings.SplitSeq(text, "\n") {
		if text, ok := strings.CutPrefix(line, name+" "); ok {
			return number(t, text)
		}
	}
	t.Fatalf("no %s in %q", name, text)
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

// memory is how much of a group is in memory, and how much in swap.
func (g group) memory(t *testing.T) (memory, swap uint64) {
	t.Helper()
	return g.number(t, "memory.current"), g.number(t, "memory.swap.current")
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

// kills is how many processes this kernel has killed for want of memory, whatever their group.
func kills(t *testing.T) uint64 {
	t.Helper()
	text, err := os.ReadFile("/proc/vmstat")
	if err != nil {
		t.Fatal(err)
	}
	return field(t, string(text), "oom_kill")
}

// others is where each process of this user is that is not in a group.
func others(g group) map[int]group {
	found := map[int]group{}
	entries, _ := os.ReadDir("/proc")
	for _, entry := range entries {
		var st syscall.Stat_t
		pid, err := strconv.Atoi(entry.Name())
		if err != nil || syscall.Stat("/proc/"+entry.Name(), &st) != nil || int(st.Uid) != os.Getuid() {
			continue
		}
		if at := groupOf(pid); at != "" && at != g {
			found[pid] = at
		}
	}
	return found
}

// pages rounds down to whole pages, as the kernel does with a limit.
func pages(bytes uint64) uint64 { return bytes / 4096 * 4096 }
