package render

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"electroscope/launcher/limit"
	"electroscope/monitor"
	"electroscope/monitor/history"
	"electroscope/monitor/journal"
)

// Why says in words what happened to an app, or to all, what holds now first.
func Why(w *Writer, findings []history.Finding, now time.Time, days int) {
	for i, f := range findings {
		if i > 0 {
			fmt.Fprintln(w)
		}
		for _, line := range Fold(sentence(f, now, days), w.Width) {
			fmt.Fprintln(w, line)
		}
		if r := remedy(f); r != "" {
			fmt.Fprintln(w, "  "+r)
		}
	}
}

// sentence is a finding in words.
func sentence(f history.Finding, now time.Time, days int) string {
	when := "at a time that is not known"
	if !f.Time.IsZero() {
		when = Ago(now.Sub(f.Time))
	}
	switch f.Kind {
	case history.Killed:
		return killedText(f, when, days)
	case history.Crashing:
		return crashText(f.App, *f.Crash) + " " + when + ": " + f.Crash.Text + "."
	case history.LostGPU:
		return fmt.Sprintf("%s lost its GPU process %s, and started it anew: %s.", f.App, when, often(f.Count))
	case history.StoodStill:
		return fmt.Sprintf("%s stood still at its MemoryHigh %s: %s.", f.App, when, often(f.Count))
	case history.Without:
		again := ""
		if n := f.Count.Or(1); n > 1 {
			again = fmt.Sprintf(", as at %s before,", times(int(n-1), "start"))
		}
		return fmt.Sprintf("%s was started %s%s %s.", f.App, when, again, strings.TrimSuffix(f.Reason(), "."))
	case history.Refusal:
		return fmt.Sprintf("%s was not started %s: %s.", f.App, when, strings.TrimSuffix(afterColon(f.Text), "."))
	case history.Failure, history.Stop, history.LoggedOut, history.Over:
		return endText(f, when)
	}
	return presentText(f)
}

// killedText says what was killed, for whose limit, and how often.
func killedText(f history.Finding, when string, days int) string {
	k := *f.Kill
	text := fmt.Sprintf("%s was killed %s: ", partText(f.App, k.Part), when)
	switch k.By {
	case history.Cap:
		text += f.App + " had reached its own limit" + usedText(k)
	case history.Budget:
		text += fmt.Sprintf("all that is in %s had reached its limit", k.Group.Name()) + usedText(k)
	case history.Machine:
		text += "the machine had no memory left, which is not for a limit of " + f.App
	case history.OOMD:
		text += "systemd-oomd ended the unit, as memory was under pressure for too long"
	default:
		text += "memory was at a limit, and whose is not in what can be read"
		if f.Peak.IsKnown() {
			text += fmt.Sprintf("; %s held %s at most", f.App, Size(f.Peak))
		}
	}
	text += "."
	if n := f.Count.Or(1); n > 1 {
		text += fmt.Sprintf(" %s of its processes were killed in %s.", Count(f.Count), times(days, "day"))
	}
	return text
}

// usedText is how full the limit was: ", 3G of 3G".
func usedText(k history.Kill) string {
	if !k.Used.IsKnown() || !k.Limit.IsKnown() {
		return ""
	}
	return ", " + Size(k.Used) + " of " + Size(k.Limit)
}

func partText(app string, p history.Part) string {
	switch p {
	case history.MainPart:
		return app + "'s main process"
	case history.Renderer:
		return "A renderer of " + app
	case history.Helper:
		return "A helper process of " + app
	}
	return "A process of " + app
}

func crashText(app string, c history.Crash) string {
	if c.Main {
		return app + " crashed"
	}
	return fmt.Sprintf("A process of %s, %s, crashed", app, cmp.Or(c.Process, pidText(c.PID)))
}

func often(n monitor.Figure) string {
	if n.Or(1) == 1 {
		return "once in that run"
	}
	return Count(n) + " times in that run"
}

// afterColon is the reason in "app is not started: reason".
func afterColon(text string) string {
	if _, reason, ok := strings.Cut(text, ": "); ok {
		return reason
	}
	return text
}

func endText(f history.Finding, when string) string {
	switch f.Kind {
	case history.Failure:
		if f.Text == "oom-kill" {
			return fmt.Sprintf("%s was ended %s: with its OOMPolicy, systemd ends all of it when one process is killed.", f.App, when)
		}
		return fmt.Sprintf("%s ended %s: systemd has %q as the result of its unit.", f.App, when, f.Text)
	case history.Stop:
		return fmt.Sprintf("%s was stopped %s: somebody asked systemd to stop its unit.", f.App, when)
	case history.LoggedOut:
		return fmt.Sprintf("%s was ended %s with the session, by a logout or a shutdown.", f.App, when)
	}
	return fmt.Sprintf("%s ended by itself %s.", f.App, when)
}

// presentText is of what holds now.
func presentText(f history.Finding) string {
	switch f.Kind {
	case history.Slowed:
		text := fmt.Sprintf("%s has been slowed by its MemoryHigh, %s, %s times since it started.", f.App, Size(f.Limit), Count(f.Count))
		if f.App == "" {
			text = fmt.Sprintf("All apps together have been slowed by their MemoryHigh, %s, %s times.", Size(f.Limit), Count(f.Count))
		}
		if p, known := f.Share.Get(); known && p >= 1 {
			text += fmt.Sprintf(" It stood still for %s of the last ten seconds.", Percent(f.Share))
		}
		return text
	case history.Throttled:
		return fmt.Sprintf("%s was throttled by its CPU quota, %s, in %s of the periods since it started.", f.App, QuotaText(f.Limit), Percent(f.Share))
	case history.Frozen:
		return f.App + " is frozen: it runs again when it is thawed."
	case history.Escaped:
		return fmt.Sprintf("The main process of %s, %d, has left its scope, and its limits with it: it is in %s.", f.App, f.Main, cmp.Or(f.In, "no unit"))
	case history.Uncapped:
		return fmt.Sprintf("%s runs without a limit of memory or CPU in %s.", f.App, f.Unit)
	case history.Outside:
		return outsideText(f.App, f.Main, f.In)
	}
	return f.App + ": " + string(f.Kind)
}

// remedy is a command that helps; empty if none is known.
func remedy(f history.Finding) string {
	switch {
	case f.More.IsKnown():
		return fmt.Sprintf("electroscope set %s memory=%s gives it more", f.App, limit.SizeText(f.More.Or(0)))
	case f.Kind == history.Frozen:
		return "electroscope thaw " + f.App
	case f.Kind == history.Outside:
		return "electroscope install " + f.App + " has its entry in the menu start it inside its limits"
	}
	return ""
}

// Gaps says what the journal did not give, below the rest.
func Gaps(w *Writer, gaps []journal.Gap) {
	for _, g := range gaps {
		w.Paragraph("Not known: " + g.Text + ".")
		if g.Remedy != "" {
			fmt.Fprintln(w, "  "+g.Remedy)
		}
	}
}
