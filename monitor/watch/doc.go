// Package watch waits until something happens to a running app that its user should hear
// of: a process killed for the app's MemoryMax, the app slowed at its MemoryHigh, its main
// process gone from its scope.
//
//	inotify(7) on slices and memory.events ──> monitor.App ──> judge ──> Finding
//
// While all is well it sleeps in read(2): the kernel tells of new units, for these are
// folders, and of each event of memory.max and memory.high, for memory.events is notified
// (Documentation/admin-guide/cgroup-v2.rst). Only an app that is being slowed is looked at
// again and again, until that ends. It holds no connection to the user's manager, so a
// manager that re-executes itself is nothing to it.
package watch
