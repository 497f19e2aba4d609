package baseline

import (
	"fmt"

	"electroscope/monitor"
)

const (
	// most is more bytes than any machine has, and little enough for a sum of thousands.
	most = 1 << 52
	// oldest is 136 years in seconds, which a time.Duration holds.
	oldest = 1 << 32
)

// figures are those of the whole machine by their keys.
func (r *Record) figures() map[string]*monitor.Figure {
	return map[string]*monitor.Figure{
		"ram": &r.RAM, "available": &r.Available, "used": &r.Used, "idle": &r.Idle, "swap": &r.Swap, "used_swap": &r.UsedSwap, "gpu": &r.GPU,
	}
}

// impossible says what of a record cannot be. Its file may have been edited, or be something else.
func (r Record) impossible() string {
	switch {
	case r.Time.IsZero():
		return "it has no time"
	case len(r.Categories) == 0:
		return "it has no categories"
	}
	for name, f := range r.figures() {
		if f.Or(0) > most {
			return name + " is too large"
		}
	}
	if max(r.Up.Or(0), r.Session.Or(0)) > oldest || !(r.CPU.Seconds >= 0 && r.CPU.Seconds <= oldest) {
		return "a time is out of range"
	}
	if z := r.Zram; z != nil && max(z.Size.Or(0), z.Original.Or(0), z.Compressed.Or(0), z.Used.Or(0)) > most {
		return "zram is too large"
	}
	for _, p := range []monitor.Percentage{
		r.CPU.Idle, r.Pressure.MemorySome, r.Pressure.MemoryFull, r.Pressure.CPUSome, r.Pressure.IOSome, r.Pressure.IOFull,
	} {
		if percent, known := p.Get(); known && (percent < 0 || percent > 100) {
			return fmt.Sprintf("%v is not a percentage", percent)
		}
	}
	if min(r.Resident, r.Unread, r.Processes, r.Host.Threads) < 0 {
		return "a count is negative"
	}
	return r.impossiblePart()
}

func (r Record) impossiblePart() string {
	seen := map[string]bool{}
	for _, c := range r.Categories {
		switch {
		case c.Name == "":
			return "a category has no name"
		case seen[c.Name]:
			return fmt.Sprintf("it has category %q twice", c.Name)
		case max(c.Memory.Or(0), c.Swapped) > most || min(c.Processes, c.Resident) < 0:
			return fmt.Sprintf("category %q is out of range", c.Name)
		}
		seen[c.Name] = true
	}
	for _, p := range r.Programs {
		if max(p.Memory, p.Swapped) > most || min(p.Processes, p.Shared) < 0 {
			return fmt.Sprintf("program %q is out of range", p.Name)
		}
	}
	return ""
}
