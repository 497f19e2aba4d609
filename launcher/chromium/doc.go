// Package chromium holds what is known about the command line of Chromium and
// of everything built on it: Electron, CEF, Qt WebEngine. It is pure: argument
// lists go in and come out, and neither disk nor environment is read.
//
// # Merging
//
// Chromium keeps its switches in a map, so a later --enable-features replaces
// an earlier one as a whole (base/command_line.cc, AppendSwitchNative). A
// wrapper script, a flags file, the configuration and the user may each have
// one, and all but the last would be lost without a word. [Merge] makes one of
// them. Its rules:
//
//   - The list switches (--enable-features, --disable-features,
//     --disable-blink-features, --js-flags) leave once each: the union of all
//     sources and of the user's own. A merged list replaces the user's first
//     one; the later ones are removed. If there is none, it stands with our other
//     switches. An empty list does not leave at all.
//   - Every other switch of ours stands behind the user's arguments, but before
//     a URL and before "--", and only if the user did not give the same one. A
//     later source beats an earlier one.
//   - All else is the user's, byte for byte and in the same order. A list that
//     is given once, and to which nothing is added, is left unchanged as well.
//   - Everything from the first bare "--" on is not looked at: for Chromium
//     these are arguments, not switches.
//
// Why there: Chromium does not mind the place, others do. A launcher script may
// look at $1 for an option of its own ("claude-desktop --version"), another at the
// first word with two dashes. Electron ends at once if anything but "--" follows a
// URL (shell/app/command_line_args.cc, CheckCommandLineArguments, the fix for
// CVE-2018-1000006), so "discord discord://x --enable-features=A" would not
// start. VS Code hands all words behind a sub-command ("codium tunnel ...") to
// another program, which refuses switches it does not know: for it ours stand in
// front ([MergeBefore]).
//
// Merging is idempotent: a merged list of arguments, merged again with the
// same sources, stays as it is. So a launch inside a launch does no harm.
//
// # Options and raw switches
//
// What is asked for comes in two forms. Options ("decode video in hardware") are
// turned by [Translate] into the switches of this app's Chromium, on this GPU and
// in this session. Raw switches are what people have written down, much
// of it for a Chromium long gone; [Filter] takes out what is dead or harmful.
// Both go by one table of names ([Names]), each row with its source, and by what
// the app's own binary knows ([Host]). Then Merge makes one command line of all:
//
//	options ─> Translate ─┐
//	raw ─────> Filter ────┼──> Merge ──> argv
//	user's arguments ─────┘
//
// # Empty lists
//
// A list switch without "=" is an empty list, as it is for Chromium, even
// if the next word was meant as its value.
package chromium
