// Package plan decides what a launch comes to. It is pure: facts in, a [Plan] out.
//
// A launch, a dry run, `electroscope explain` and `electroscope shell` all go through
// [Decide] with facts that package launcher gathers in one place, so what is foretold
// is what happens. A launch alone passes a function that sends the scope to systemd as
// soon as it is decided: what is left to find out is found out while systemd works.
//
//	hold.go      what keeps the main process of Chromium in its scope
//	unit.go      the scope: name, slice, limits
//	property.go  limits as systemd's properties
//	left.go      limits of what the launch leaves
//	command.go   arguments and environment
//	switches.go  Chromium's switches
package plan
