// Package journal reads what systemd's journal has of the apps: when their units started
// and ended, what they used, what was killed, and what a launch said.
//
//	journalctl -o json ──> records ──> events, in the order of time
//
// Nothing of it was written for this package but the lines of a launch: the user's manager
// logs the units (src/core/unit.c, src/core/job.c, catalog/systemd.catalog.in of systemd), the
// kernel its kills (mm/oom_kill.c, mm/memcontrol.c), systemd-coredump the crashes. What a
// user may read of these differs (journalctl(1), "Description"), so that a [Log] has what
// could not be read beside the events.
package journal
