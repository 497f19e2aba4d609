// Package catalog reads apps.toml: which apps there are, what each is started by, and
// what limits it runs under.
//
// # Layers
//
// The catalogue is one table merged from layers. A later layer wins; tables merge key by
// key, arrays replace:
//
//	the shipped apps.toml
//	each of XDG_CONFIG_DIRS, the last listed first: electroscope/apps.toml, electroscope/apps.d/*.toml
//	XDG_CONFIG_HOME: electroscope/apps.toml, electroscope/apps.d/*.toml
//	the variable ELECTROSCOPE_SET, whose value is TOML text
//	the command line, by [Layers.With]
//
// In the merged table, [defaults] lies beneath every app, key by key.
//
// memory and cpus stand for MemoryMax with MemoryHigh, and for CPUQuota. One of a later layer
// wins over limits of a lower one, and limits in full over one of the same layer or a lower one.
//
// [Layers.App] is the way of a launch: it decodes only the tables that can matter for one
// name. [Layers.All] decodes and checks everything.
//
// # Mistakes
//
// Reading never fails. A layer that cannot be read or parsed, or is not to be trusted
// (another user's, or one that all may write), is left out as a whole and
// leaves one [Diagnostic]; a single bad key is left out alone, and what a lower layer said
// stays. So a launch always has settings, and something to say about each mistake.
//
// # Goals and non-goals
//
// The keys are one table ([Keys]), which drives decoding, messages and suggestions. Those of
// limits come from the rows of package limit.
// What a value means for a machine (how much 40% of the RAM is, whether a file of exec
// exists) is not decided here, and no layer is ever written.
package catalog
