package baseline

import (
	"time"

	"electroscope/monitor"
	"electroscope/monitor/budget"
)

// Version is that of a Record's form in JSON. A key that goes, or means something else, raises it;
// a new one does not.
const Version = 1

// A Record is what a machine used at one time. Memory is in bytes.
type Record struct {
	Version      int       `json:"version"`
	Name         string    `json:"name"`
	Time         time.Time `json:"time"`
	Electroscope string    `json:"electroscope"` // which version recorded it
	Host         Host      `json:"host"`

	RAM       monitor.Figure   `json:"ram"`
	Available monitor.Figure   `json:"available"`
	Used      monitor.Figure   `json:"used"` // RAM that is not available
	Idle      monitor.Figure   `json:"idle"` // of that, without apps, browser and development
	Swap      monitor.Figure   `json:"swap"`
	UsedSwap  monitor.Figure   `json:"used_swap"`
	Zram      *Zram            `json:"zram"` // nil: there is none
	GPU       monitor.Figure   `json:"gpu"`  // of the user's own processes
	Pressure  monitor.Pressure `json:"pressure"`
	CPU       CPU              `json:"cpu"`
	Up        monitor.Figure   `json:"up_seconds"`
	Session   monitor.Figure   `json:"session_seconds"`

	Categories []Category       `json:"categories"`
	Programs   []budget.Program `json:"programs"`  // the largest first
	Resident   int              `json:"resident"`  // processes that count by their resident set, as others' do
	Unread     int              `json:"unread"`    // processes that may not be read, and count nowhere
	Hidden     bool             `json:"hidden"`    // others' processes are not listed, and count nowhere
	Processes  int              `json:"processes"` // that count
}

// A Host is what a machine is, as far as its figures depend on it.
type Host struct {
	Kernel    string `json:"kernel"`    // of `uname -r`; all of these are empty or 0 if unknown
	Processor string `json:"processor"` // its model
	Threads   int    `json:"threads"`
}

// A CPU is how much of all processors was idle for a time.
type CPU struct {
	Idle    monitor.Percentage `json:"idle"`
	Seconds float64            `json:"seconds"`
}

// Zram is all devices of swap in compressed RAM together
// (Documentation/admin-guide/blockdev/zram.rst).
type Zram struct {
	Size       monitor.Figure `json:"size"`
	Original   monitor.Figure `json:"original"`   // what is in it, as it was
	Compressed monitor.Figure `json:"compressed"` // as it is now
	Used       monitor.Figure `json:"used"`       // RAM that it takes for that
}

// A Category is one of [budget.Categories].
type Category struct {
	Name      string         `json:"name"`
	Memory    monitor.Figure `json:"memory"`
	Swapped   uint64         `json:"swapped"` // beside that, what its processes have in swap
	Processes int            `json:"processes"`
	Resident  int            `json:"resident"`
}

// A Reading is what Of makes a record of.
type Reading struct {
	Machine monitor.Machine
	Usage   budget.Usage
	Apps    map[int]string // names of apps by the PIDs of their processes
	Report  budget.Report
	Facts   Facts
	CPU     CPU
}

// Of makes a record, all but its name, time and version of electroscope.
func Of(r Reading) Record {
	m := r.Machine
	record := Record{
		Version: Version, Host: r.Facts.Host,
		RAM: m.RAM, Available: m.Available, Used: r.Report.Used, Idle: r.Report.Idle, Swap: m.Swap, UsedSwap: m.UsedSwap(),
		Zram: r.Facts.Zram, GPU: r.Facts.GPU, Pressure: m.Pressure, CPU: r.CPU, Session: r.Facts.Session,
		Programs: budget.Programs(r.Usage, r.Apps),
		Resident: r.Report.Shared, Unread: r.Report.Unread, Hidden: r.Report.Hidden, Processes: len(r.Usage.Processes),
	}
	if m.Up > 0 && m.Up.Seconds() <= oldest {
		record.Up = monitor.Known(uint64(m.Up.Seconds()))
	}
	for _, f := range record.figures() {
		if f.Or(0) > most {
			*f = monitor.Figure{} // a /proc that is not the kernel's may have anything in it
		}
	}
	resident := map[string]int{}
	for _, p := range record.Programs {
		resident[p.Category] += p.Shared
	}
	for _, row := range r.Report.Rows {
		record.Categories = append(record.Categories, Category{row.Name, row.Now, row.Swapped, row.Processes, resident[row.Name]})
	}
	return record
}
