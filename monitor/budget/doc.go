// Package budget compares what a machine uses with what it is meant to use: docs/plan.md, by
// category, and two targets for the whole, idle and under work.
//
//	processes x /proc/meminfo x limits of the apps ──> Report ──> verdicts
//
// A process counts by its proportional set size, in which each page is divided among those who
// share it (proc_pid_smaps(5)). The kernel shows that of one's own processes only: of others it is
// their resident set, and the report says of how many.
package budget
