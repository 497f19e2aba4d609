// Package doctor checks whether this machine is what docs/plan.md wants of it, and whether
// apps get their limits here.
//
//	Machine (files, commands, environment) ──> Check.Run ──> Result ──> Report
//
// A [Check] is a value, one file a group. It changes nothing. All it reads comes through one
// [Machine], whose root may be a folder in which another machine was recorded: that is how the
// checks are tested (testdata/*.txtar). A fact that cannot be read makes a check unknown, and
// never ok.
package doctor
