// Package monitor samples the apps that run: their units, the kernel's figures of these,
// and their processes.
//
//	units x cgroup files x /proc ──> Sample ──> Sample.Since(earlier) ──> rates
//
// A Sample is one value, read at one time, and nothing else is read to show it: status,
// top and the watcher all draw from samples, and a recorded one shows the same.
//
// It rests on Documentation/admin-guide/cgroup-v2.rst, Documentation/accounting/psi.rst
// and proc(5). A file that this kernel, or this cgroup, does not have makes its figure
// unknown, never zero.
package monitor
