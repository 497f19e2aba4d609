package doctor

import (
	"slices"
	"strings"
	"time"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
	"electroscope/launcher/machine"
	"electroscope/launcher/plan"
	"electroscope/monitor"
)

// An app is one of the catalogue that is installed, and what a launch of it would be.
type app struct {
	catalog.App
	plan plan.Plan
}

// installed are the apps of the catalogue whose program is found, and that are not switched off.
func (m *Machine) installed() []app {
	if m.apps != nil {
		return *m.apps
	}
	list := []app{}
	all, _ := m.Layers.All()
	for _, a := range all.Apps {
		if a.Disabled {
			continue
		}
		if _, err := launcher.Locate(m.Process, a); err != nil {
			continue // what most of a large catalogue is
		}
		if p, err := launcher.Prepare(m.Process, launcher.Request{Name: a.Names[0], Layers: m.Layers}); err == nil {
			list = append(list, app{a, p})
		}
	}
	m.apps = &list
	return list
}

// noApp is what checks of apps say if there is none.
const noApp = "no app of the catalogue is installed"

// running is a sample of the apps that run.
func (m *Machine) running() (monitor.Sample, error) {
	if m.sample == nil {
		s, err := m.look()
		m.sample = &sampled{s, err}
	}
	return m.sample.Sample, m.sample.err
}

func (m *Machine) look() (monitor.Sample, error) {
	var candidates []monitor.Candidate
	for _, a := range m.installed() {
		c := monitor.Candidate{App: a.App}
		if a.plan.Chain.Program != "" {
			c.Programs = []string{a.plan.Chain.Program}
		}
		candidates = append(candidates, c)
	}
	r := monitor.Reader{Proc: m.Process.Proc, Cgroup: m.Process.Cgroup, UID: m.Process.UID}
	return r.Sample(candidates)
}

// rates is the same with what changed over the period.
func (m *Machine) rates() (monitor.Sample, error) {
	earlier, err := m.running()
	if err != nil || len(earlier.Apps) == 0 {
		return earlier, err
	}
	time.Sleep(m.Period)
	now, err := m.look()
	return now.Since(earlier), err
}

// launched are the running apps that electroscope started. problem is a result that stands for
// there being none, or for not knowing.
func (m *Machine) launched() (list []monitor.App, problem *Result) {
	s, err := m.running()
	if err != nil {
		r := unknown(err.Error())
		return nil, &r
	}
	for _, a := range s.Apps {
		if a.Kind == monitor.Launched {
			list = append(list, a)
		}
	}
	if list == nil {
		r := notHere("no app runs in a scope of electroscope")
		return nil, &r
	}
	return list, nil
}

// find is the app of the catalogue that runs.
func (m *Machine) find(key string) (app, bool) {
	for _, a := range m.installed() {
		if a.Key == key {
			return a, true
		}
	}
	return app{}, false
}

// figures are the machine's RAM and swap. RAM is 0 if it is not known.
func (m *Machine) figures() machine.Machine {
	s, _ := m.running() // the figures of the machine are read before the processes
	f := machine.Machine{RAM: s.Machine.RAM.Or(0), Swap: s.Machine.Swap.Or(0), FreeSwap: s.Machine.FreeSwap.Or(0), Threads: m.threads()}
	if f.RAM > mostRAM {
		f.RAM = 0
	}
	return f
}

// mostRAM is 4 PiB, the most that an x86-64 kernel addresses (Documentation/arch/x86/x86_64/mm.rst).
const mostRAM = 4 << 50

// threads counts the processors that are online.
func (m *Machine) threads() int { return len(numbers(m.text("/sys/devices/system/cpu/online"))) }

// size spells bytes as limits are spelled.
func size(n uint64) string { return limit.SizeText(n) }

// gib spells bytes in GiB with a decimal.
func gib(n uint64) string { return decimal(float64(n)/(1<<30)) + "G" }

// mib spells bytes in whole MiB.
func mib(n uint64) string { return limit.Decimal(float64(n>>20)) + "M" }

// decimal writes a number with one decimal.
func decimal(n float64) string { return limit.Decimal(float64(int(n*10+0.5)) / 10) }

// a process is one that has a name, by which some programs are known.
type process struct {
	dir  string // in /proc
	name string // proc_pid_comm(5), cut off after 15 bytes
	own  bool   // it is this user's
}

// processes are those with one of the names, of any user or of this one.
func (m *Machine) processes(own bool, names ...string) []process {
	if m.everyone == nil {
		everyone := m.readProcesses()
		m.everyone = &everyone
	}
	var list []process
	for _, p := range *m.everyone {
		if own && !p.own {
			continue
		}
		if slices.ContainsFunc(names, func(n string) bool { return p.name == n[:min(len(n), 15)] }) {
			list = append(list, p)
		}
	}
	return list
}

// readProcesses reads the names of all processes that are there now.
func (m *Machine) readProcesses() []process {
	var list []process
	for _, dir := range m.glob(m.Process.Proc + "/[0-9]*") {
		if name := m.text(dir + "/comm"); name != "" {
			uid, known := m.owner(dir)
			list = append(list, process{dir, name, known && uid == m.Process.UID})
		}
	}
	return list
}

// memory is what a process has of the RAM, what it shares with others divided among them
// (proc_pid_smaps(5)); where that cannot be read, what is resident.
func (m *Machine) memory(p process) (bytes uint64, known bool) {
	for _, at := range [...]struct{ file, key string }{{"/smaps_rollup", "Pss:"}, {"/status", "VmRSS:"}} {
		for line := range strings.Lines(m.text(p.dir + at.file)) {
			if f := strings.Fields(line); len(f) == 3 && f[0] == at.key && f[2] == "kB" {
				if n, ok := parseNumber(f[1]); ok {
					return n << 10, true
				}
			}
		}
	}
	return 0, false
}

// arguments are the words of a process's command line.
func (m *Machine) arguments(p process) []string {
	return strings.FieldsFunc(m.text(p.dir+"/cmdline"), func(r rune) bool { return r == 0 })
}
