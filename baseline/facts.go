package baseline

import (
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/regular"
	"electroscope/monitor"
)

// Facts are what a record has beside memory and processes.
type Facts struct {
	Host    Host
	Zram    *Zram
	GPU     monitor.Figure
	Session monitor.Figure // seconds since the login, or the user's manager, in which this runs
}

// A Source is the machine that facts are read from, or a folder in which one was recorded.
type Source struct {
	monitor.Reader
	Root string // "/", below which are the devices
	PID  int    // of this process
}

// largest is the most that is read of a file: /proc/stat has a number for each interrupt.
const largest = 1 << 20

func (s Source) read(path string) string {
	text, _ := regular.Read(path, largest) // an absent file leaves its figures unknown
	return strings.TrimSpace(string(text))
}

// CPU looks at all processors for that long.
func (s Source) CPU(over time.Duration) CPU {
	before := s.read(s.Proc + "/stat")
	begun := time.Now()
	time.Sleep(over)
	return CPU{idleBetween(before, s.read(s.Proc+"/stat")), time.Since(begun).Seconds()}
}

// Facts reads them. up is how long the machine has been.
func (s Source) Facts(up time.Duration) Facts {
	return Facts{
		Host: Host{Kernel: s.read(s.Proc + "/sys/kernel/osrelease")}.with(s.read(s.Proc + "/cpuinfo")),
		Zram: s.zram(), GPU: s.gpu(), Session: s.session(up),
	}
}

// with adds the processors of /proc/cpuinfo (proc_cpuinfo(5)).
func (h Host) with(cpuinfo string) Host {
	for line := range strings.Lines(cpuinfo) {
		key, value, _ := strings.Cut(line, ":")
		switch strings.TrimSpace(key) {
		case "processor":
			h.Threads++
		case "model name":
			h.Processor = strings.Join(strings.Fields(value), " ")
		}
	}
	return h
}

// idleBetween is the share of the time that all processors were idle, or waited for a disk, by the
// first line of /proc/stat: user nice system idle iowait irq softirq steal, of which guest time is
// part of user (proc_stat(5)).
func idleBetween(before, after string) monitor.Percentage {
	const idle, iowait, steal = 3, 4, 7
	var sums [2][steal + 1]uint64
	for i, text := range []string{before, after} {
		line, _, _ := strings.Cut(text, "\n")
		words := strings.Fields(line)
		if len(words) < iowait+2 || words[0] != "cpu" {
			return monitor.Percentage{}
		}
		for j, word := range words[1:min(len(words), steal+2)] {
			n, err := strconv.ParseUint(word, 10, 64)
			if err != nil {
				return monitor.Percentage{}
			}
			sums[i][j] = n
		}
	}
	var all, rested float64
	for j := range sums[0] {
		passed := float64(sums[1][j]) - float64(sums[0][j])
		if passed < 0 { // iowait may go back
			passed = 0
		}
		all += passed
		if j == idle || j == iowait {
			rested += passed
		}
	}
	if all == 0 {
		return monitor.Percentage{}
	}
	return monitor.Percent(rested / all * 100)
}

// zram sums up the devices that have a size. nil: there is none.
func (s Source) zram() *Zram {
	var sum *Zram
	devices, _ := filepath.Glob(s.Root + "/sys/block/zram*")
	for _, dir := range devices {
		size := monitor.ParseFigure(s.read(dir + "/disksize"))
		if size == monitor.Known(0) {
			continue
		}
		z := parseZram(s.read(dir + "/mm_stat"))
		z.Size = size
		if sum == nil {
			sum = &z
			continue
		}
		*sum = Zram{sum.Size.Plus(z.Size), sum.Original.Plus(z.Original), sum.Compressed.Plus(z.Compressed), sum.Used.Plus(z.Used)}
	}
	return sum
}

// parseZram reads mm_stat: orig_data_size compr_data_size mem_used_total and more.
func parseZram(text string) Zram {
	words := strings.Fields(text)
	if len(words) < 3 {
		return Zram{}
	}
	return Zram{Original: monitor.ParseFigure(words[0]), Compressed: monitor.ParseFigure(words[1]), Used: monitor.ParseFigure(words[2])}
}

// session is the age of the oldest process of this user's, in the part of the tree that logins are
// in, that this one descends from: the shell of a login, or the user's manager.
func (s Source) session(up time.Duration) monitor.Figure {
	age := monitor.Figure{}
	seen := map[int]bool{} // in a /proc that is not the kernel's a process may be its own ancestor
	for pid := s.PID; pid > 1 && !seen[pid]; {
		seen[pid] = true
		p, ok := s.Process(pid)
		if !ok {
			break
		}
		g, err := cgroup.Process(s.Proc, strconv.Itoa(pid))
		if err == nil && s.IsOwn(pid) && g.In("user.slice") && p.Started <= up {
			age = monitor.Known(uint64((up - p.Started).Seconds()))
		}
		pid = p.Parent
	}
	return age
}
