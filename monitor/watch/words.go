package watch

import (
	"fmt"
	"strings"
	"time"

	"electroscope/launcher/limit"
	"electroscope/monitor"
)

// A Notice is a finding in words: the fault first, then what to do about it.
type Notice struct {
	Title, Text, Remedy string
}

// NoticeOf says a finding.
func NoticeOf(f Finding) Notice {
	a := f.App
	n := Notice{Title: a.Name}
	switch f.Kind {
	case Killed:
		n.Text = killedText(f)
		if to, ok := Raised(a); ok {
			n.Remedy = fmt.Sprintf("electroscope set %s memory=%s gives it more", a.Name, limit.SizeText(to))
		}
	case Slowed:
		n.Text = fmt.Sprintf("%s has been slowed for %d s: it is at its MemoryHigh%s", a.Name, int(f.For/time.Second), sizeOf(a.MemoryHigh()))
		n.Remedy = "close something in it, or electroscope set " + a.Name + " memory=SIZE gives it more"
		if to, ok := Raised(a); ok {
			n.Remedy = fmt.Sprintf("close something in it, or electroscope set %s memory=%s gives it more", a.Name, limit.SizeText(to))
		}
	case Escaped:
		n.Text = fmt.Sprintf("the main process of %s has left its limits: it is in %s", a.Name, orNone(a.MainUnit))
		n.Remedy = "electroscope status --fix moves it back"
	}
	return n
}

// killedText says what was killed, and what for. The kernel kills the process that brings most back
// (mm/oom_kill.c), so which it was is known only by who is missing.
func killedText(f Finding) string {
	a := f.App
	what := "a process"
	switch {
	case f.Count > 1:
		what = fmt.Sprintf("%d processes", f.Count)
	case f.What == monitor.Browser:
		what = "the main process"
	case f.What == monitor.GPU:
		what = "the GPU process"
	case f.What == monitor.Renderer:
		what = "a renderer (a page or a window)"
	}
	max, _ := a.MemoryMax()
	verb := "was"
	if f.Count > 1 {
		verb = "were"
	}
	text := fmt.Sprintf("%s reached its memory limit%s, and %s %s killed", a.Name, sizeOf(max), what, verb)
	if f.What != monitor.Browser && a.Main != 0 {
		text += "; the app goes on"
	}
	return text
}

func sizeOf(f monitor.Figure) string {
	if n, _ := f.Get(); f.IsSet() {
		return " (" + limit.SizeText(n) + ")"
	}
	return ""
}

func orNone(unit string) string {
	if unit == "" {
		return "no unit"
	}
	return strings.TrimSpace(unit)
}

// Raised is the next larger MemoryMax that is worth a try: a third more, in round figures.
func Raised(a monitor.App) (bytes uint64, ok bool) {
	max, _ := a.MemoryMax()
	n, _ := max.Get()
	if !max.IsSet() {
		return 0, false
	}
	return More(n), true
}

// More is that for a limit of so many bytes.
func More(n uint64) uint64 {
	step := uint64(256 << 20)
	if n >= 2<<30 {
		step = 512 << 20
	}
	return (n + n/3 + step - 1) / step * step
}
