// Package install puts electroscope into a user's home so that an app is
// started by it from the desktop too, and takes it out again.
//
// What it writes, each file recorded in a [Manifest]:
//
//	links          ~/.local/bin/NAME
//	entries        $XDG_DATA_HOME/applications/ID.desktop, which win over the app's own, or are its only ones
//	autostart      $XDG_CONFIG_HOME/autostart/ID.desktop, likewise
//	launchers      desktop entries that a panel or a file manager keeps elsewhere (launchers.go), changed in place
//	mimeinfo.cache so that the entries keep their MIME types and URL schemes (mime.go)
//	units          $XDG_CONFIG_HOME/systemd/user, on request
//	drop-ins       likewise, for scopes that an installed app asks for by itself
//
// [Lock] has one run at a time; [Read] looks at the home and at the app's own
// entries; [State.Plan] and [State.Undo] decide, as values; [State.Apply] acts. Whose
// an entry is, of several apps with one program, owner.go decides. Nothing here knows
// the catalogue or starts anything: callers say which apps there are and what units hold.
//
// # The manifest is always true
//
// It is written before the first file, with what each will be, what stood there
// and which folders will be made, and again after the last without what failed.
// Whenever that is cut off, each file of ours is recorded: one whose bytes are
// not there yet is told by them (see [Record]). What else a run that was killed
// leaves, the next one clears (run.go). A file whose bytes are neither what was
// written nor what stood there before belongs to the user: it is named and kept.
// So is a path that no install would have written to (hold.go).
//
// A file of the user's that is changed in place comes back with its text, mode and
// time of change. It is a new file: the kernel has no way to set the times of its
// making and of its last change of state (statx(2), stx_btime and stx_ctime), and
// one with a second name would lose that, so it is left alone.
package install
