//go:build rig

package faults

import (
	"fmt"
	"os"
	"slices"
	"syscall"
	"time"
	"unsafe"
)

// attributes are those that a program may inherit of an ordinary user's process.
// What they are held against is the same program, started without us.
func attributes() []attribute {
	list := signals()
	add := func(name, exception string, set func(*process) error) {
		list = append(list, attribute{name, set, exception})
	}
	for _, mask := range []int{0, 0o22, 0o27, 0o77, 0o777} {
		add(fmt.Sprintf("umask %03o", mask), "", func(*process) error { syscall.Umask(mask); return nil })
	}
	for _, nice := range []int{1, 10, 19} {
		add(fmt.Sprintf("nice %d", nice), "", func(*process) error { return syscall.Setpriority(syscall.PRIO_PROCESS, 0, nice) })
	}
	for name, policy := range map[string]uintptr{"batch": 3, "idle": 5, "batch, reset on fork": 3 | 1<<30} {
		add("scheduled as "+name, "", func(*process) error {
			var priority int32
			return call(syscall.SYS_SCHED_SETSCHEDULER, 0, policy, uintptr(unsafe.Pointer(&priority)))
		})
	}
	for name, class := range map[string]uintptr{"best effort 0": 2 << 13, "best effort 7": 2<<13 | 7, "idle": 3 << 13} {
		add("ioprio "+name, "", func(*process) error { return call(syscall.SYS_IOPRIO_SET, 1, 0, class) })
	}
	add("affinity of one processor", "", func(*process) error {
		mask := uint64(1)
		return call(syscall.SYS_SCHED_SETAFFINITY, 0, 8, uintptr(unsafe.Pointer(&mask)))
	})
	add("memory policy", "", func(*process) error {
		nodes := uint64(1)
		return call(syscall.SYS_SET_MEMPOLICY, 2, uintptr(unsafe.Pointer(&nodes)), 64)
	})
	for name, bits := range map[string]uintptr{"no address randomisation": 0x40000, "compatible layout": 0x200000, "sticky timeouts": 0x4000000} {
		add("personality: "+name, "", func(*process) error { return call(syscall.SYS_PERSONALITY, bits) })
	}
	add("session of its own", "", func(*process) error { _, err := syscall.Setsid(); return err })
	add("process group of its own", "", func(*process) error { return syscall.Setpgid(0, 0) })
	add("timer of 1 ms, ignored", handled, func(p *process) error {
		if err := ignored(14)(p); err != nil {
			return err
		}
		return timer(time.Millisecond)
	})
	add("timer of 1 000 s", "", func(*process) error { return timer(1000 * time.Second) })
	for _, file := range [][3]string{
		{"oom_score_adj", "500", "OOMScoreAdjust in [defaults] sets it"}, {"coredump_filter", "0x1", ""}, {"timerslack_ns", "12345", ""},
	} {
		add(file[0], file[2], func(*process) error { return os.WriteFile("/proc/self/"+file[0], []byte(file[1]), 0) })
	}
	add("deleted working folder", "", func(*process) error {
		dir, err := os.MkdirTemp("", "gone")
		if err != nil {
			return err
		}
		if err := os.Chdir(dir); err != nil {
			return err
		}
		return os.Remove(dir)
	})
	add("working folder that may not be entered", "", func(*process) error {
		dir, err := os.MkdirTemp("", "shut")
		if err != nil {
			return err
		}
		if err := os.Chdir(dir); err != nil {
			return err
		}
		return os.Chmod(dir, 0)
	})
	list = append(list, controls()...)
	list = append(list, limits()...)
	return append(list, descriptors()...)
}

// timer is ITIMER_REAL, which exec keeps (getitimer(2)).
func timer(d time.Duration) error {
	value := [4]int64{0, 0, int64(d / time.Second), int64(d % time.Second / time.Microsecond)}
	return call(syscall.SYS_SETITIMER, 0, uintptr(unsafe.Pointer(&value)), 0)
}

// controls are those of prctl(2) that exec keeps and that /proc shows.
func controls() []attribute {
	const setNoNewPrivs, setTHPDisable = 38, 41
	control := func(args ...uintptr) func(*process) error {
		return func(*process) error { return call(syscall.SYS_PRCTL, args...) }
	}
	return []attribute{
		{"no new privileges", control(setNoNewPrivs, 1), ""},
		{"no transparent huge pages", control(setTHPDisable, 1), ""},
		{"a seccomp filter that allows all", func(p *process) error { return filter(nil, 0) }, ""},
	}
}

// Of signals, what Go's runtime does before main (runtime/signal_unix.go,
// sigtab_linux_generic.go).
const (
	handled   = "Go's runtime installs a handler over it, which exec resets to the default"
	delivered = "Go's runtime unblocks it before main, where it arrives"
	dropped   = "the launch takes Go's handler away, and of what is ignored by default the kernel then drops what waits"
)

// keptIgnored are those that the runtime leaves alone if they are ignored, or ever.
var keptIgnored = []int{1, 2, 18, 20, 21, 22, 34}

// unblocked are those that the runtime unblocks.
var unblocked = []int{1, 2, 3, 4, 5, 6, 7, 8, 11, 15, 16, 17, 23, 27, 31, 34}

// signals are ignored, blocked, and blocked and pending, each by itself. The C
// library keeps 32 and 33 for itself.
func signals() []attribute {
	var list []attribute
	for signal := 1; signal <= 64; signal++ {
		if signal == 9 || signal == 19 || signal == 32 || signal == 33 {
			continue
		}
		ignoring, waiting := handled, ""
		if slices.Contains(keptIgnored, signal) {
			ignoring = ""
		}
		if slices.Contains(unblocked, signal) {
			waiting = delivered
		}
		if signal == int(syscall.SIGWINCH) {
			waiting = dropped
		}
		list = append(list, attribute{fmt.Sprintf("signal %d ignored", signal), ignored(signal), ignoring})
		if signal == int(syscall.SIGURG) {
			continue // Go's scheduler sends it to its own threads, so that one may wait by chance
		}
		list = append(list,
			attribute{fmt.Sprintf("signal %d blocked", signal), blocked(signal), ""},
			attribute{fmt.Sprintf("signal %d pending", signal), pending(signal), waiting})
	}
	return list
}

// limits are soft, and far enough from what a program needs; see starvations.
func limits() []attribute {
	var list []attribute
	for _, l := range []struct {
		name  string
		which int
		soft  uint64
	}{
		{"cpu", 0, 3600}, {"fsize", 1, 1 << 30}, {"data", 2, 8 << 30}, {"stack", 3, 4 << 20}, {"stack unlimited", 3, 1<<64 - 1},
		{"core", 4, 0}, {"rss", 5, 1 << 30}, {"memlock", 8, 4096}, {"nofile", 7, 64}, {"nofile 1 024", 7, 1024},
		{"as", 9, 64 << 30}, {"locks", 10, 100}, {"sigpending", 11, 100}, {"msgqueue", 12, 4096},
	} {
		list = append(list, attribute{"limit of " + l.name, func(*process) error { return limit(l.which, l.soft) }, ""})
	}
	return list
}

func limit(which int, soft uint64) error {
	var l syscall.Rlimit
	if err := syscall.Getrlimit(which, &l); err != nil {
		return err
	}
	l.Cur = min(soft, l.Max)
	// The raw call: syscall.Setrlimit would note a limit of descriptors for later.
	return call(syscall.SYS_PRLIMIT64, 0, uintptr(which), uintptr(unsafe.Pointer(&l)), 0)
}

// descriptors are open ones beside the three, and these three closed.
func descriptors() []attribute {
	var list []attribute
	for _, fd := range []int{3, 4, 9, 63} {
		for name, flags := range map[string]int{"read": 0, "append": syscall.O_WRONLY | syscall.O_APPEND, "nonblocking": syscall.O_NONBLOCK} {
			list = append(list, attribute{fmt.Sprintf("descriptor %d open to %s", fd, name), func(*process) error {
				of, err := syscall.Open("/dev/null", flags, 0)
				if err != nil || of == fd {
					return err
				}
				return syscall.Dup3(of, fd, 0)
			}, ""})
		}
	}
	for set := 1; set < 8; set++ {
		name := "closed:"
		for fd := range 3 {
			if set>>fd&1 == 1 {
				name += fmt.Sprintf(" %d", fd)
			}
		}
		list = append(list, attribute{name, func(*process) error {
			for fd := range 3 {
				if set>>fd&1 == 1 {
					syscall.Close(fd)
				}
			}
			return nil
		}, "Go's runtime opens /dev/null in place of what is closed"})
	}
	return list
}
