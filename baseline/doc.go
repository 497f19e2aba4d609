// Package baseline records what a machine uses, and compares a record with another or with now:
// what a change of the machine has brought.
//
//	monitor.Machine + monitor/budget + a few files ──> Record ──> a file
//	Record + Record ──> Comparison
//
// What cannot be read is unknown in a record, and what is unknown on one side has no difference.
package baseline
