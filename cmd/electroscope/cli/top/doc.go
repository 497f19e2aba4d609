// Package top is what `electroscope top` shows, and what its keys mean. It is pure:
//
//	Model x Sample  ──> Model
//	Model x Key     ──> Model, Action
//	Model x size    ──> lines
//
// Samples, keys and the terminal come from the command, which does the actions too.
package top
