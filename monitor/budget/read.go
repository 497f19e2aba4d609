package budget

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/regular"
)

// largest is the most that is read of a file of proc(5).
const largest = 64 << 10

// A Usage is what the processes and the whole of a machine use.
type Usage struct {
	Processes []Process
	Info      Info
	Unread    int  // processes that may not be read, and count nowhere
	Hidden    bool // others' processes are not even listed (proc(5), hidepid=)
}

// Read reads all processes of the machine. proc is "/proc".
func Read(proc string) (Usage, error) {
	items, err := os.ReadDir(proc)
	if err != nil {
		return Usage{}, fmt.Errorf("cannot look for processes: %w", err)
	}
	u := Usage{Hidden: true}
	for _, item := range items {
		pid, err := strconv.Atoi(item.Name())
		if err != nil {
			continue
		}
		u.Hidden = u.Hidden && pid != 1 // which every PID namespace has (pid_namespaces(7))
		p, err := read(proc, pid)
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ESRCH): // it has ended
		case err != nil:
			u.Unread++
		case p.Memory+p.Swapped > 0: // else it ends, or is a kernel thread
			u.Processes = append(u.Processes, p)
		}
	}
	text, err := regular.Read(proc+"/meminfo", largest)
	if err != nil {
		return Usage{}, fmt.Errorf("cannot read %q: %w", proc+"/meminfo", err)
	}
	u.Info = parseInfo(string(text))
	return u, nil
}

// read reads a process. It has no memory if it is about to end.
func read(proc string, pid int) (p Process, err error) {
	dir := proc + "/" + strconv.Itoa(pid) + "/"
	statm, err := regular.Read(dir+"statm", largest)
	fields := strings.Fields(string(statm))
	if err != nil || len(fields) < 3 {
		return p, err
	}
	resident, _ := strconv.ParseUint(fields[1], 10, 64)
	files, _ := strconv.ParseUint(fields[2], 10, 64) // and shared memory
	page := uint64(os.Getpagesize())
	p = Process{PID: pid, Memory: resident * page, Own: less(resident, files) * page, Shared: true}
	if rollup, err := regular.Read(dir+"smaps_rollup", largest); err == nil {
		info := parseInfo(string(rollup))
		if pss, ok := info["Pss"]; ok {
			p.Memory, p.Own, p.Shared = pss, less(pss, info["Pss_File"]), false // Pss_File since Linux 5.4
			p.Swapped = info["SwapPss"]
		}
	}
	if p.Shared {
		status, _ := regular.Read(dir+"status", largest)
		p.Swapped = parseInfo(string(status))["VmSwap"] // readable for all (proc_pid_status(5))
	}
	if p.Memory+p.Swapped == 0 {
		return p, nil
	}
	p.Group, _ = cgroup.Process(proc, strconv.Itoa(pid)) // a hybrid hierarchy has none: then its name alone counts
	if path, err := os.Readlink(dir + "exe"); err == nil {
		p.Program = programName(path)
	} else if comm, err := regular.Read(dir+"comm", largest); err == nil {
		p.Program = strings.TrimSpace(string(comm))
	}
	return p, nil
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
