// Package entry rewrites desktop entries (Desktop Entry Specification 1.5)
// so that an app is started by another path, and changes nothing else in them.
//
//	Parse      text -> Entry, or why it cannot be used
//	Rewrite    Entry, path -> the same text with that path in the Exec lines
//	TryExec    Entry, path -> the same text with that key, if it has none
//
// Rewrite touches two keys: Exec, in every group, and DBusActivatable, by which a
// desktop would start the app's D-Bus service instead of Exec. Every other byte
// stays: an app's own TryExec, field codes, translations, comments, unknown keys, line ends.
//
// # Exec
//
// An Exec value passes three readers, and each is undone with the place of
// every byte kept, so that one word can be replaced where it stands:
//
//	string escapes  \s \n \t \r \\                "Possible value types"
//	words           quotes, backslashes, blanks   "The Exec key", and as GLib reads it
//	shell script    of sh -c "..."                POSIX.1-2024, XCU 2
//
// The word that names the program is looked for after env, nice, setsid and
// their like, and inside the script of sh -c. What cannot be followed is left as
// it is and told ([Left]): a wrong guess would start another program.
package entry
