package render

import (
	"strconv"
	"time"

	"electroscope/monitor/history"
)

// minute is a time of a table, in the zone of who reads it.
func minute(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return none
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

// History writes a row for each launch.
func History(w *Writer, launches []history.Launch, now time.Time, zone *time.Location) {
	var rows [][]string
	for _, l := range launches {
		rows = append(rows, []string{
			minute(l.Started, zone), l.App, lasted(l, now), Size(l.Peak), Size(l.SwapPeak), cpuTime(l), strconv.Itoa(len(l.Kills)), endWord(l),
		})
	}
	w.Table([]string{"STARTED", "APP", "LASTED", "PEAK", "SWAP", "CPU", "KILLS", "END"}, rows)
}

func lasted(l history.Launch, now time.Time) string {
	switch {
	case l.Started.IsZero():
		return none
	case l.Running:
		return Duration(now.Sub(l.Started))
	case l.Ended.IsZero():
		return none
	}
	return Duration(l.Ended.Sub(l.Started))
}

func cpuTime(l history.Launch) string {
	n, known := l.CPU.Get()
	if !known {
		return none
	}
	return Duration(time.Duration(n) * time.Microsecond)
}

// endWord is how a launch ended.
func endWord(l history.Launch) string {
	switch {
	case l.Running:
		return "runs"
	case l.End == history.Failed:
		return "failed: " + l.Result
	case l.End == history.Crashed:
		return "crashed: " + l.Crashes[len(l.Crashes)-1].Text
	case l.End == history.ByItself:
		return "by itself"
	case l.End == history.Unknown:
		return none
	}
	return string(l.End)
}

// Crashes writes a row for each kill, crash and lost GPU process.
func Crashes(w *Writer, findings []history.Finding, zone *time.Location) {
	var rows [][]string
	for _, f := range findings {
		if row := crashRow(f, zone); row != nil {
			rows = append(rows, row)
		}
	}
	w.Table([]string{"WHEN", "APP", "PID", "PROCESS", "WHAT"}, rows)
}

func crashRow(f history.Finding, zone *time.Location) []string {
	row := func(pid int, process, what string) []string {
		return []string{minute(f.Time, zone), f.App, pidText(pid), process, what}
	}
	switch {
	case f.Kill != nil:
		return row(f.Kill.PID, string(f.Kill.Part), "killed "+killerText(*f.Kill))
	case f.Crash != nil && f.Crash.Main:
		return row(f.Crash.PID, string(history.MainPart), f.Crash.Text)
	case f.Crash != nil:
		return row(f.Crash.PID, f.Crash.Process, f.Crash.Text)
	case f.Kind == history.LostGPU:
		return row(0, "GPU", "exited unexpectedly, "+often(f.Count))
	}
	return nil
}

func killerText(k history.Kill) string {
	switch k.By {
	case history.Cap:
		return "at its limit" + usedText(k)
	case history.Budget:
		return "at the limit of " + k.Group.Name() + usedText(k)
	case history.Machine:
		return "as no memory was left"
	case history.OOMD:
		return "by systemd-oomd"
	}
	return "for want of memory"
}
