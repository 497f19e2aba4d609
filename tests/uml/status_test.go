//go:build rig

package uml

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"electroscope/docs"
	"electroscope/launcher/limit"
	"electroscope/monitor"
)

// statusBrowser has limits that a page of nothing does not reach.
const statusBrowser = `
[apps.browser]
exec = ["/usr/bin/chromium"]
runtime = "chromium"
switches = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-crash-reporter"]
force = true
[apps.browser.limits]
MemoryHigh = "infinity"
MemoryMax  = "700M"
CPUQuota   = "50%"
TasksMax   = 500
`

// startIdle starts the browser and waits until it has a page and does nothing more.
func startIdle(t *testing.T, s *stage) (*started, group) {
	t.Helper()
	s.write("page.html", "<p>page</p>", 0o644)
	p := s.start("browser", "--user-data-dir="+s.dir+"/profile", "file://"+s.dir+"/page.html")
	scope := p.scope("browser")
	if !until(func() bool { return len(renderers(scope)) > 0 }) {
		t.Fatalf("no page; stderr: %s", p.said())
	}
	return p, scope
}

// sampleOf is what a command writes, which has to have the form of docs/status.schema.json.
func sampleOf(t *testing.T, s *stage, words ...string) monitor.Sample {
	t.Helper()
	text := s.tool(electroscope(), words...)
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(docs.StatusSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("status.schema.json", schema); err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.MustCompile("status.schema.json").Validate(value); err != nil {
		t.Errorf("%s: %v", words, err)
	}
	var sample monitor.Sample
	if err := json.Unmarshal([]byte(text), &sample); err != nil {
		t.Fatal(err)
	}
	return sample
}

// TestStatusFigures holds each figure of status to what systemctl, the kernel's files and /proc say
// before and after: figures that move lie between, limits are equal.
func TestStatusFigures(t *testing.T) {
	s := newStage(t, statusBrowser)
	p, scope := startIdle(t, s)
	// A reading before and one after: until nothing has been started or has ended in between.
	var before, after readings
	var sample monitor.Sample
	if !until(func() bool {
		before = readingsOf(t, scope)
		sample = sampleOf(t, s, "status", "--json", "browser")
		after = readingsOf(t, scope)
		return slices.Equal(before.processes, after.processes) && before.renderers == after.renderers
	}) {
		t.Fatalf("processes come and go: %v, %v", before.processes, after.processes)
	}
	if len(sample.Apps) != 1 {
		t.Fatalf("%d apps: %+v", len(sample.Apps), sample)
	}
	a := sample.Apps[0]
	unit := scope.name()
	if a.Name != "browser" || a.Unit != unit || a.Main != p.pid() || a.MainUnit != unit || a.Kind != monitor.Launched || a.HasEscaped() || a.GPU != monitor.Software {
		t.Errorf("%+v", a)
	}
	if string(a.Group.Path) != show(t, unit, "ControlGroup") {
		t.Errorf("path %s", a.Group.Path)
	}
	for name, test := range map[string]struct {
		got  monitor.Figure
		want string // of systemctl
	}{
		"MemoryHigh": {a.Group.Memory.High, show(t, unit, "MemoryHigh")}, "MemoryMax": {a.Group.Memory.Max, show(t, unit, "MemoryMax")},
		"TasksMax": {a.Group.TasksMax, show(t, unit, "TasksMax")}, "MemorySwapMax": {a.Group.Memory.SwapMax, show(t, unit, "MemorySwapMax")},
		"CPUQuotaPerSecUSec": {a.Quota(), show(t, unit, "CPUQuotaPerSecUSec")},
	} {
		if got := spelled(test.got); got != test.want && !(name == "CPUQuotaPerSecUSec" && test.got.Or(0) == 500_000 && test.want == "500ms") {
			t.Errorf("%s: %s, systemctl says %s", name, got, test.want)
		}
	}
	var pids []int
	for _, process := range a.Processes {
		pids = append(pids, process.PID)
	}
	slices.Sort(pids)
	if !slices.Equal(pids, after.processes) || a.Count(monitor.Renderer) != after.renderers || a.Count(monitor.Browser) != 1 || a.Count(monitor.GPU) != 1 {
		t.Errorf("processes %v, cgroup.procs has %v; %+v", pids, after.processes, a.Processes)
	}
	for name, got := range map[string]monitor.Figure{
		"memory.peak": a.Group.Memory.Peak, "usage_usec": a.Group.CPU.Usage, "nr_periods": a.Group.CPU.Periods, "nr_throttled": a.Group.CPU.Throttled,
		"throttled_usec": a.Group.CPU.ThrottledTime, "high": a.Group.Events.High, "max": a.Group.Events.Max, "oom_kill": a.Group.Events.OOMKill,
	} {
		if n, known := got.Get(); !known || n < before.grows[name] || n > after.grows[name] {
			t.Errorf("%s is %d, %v; before %d, after %d", name, n, known, before.grows[name], after.grows[name])
		}
	}
	// These go both ways. What an idle browser takes and gives in that time is far below a fifth.
	for name, got := range map[string]monitor.Figure{
		"memory.current": a.Group.Memory.Current, "memory.swap.current": a.Group.Memory.Swap, "anon": a.Group.Memory.Anon, "file": a.Group.Memory.File, "pids.current": a.Group.Tasks,
	} {
		low, high := min(before.moves[name], after.moves[name]), max(before.moves[name], after.moves[name])
		if n, known := got.Get(); !known || n < low-low/5 || n > high+high/5+4096 {
			t.Errorf("%s is %d, %v; before %d, after %d", name, n, known, before.moves[name], after.moves[name])
		}
	}
	if a.Group.Pressure.IsKnown() {
		t.Error("this kernel has no PSI, and status has a pressure")
	}
	checkMachine(t, sample.Machine)
	checkStarted(t, sample, a)
	for _, process := range a.Processes {
		// The kernel counts in batches for each thread (mm/memory.c, SPLIT_RSS_COUNTING).
		const batches = 32 << 20
		one, two := before.resident[process.PID], after.resident[process.PID]
		if n := process.Memory.Or(0); n+batches < min(one, two) || n > max(one, two)+batches {
			t.Errorf("PID %d (%s) has %d bytes; VmRSS before %d, after %d", process.PID, process.Kind, n, one, two)
		}
	}
}

// TestStatusRates: a loop in a page is held to the quota, and status says so.
func TestStatusRates(t *testing.T) {
	s := newStage(t, statusBrowser)
	s.write("spin.html", "<script>onload = () => { for (;;); }</script>", 0o644)
	p := s.start("browser", "--user-data-dir="+s.dir+"/profile", "file://"+s.dir+"/spin.html")
	scope := p.scope("browser")
	var a monitor.App
	if !until(func() bool {
		sample := sampleOf(t, s, "status", "--json", "browser")
		if len(renderers(scope)) == 0 || len(sample.Apps) != 1 {
			return false
		}
		a = sample.Apps[0]
		throttled, _ := a.Rates.Throttled.Get()
		return throttled > 50
	}) {
		t.Errorf("it was not seen to be throttled: %+v", a.Rates)
	}
	if cpu, known := a.Rates.CPU.Get(); !known || cpu < 10 || cpu > 75 {
		t.Errorf("CPU is %v %%, %v; the quota is 50 %%", cpu, known)
	}
}

// readings are independent of what status reads with: systemctl, cat and ls.
type readings struct {
	processes    []int
	renderers    int // one that has just been forked is not one yet
	grows, moves map[string]uint64
	resident     map[int]uint64 // VmRSS
}

func readingsOf(t *testing.T, g group) readings {
	t.Helper()
	r := readings{processes: g.processes(), renderers: len(renderers(g)), grows: map[string]uint64{"memory.peak": g.number(t, "memory.peak")}, moves: map[string]uint64{}, resident: map[int]uint64{}}
	slices.Sort(r.processes)
	for _, pid := range r.processes {
		r.resident[pid] = residentSet(pid)
	}
	for file, keys := range map[string][]string{"cpu.stat": {"usage_usec", "nr_periods", "nr_throttled", "throttled_usec"}, "memory.events": {"high", "max", "oom_kill"}} {
		for _, key := range keys {
			r.grows[key] = g.count(t, file, key)
		}
	}
	for _, file := range []string{"memory.current", "memory.swap.current", "pids.current"} {
		r.moves[file] = g.number(t, file)
	}
	for _, key := range []string{"anon", "file"} {
		r.moves[key] = g.count(t, "memory.stat", key)
	}
	return r
}

func show(t *testing.T, unit, property string) string {
	t.Helper()
	out, err := try(nil, "systemctl", "--user", "show", "-P", property, unit)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(out)
}

// spelled is a limit as systemctl has it.
func spelled(f monitor.Figure) string {
	n, known := f.Get()
	switch {
	case !known:
		return "unknown"
	case n == limit.Infinity:
		return "infinity"
	}
	return strconv.FormatUint(n, 10)
}

// checkMachine holds the machine's figures to free(1).
func checkMachine(t *testing.T, m monitor.Machine) {
	t.Helper()
	out, err := try(nil, "free", "--bytes")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out, "\n")
	memory, swap := strings.Fields(lines[1]), strings.Fields(lines[2])
	total, _ := strconv.ParseUint(memory[1], 10, 64)
	available, _ := strconv.ParseUint(memory[6], 10, 64)
	if m.RAM != monitor.Known(total) || spelled(m.Swap) != swap[1] {
		t.Errorf("RAM %v, swap %v; free says %s and %s", m.RAM, m.Swap, memory[1], swap[1])
	}
	if n, known := m.Available.Get(); !known || n < available-total/10 || n > available+total/10 {
		t.Errorf("available %d, %v; free says %d", n, known, available)
	}
}

// checkStarted holds the time of the start to ps(1).
func checkStarted(t *testing.T, s monitor.Sample, a monitor.App) {
	t.Helper()
	out, err := try(nil, "ps", "-o", "etimes=", "-p", strconv.Itoa(a.Main))
	if err != nil {
		t.Fatal(err)
	}
	seconds, _ := strconv.Atoi(strings.TrimSpace(out))
	if got := int(s.Time.Sub(a.Started).Seconds()); got > seconds+2 || got < seconds-60 {
		t.Errorf("it runs for %d s, ps says %d", got, seconds)
	}
}

// residentSet is VmRSS of a process in bytes, 0 if it has ended (proc_pid_status(5)).
func residentSet(pid int) uint64 {
	text, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	number, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	kilobytes, _ := strconv.ParseUint(number, 10, 64)
	return kilobytes << 10
}
