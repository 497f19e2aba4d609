package render

import (
	"fmt"

	"electroscope/monitor"
)

// Pressure writes how long the machine and each app waited, then what that means.
func Pressure(w *Writer, s monitor.Sample) {
	rows := [][]string{pressureCells("machine", s.Machine.Pressure)}
	for _, a := range s.Apps {
		p := a.Group.Pressure
		if a.Kind == monitor.Outside {
			p = monitor.Pressure{} // its unit has others in it
		}
		rows = append(rows, pressureCells(a.Name, p))
	}
	w.Table([]string{"", "MEMORY", "ALL", "CPU", "IO", "ALL"}, rows)
	if !s.Machine.Pressure.IsKnown() {
		w.Paragraph(withoutPSI)
		return
	}
	for _, text := range pressureMeaning(s) {
		w.Paragraph(text)
	}
}

// Documentation/accounting/psi.rst; CONFIG_PSI_DEFAULT_DISABLED in init/Kconfig.
const withoutPSI = "This kernel does not say: there is no /proc/pressure. A kernel that is built with it, " +
	"and has it off, is given psi=1 on its command line."

func pressureCells(name string, p monitor.Pressure) []string {
	return []string{name, Percent(p.MemorySome), Percent(p.MemoryFull), Percent(p.CPUSome), Percent(p.IOSome), Percent(p.IOFull)}
}

// From these on a person feels it: programs that stand still a tenth of the time stutter. For a
// CPU something waits whenever a build runs, and nobody minds below half.
const (
	feltMemory = 10
	feltIO     = 20
	feltCPU    = 50
)

// pressureMeaning says what the figures mean, the machine first.
func pressureMeaning(s monitor.Sample) []string {
	list := []string{machineMeaning(s.Machine.Pressure)}
	for _, a := range s.Apps {
		p := a.Group.Pressure
		if a.Kind == monitor.Outside {
			continue
		}
		if n, _ := p.MemorySome.Get(); n >= feltMemory {
			text := fmt.Sprintf("%s waits for memory in %s of the time", a.Name, Percent(p.MemorySome))
			high, used := a.MemoryHigh(), a.Group.Memory.Current
			if a.Shared != nil {
				used = a.Shared.Memory.Current
			}
			if high.IsSet() && used.Or(0) >= high.Or(0)/100*98 {
				text += fmt.Sprintf(": it is at its MemoryHigh of %s, where the kernel slows it down", Size(high))
			}
			list = append(list, text+".")
		}
		if n, _ := p.CPUSome.Get(); n >= feltCPU {
			text := fmt.Sprintf("%s waits for a CPU in %s of the time", a.Name, Percent(p.CPUSome))
			if n, _ := a.Rates.Throttled.Get(); n > 0 {
				text += fmt.Sprintf(": its quota of %s was used up in %s of the periods", QuotaText(a.Quota()), Percent(a.Rates.Throttled))
			}
			list = append(list, text+".")
		}
	}
	return list
}

func machineMeaning(p monitor.Pressure) string {
	full, _ := p.MemoryFull.Get()
	memory, _ := p.MemorySome.Get()
	io, _ := p.IOSome.Get()
	cpu, _ := p.CPUSome.Get()
	switch {
	case full >= feltMemory:
		return fmt.Sprintf("In %s of the last ten seconds all programs stood still for want of memory: end one, or give one less.", Percent(p.MemoryFull))
	case memory >= feltMemory:
		return fmt.Sprintf("Memory is short: in %s of the last ten seconds a program waited for it.", Percent(p.MemorySome))
	case io >= feltIO:
		return fmt.Sprintf("Memory is not short. In %s of the last ten seconds a program waited for a disk.", Percent(p.IOSome))
	case cpu >= feltCPU:
		return fmt.Sprintf("Memory is not short. In %s of the last ten seconds a program waited for a CPU.", Percent(p.CPUSome))
	}
	return "In the last ten seconds next to nothing waited for memory, a CPU or a disk."
}
