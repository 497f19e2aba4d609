package render

import (
	"fmt"
	"strconv"
	"strings"

	"electroscope/baseline"
	"electroscope/monitor"
)

// BaselineNotes say why a difference may not be what it seems.
func BaselineNotes(c baseline.Comparison) []string {
	before, now := c.Before, c.Now
	var list []string
	differ := func(what, a, b string) {
		if a != b && a != "" && b != "" {
			list = append(list, fmt.Sprintf("Different %s: %s, now %s.", what, a, b))
		}
	}
	if !isAbout(before.RAM.Or(0), now.RAM.Or(0)) {
		differ("RAM", Size(before.RAM), Size(now.RAM))
	}
	differ("kernel", before.Host.Kernel, now.Host.Kernel)
	differ("processor", before.Host.Processor, now.Host.Processor)
	if before.Host.Threads > 0 && now.Host.Threads > 0 {
		differ("number of threads", strconv.Itoa(before.Host.Threads), strconv.Itoa(now.Host.Threads))
	}
	differ("electroscope", before.Electroscope, now.Electroscope)
	if now.Time.Before(before.Time) {
		list = append(list, "The first was recorded after the second: what stands under NOW is the earlier one.")
	}
	list = append(list, ageNotes(before, now)...)
	if names := baseline.Only(before, now); names != nil {
		list = append(list, "Ran before, and not now: "+strings.Join(names, ", ")+".")
	}
	if names := baseline.Only(now, before); names != nil {
		list = append(list, "Runs now, and did not before: "+strings.Join(names, ", ")+".")
	}
	list = append(list, swapNotes(c.Categories)...)
	return append(list, readingNotes(before, now)...)
}

// swapNotes name the categories that have more, or less, in swap: what was moved there is not saved.
func swapNotes(list []baseline.Change) []string {
	const little = 1 << 20
	var parts []string
	for _, c := range list {
		if max(c.SwappedBefore, c.SwappedNow)-min(c.SwappedBefore, c.SwappedNow) >= little {
			parts = append(parts, fmt.Sprintf("%s %s, now %s", c.Name, Size(monitor.Known(c.SwappedBefore)), Size(monitor.Known(c.SwappedNow))))
		}
	}
	if parts == nil {
		return nil
	}
	return []string{"Beside that, in swap, which is moved and not saved: " + strings.Join(parts, "; ") + "."}
}

// readingNotes say what could not be read, or not as the rest.
func readingNotes(before, now baseline.Record) []string {
	was, is := partlyText(before.Resident, before.Unread, before.Hidden), partlyText(now.Resident, now.Unread, now.Hidden)
	var list []string
	switch {
	case was == is && is != "":
		return []string{is}
	case was == is:
		return nil
	}
	for _, side := range []string{"Before: " + was, "Now: " + is} {
		if !strings.HasSuffix(side, ": ") {
			list = append(list, side)
		}
	}
	return list
}

// isAbout reports whether two amounts of RAM are those of one machine: what a kernel keeps for itself
// at boot is not part of MemTotal, and differs a little from one to the next. One that is not known
// says nothing.
func isAbout(a, b uint64) bool {
	return a == 0 || b == 0 || max(a, b)-min(a, b) <= max(a, b)/50
}

// ageNotes name ages that differ by more than an hour: programs and caches grow with time.
func ageNotes(before, now baseline.Record) []string {
	const hour = 3600
	a, knownA := before.Session.Get()
	b, knownB := now.Session.Get()
	if !knownA || !knownB || max(a, b)-min(a, b) <= hour {
		return nil
	}
	return []string{fmt.Sprintf("Programs grow with time: the session was %s old, now %s.", ageText(before.Session), ageText(now.Session))}
}
