package top

import (
	"fmt"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/monitor"
)

// A Verb is what is to be done.
type Verb string

const (
	Nothing Verb = ""
	Quit    Verb = "quit"
	Pause   Verb = "pause"   // stop this program, as job control does
	Repaint Verb = "repaint" // all of the screen
	Freeze  Verb = "freeze"
	Thaw    Verb = "thaw"
	Reclaim Verb = "reclaim"
	Limit   Verb = "limit"
	Stop    Verb = "stop"
)

// An Action is what a key asks for.
type Action struct {
	Verb   Verb
	App    monitor.App
	Memory uint64 // bytes, of a Limit
}

// page is how many rows PageUp and PageDown move: fewer than a small screen has.
const page = 10

// Press is the model after a key, and what is to be done.
func (m Model) Press(k Key) (Model, Action) {
	m.said = ""
	switch {
	case k == Interrupt:
		return m, Action{Verb: Quit}
	case k == Suspend:
		return m, Action{Verb: Pause}
	case k == Redraw:
		return m, Action{Verb: Repaint}
	case m.asked.Verb != Nothing:
		asked := m.asked
		m.asked = Action{}
		if k == "y" || k == "Y" {
			m.said = asked.doing()
			return m, asked
		}
		m.said = "nothing done"
		return m, Action{}
	case m.help:
		m.help = false
		return m, Action{}
	}
	switch k {
	case "q", "Q":
		return m, Action{Verb: Quit}
	case "h", "?":
		m.help = true
	case Up, "k":
		return m.move(-1), Action{}
	case Down, "j":
		return m.move(1), Action{}
	case PageUp:
		return m.move(-page), Action{}
	case PageDown:
		return m.move(page), Action{}
	case Home, "g":
		return m.move(-len(m.sample.Apps)), Action{}
	case End, "G":
		return m.move(len(m.sample.Apps)), Action{}
	case "m", "c", "w", "n", "t":
		m.sort = map[Key]Sort{"m": ByMemory, "c": ByCPU, "w": BySwap, "n": ByName, "t": ByTime}[k]
	case "f", "r", "+", "=", "-", "s":
		return m.ask(k)
	}
	return m, Action{}
}

// ask is the model after a key for an action on the selected app. What may hurt is asked for
// first.
func (m Model) ask(k Key) (Model, Action) {
	rows := m.rows()
	if len(rows) == 0 {
		return m, Action{}
	}
	a := rows[m.selected(rows)]
	m.at = a.ID() // a later sample may sort it elsewhere
	action := Action{Verb: Reclaim, App: a}
	switch k {
	case "f":
		action.Verb = Freeze
		if isFrozen(a) {
			action.Verb = Thaw
		}
	case "s":
		action.Verb = Stop
	case "+", "=", "-":
		max, _ := a.MemoryMax()
		if !max.IsSet() {
			m.said = a.Name + " has no limit of memory to raise or lower"
			return m, Action{}
		}
		action.Verb, action.Memory = Limit, nextLimit(max.Or(0), k != "-")
	}
	if why := m.refusal(action.Verb, a); why != "" {
		m.said = why
		return m, Action{}
	}
	if action.question() == "" {
		m.said = action.doing()
		return m, action
	}
	m.asked = action
	return m, Action{}
}

// question is what is asked before the action, "" if it cannot hurt.
func (x Action) question() string {
	switch x.Verb {
	case Freeze:
		return fmt.Sprintf("freeze %s, until it is thawed? (y/n)", x.App.Name)
	case Stop:
		return fmt.Sprintf("stop %s (PID %d)? (y/n)", x.App.Name, x.App.Main)
	case Limit:
		max, used := x.App.MemoryMax()
		text := fmt.Sprintf("memory limit of %s from %s to %s", x.App.Name, render.Size(max), render.Size(monitor.Known(x.Memory)))
		if used.Or(0) > x.Memory {
			text += fmt.Sprintf(", less than the %s that it uses", render.Size(used))
		}
		return text + "? (y/n)"
	}
	return ""
}

func (x Action) doing() string {
	switch x.Verb {
	case Freeze:
		return "freezing " + x.App.Name
	case Thaw:
		return "thawing " + x.App.Name
	case Reclaim:
		return "reclaiming memory of " + x.App.Name
	case Stop:
		return "stopping " + x.App.Name
	}
	return "setting the memory limit of " + x.App.Name
}

func isFrozen(a monitor.App) bool { return a.Group.Frozen.Or(0) == 1 }

// nextLimit is the next multiple of half a gibibyte, or from 8 GiB of one.
func nextLimit(bytes uint64, up bool) uint64 {
	const least, from = 512 << 20, 8 << 30
	step := uint64(least)
	if bytes > from || bytes == from && up {
		step = 1 << 30
	}
	if up {
		return bytes/step*step + step
	}
	return max((bytes-1)/step*step, least/2)
}
