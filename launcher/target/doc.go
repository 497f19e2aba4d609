// Package target goes from the names an app may be installed under to the
// program that is exec'ed for it, and tells what lies behind that program.
//
//   - [Find] looks the names up as a shell would, and never answers with
//     electroscope itself: not through links, hard links, or scripts that
//     can only call the link again.
//   - [Behind] reads wrapper scripts down to the ELF file they end in.
//   - [Cache.Examine] reads that ELF file once: its engine, its version, and
//     which switches and features it knows.
//
// Nothing is ever run to learn this. What cannot be seen is left unknown,
// never guessed: a wrong answer costs more than none, because without one the
// app starts with the switches it would have had anyway.
package target
