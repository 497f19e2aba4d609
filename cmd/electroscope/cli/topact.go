package cli

import (
	"fmt"
	"strings"
	"time"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/cmd/electroscope/cli/top"
	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
	"electroscope/monitor"
	"electroscope/monitor/control"
)

// actOn does what was chosen in top, and says in a line what came of it.
func actOn(inv *invocation, action top.Action) (said string, err error) {
	c, a := controlOf(inv.process), action.App
	switch action.Verb {
	case top.Freeze:
		return title(a) + " is frozen; f thaws it", c.Freeze(a)
	case top.Thaw:
		return title(a) + " runs", c.Thaw(a)
	case top.Reclaim:
		r, err := c.Reclaim(a, 0)
		return fmt.Sprintf("%s came back from %s", render.Size(monitor.Known(r.Taken())), title(a)), err
	case top.Stop:
		switch ending := c.Stop(a, stopPatience*time.Second, func(control.Ending) {}); ending {
		case control.Alive:
			return "", fmt.Errorf("something of %s is left even after SIGKILL", title(a))
		default:
			return title(a) + " ended " + how(ending), nil
		}
	case top.Limit:
		return setMemory(inv, c, a, action.Memory)
	}
	return "", nil
}

// setMemory gives a launch the limits that memory = "SIZE" means.
func setMemory(inv *invocation, c control.Control, a monitor.App, bytes uint64) (said string, err error) {
	w, err := wantedOf(inv, a.Name, []catalog.Setting{{Path: []string{"memory"}, Value: limit.SizeText(bytes)}})
	if err != nil {
		return "", err
	}
	list, _, err := w.properties(a)
	if err != nil {
		return "", err
	}
	var now []string
	for _, ch := range c.Set(control.Holder(a), list) {
		if ch.State != control.InForce {
			return "", fmt.Errorf("%s of %s does not hold: the kernel has %s", ch.Limit.Spell(ch.Asked), title(a), ch.After)
		}
		now = append(now, ch.Limit.Name+" "+ch.After)
	}
	return title(a) + " has " + strings.Join(now, ", "), nil
}
