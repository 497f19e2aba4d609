package control

import (
	"fmt"

	"electroscope/monitor"
)

// Freeze stops all processes in the unit of a launch until Thaw: they keep their memory and
// get no CPU time (Documentation/admin-guide/cgroup-v2.rst, cgroup.freeze).
func (c Control) Freeze(a monitor.App) error {
	if err := ownUnit(a, "freeze"); err != nil {
		return err
	}
	return c.freezer(a, "1", c.Manager.Freeze)
}

// Thaw lets them run on.
func (c Control) Thaw(a monitor.App) error {
	if err := ownUnit(a, "thaw"); err != nil {
		return err
	}
	return c.freezer(a, "0", c.Manager.Thaw)
}

// freezer asks the manager, which then knows that the unit is frozen and says so, and if
// that does not do it the kernel itself: a manager that sees no init.scope, as in a
// container, takes the kernel for one without a freezer (unit_cgroup_freezer_supported,
// src/core/cgroup.c), and one that was asked past it by somebody thinks it need do nothing.
func (c Control) freezer(a monitor.App, to string, ask func(unit string) error) error {
	g := a.Group.Path
	asWanted := func() bool { return c.has(g, "cgroup.events", "frozen "+to) }
	refusal := ask(a.Unit)
	if refusal == nil && within(patience, asWanted) {
		return nil
	}
	if err := c.write(g, "cgroup.freeze", to); err != nil {
		if refusal == nil {
			refusal = err
		}
		return refusal
	}
	if !within(patience, asWanted) {
		return fmt.Errorf("the kernel does not say \"frozen %s\" of %q within %v", to, a.Unit, patience)
	}
	return nil
}
