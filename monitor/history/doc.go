// Package history makes launches of what the journal has: when an app ran, what it used, what
// killed it. It adds what still runs, and draws two things from it: why an app was killed,
// slowed or ended ([Findings]), and which limits would fit ([Suggest]).
//
//	journal.Log ──> Launches ──> Join(sample) ──> Findings, Suggest
//
// All of it is pure: a recorded log and a recorded sample show the same again.
package history
