package journal

import (
	"strconv"
	"strings"

	"electroscope/launcher/cgroup"
	"electroscope/monitor"
)

// A kernel has what its lines said so far: a kill takes several.
//
//	memory: usage 262144kB, limit 262144kB, failcnt 287
//	oom-kill:constraint=CONSTRAINT_MEMCG,…,oom_memcg=/…,task_memcg=/…,task=chromium,pid=1045,uid=1000
//	Memory cgroup out of memory: Killed process 1045 (chromium) …, anon-rss:126376kB, …, oom_score_adj:300
//
// The first is of mem_cgroup_print_oom_meminfo (mm/memcontrol.c), the second of dump_header's
// dump_oom_summary and the third of __oom_kill_process (both mm/oom_kill.c). With
// OOMPolicy=kill there are more of the third.
type kernel struct {
	used, limit monitor.Figure
	last        Event // the last kill
}

func (d *decoder) addKernel(r record) {
	message := string(r.Message)
	if rest, ok := strings.CutPrefix(message, "memory: usage "); ok {
		d.kernel.used, d.kernel.limit = sizeIn(rest, ""), sizeIn(rest, "limit ")
		return
	}
	if rest, ok := strings.CutPrefix(message, "oom-kill:"); ok {
		e, uid := killEvent(rest)
		e.Time, e.Boot = r.Time.time(), string(r.Boot)
		if e.Killed.Group != "" {
			e.Killed.Used, e.Killed.Limit = d.kernel.used, d.kernel.limit
		}
		d.kernel = kernel{last: e}
		if uid == d.uid {
			d.events = append(d.events, e)
		} else {
			d.kernel.last = Event{}
		}
		return
	}
	if _, rest, ok := strings.Cut(message, "ut of memory: Killed process "); ok {
		d.killedProcess(rest)
		return
	}
	if e, ok := trap(message); ok {
		e.Time, e.Boot = r.Time.time(), string(r.Boot)
		d.events = append(d.events, e)
	}
}

// killEvent reads "constraint=…,task_memcg=…,task=…,pid=…,uid=…". A name may have a comma in it.
func killEvent(rest string) (e Event, uid int) {
	group := cgroup.Group(between(rest, ",task_memcg=", ",task="))
	e = Event{Kind: Kill, Unit: group.Unit(), Process: between(rest, ",task=", ",pid=")}
	e.PID, _ = strconv.Atoi(between(rest, ",pid=", ",uid="))
	e.Killed.Group = cgroup.Group(between(rest, ",oom_memcg=", ",task_memcg="))
	_, number, _ := strings.Cut(rest, ",uid=")
	uid, err := strconv.Atoi(number)
	if err != nil {
		uid = -1
	}
	return e, uid
}

// between is what a text has between two others; empty if it does not have these.
func between(s, before, after string) string {
	_, s, ok := strings.Cut(s, before)
	if !ok {
		return ""
	}
	s, _, ok = strings.Cut(s, after)
	if !ok {
		return ""
	}
	return s
}

// killedProcess reads "1045 (chromium) total-vm:…kB, anon-rss:…kB, …, oom_score_adj:300".
func (d *decoder) killedProcess(rest string) {
	last := d.kernel.last
	if last.Kind == "" {
		return // another user's, or its first lines are not in the journal
	}
	number, _, _ := strings.Cut(rest, " ")
	pid, err := strconv.Atoi(number)
	if err != nil {
		return
	}
	if pid != last.PID {
		last.PID, last.Process = pid, between(rest, "(", ")")
		d.events = append(d.events, last)
	}
	e := &d.events[len(d.events)-1]
	e.Killed.Memory = sizeIn(rest, "anon-rss:")
	if _, score, ok := strings.Cut(rest, "oom_score_adj:"); ok {
		e.Killed.Score, _ = strconv.Atoi(score)
	}
}

// sizeIn is the number before "kB" that follows a word, in bytes.
func sizeIn(s, word string) monitor.Figure {
	_, s, ok := strings.Cut(s, word)
	number, _, unit := strings.Cut(s, "kB")
	n, known := monitor.ParseFigure(number).Get()
	if !ok || !unit || !known {
		return monitor.Figure{}
	}
	return monitor.Known(n << 10)
}

// trap reads what the kernel logs of a process that a signal of its own making ends, "NAME[PID]:
// segfault at …" or "traps: NAME[PID] trap invalid opcode ip:…" (show_signal_msg, arch/x86/mm/fault.c,
// and show_signal, arch/x86/kernel/traps.c; other architectures may say nothing). Chromium's
// CHECK is such a trap (base/immediate_crash.h).
func trap(message string) (Event, bool) {
	message, isTrap := strings.CutPrefix(message, "traps: ")
	end := strings.IndexByte(message, ']')
	if end < 0 {
		return Event{}, false
	}
	begin := strings.LastIndexByte(message[:end], '[')
	pid, err := strconv.Atoi(message[begin+1 : end])
	if begin < 0 || err != nil {
		return Event{}, false
	}
	e := Event{Kind: Crash, Process: message[:begin], PID: pid}
	rest := message[end+1:]
	switch {
	case strings.HasPrefix(rest, ": segfault at "):
		e.Text = "SIGSEGV"
	case isTrap && strings.HasPrefix(rest, " trap "):
		e.Text, _, _ = strings.Cut(strings.TrimPrefix(rest, " "), " ip:")
	case isTrap && strings.HasPrefix(rest, " general protection"):
		e.Text = "general protection fault"
	default:
		return Event{}, false
	}
	return e, true
}
