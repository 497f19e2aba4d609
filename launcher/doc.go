// Package launcher starts an app inside a capped transient scope and gets out
// of the way: the process that was asked for the app becomes the app.
//
//	argv[0]="discord" ──> catalog ──> program ──> plan ──> systemd ──> exec
//	                      apps.toml   real file   pure     one round   same PID
//	                      layers      + wrappers  values   trip        limits on
//
// [Launch] goes that way. This package acts: it gathers the facts (resolve.go,
// facts.go), has package plan decide, asks systemd for the scope (scope.go), reads
// back what came of it (holds.go) and becomes the app (exec.go). [Prepare] makes the
// same [plan.Plan] without doing anything, for a dry run and for explain. [Shell] goes
// the other way: out of the limits of the app that it is started in.
//
// # Promises
//
//  1. The app starts. Whatever is broken around it, one line on stderr and in the
//     journal says what it runs without ([plan.Note]); on-failure = "refuse" in
//     apps.toml turns that into exit status 125. If stderr is not a terminal, a
//     desktop notification says so too (report.go).
//  2. The limits hold. The process is in its scope before it becomes the app, its
//     limits are read back from the kernel (holds.go), and its Chromium does not
//     leave (plan/hold.go).
//  3. Nothing of ours stays. exec(2): PID, stdio, working folder, environment,
//     exit status and signals are the app's own, and what belongs to a thread is the
//     main thread's (inherited.go). What Go's runtime cannot keep is in
//     docs/faults.md. Only if a file system does not answer, another process
//     starts the app, and this one waits for it (unanswered.go).
//
// # Order
//
// The connection to the manager is opened first. The kernel is made to begin what it
// waits for before it moves a process (graceperiod.go) as soon as it is certain that the
// app leaves its caller's control group. The scope is asked for as soon as
// its name and limits are known, which takes the layers of apps.toml, the program
// and the wrappers around it: what keeps Chromium in its scope depends on them.
// Switches are merged and the engine is looked up while the manager works.
package launcher
