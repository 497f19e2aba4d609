package budget

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/regular"
)

// largest is the most that is read of a file of proc(5).
const largest = 64 << 10

// Read reads all processes of the machine. proc is "/proc".
func Read(proc string) ([]Process, Info, error) {
	items, err := os.ReadDir(proc)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot look for processes: %w", err)
	}
	var list []Process
	for _, item := range items {
		if pid, err := strconv.Atoi(item.Name()); err == nil {
			if p, ok := read(proc, pid); ok {
				list = append(list, p)
			}
		}
	}
	text, err := regular.Read(proc+"/meminfo", largest)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot read %q: %w", proc+"/meminfo", err)
	}
	return list, parseInfo(string(text)), nil
}

// read reads a process. ok is false if it has ended, or has no memory of its own: a kernel thread.
func read(proc string, pid int) (p Process, ok bool) {
	dir := proc + "/" + strconv.Itoa(pid) + "/"
	statm, _ := regular.Read(dir+"statm", largest)
	fields := strings.Fields(string(statm))
	if len(fields) < 3 {
		return p, false
	}
	resident, _ := strconv.ParseUint(fields[1], 10, 64)
	files, _ := strconv.ParseUint(fields[2], 10, 64) // and shared memory
	page := uint64(os.Getpagesize())
	p = Process{PID: pid, Memory: resident * page, Own: less(resident, files) * page, Shared: true}
	if rollup, err := regular.Read(dir+"smaps_rollup", largest); err == nil {
		info := parseInfo(string(rollup))
		if pss, ok := info["Pss"]; ok {
			p.Memory, p.Own, p.Shared = pss, less(pss, info["Pss_File"]), false // Pss_File since Linux 5.4
		}
	}
	if p.Memory == 0 {
		return p, false
	}
	p.Group, _ = cgroup.Process(proc, strconv.Itoa(pid)) // a hybrid hierarchy has none: then its name alone counts
	if path, err := os.Readlink(dir + "exe"); err == nil {
		p.Program = programName(path)
	} else if comm, err := regular.Read(dir+"comm", largest); err == nil {
		p.Program = strings.TrimSpace(string(comm))
	}
	return p, true
}

// programName is the name of a program by the link /proc/PID/exe. nixpkgs moves a program that it
// wraps to .NAME-wrapped (pkgs/build-support/setup-hooks/make-wrapper.sh).
func programName(path string) string {
	name := filepath.Base(strings.TrimSuffix(path, " (deleted)"))
	if hidden, ok := strings.CutPrefix(name, "."); ok {
		return strings.TrimSuffix(hidden, "-wrapped")
	}
	return name
}

// Info are lines such as "MemTotal:       16316412 kB", in bytes (proc_meminfo(5),
// proc_pid_smaps(5)).
type Info map[string]uint64

func parseInfo(text string) Info {
	info := Info{}
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) != 3 || words[2] != "kB" {
			continue
		}
		if n, err := strconv.ParseUint(words[1], 10, 64); err == nil {
			info[strings.TrimSuffix(words[0], ":")] = n << 10
		}
	}
	return info
}
