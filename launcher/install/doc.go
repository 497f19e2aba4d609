// Package install puts electroscope into a user's home so that an app is
// started by it from the desktop too, and takes it out again.
//
// What it writes, each file recorded in a [Manifest]:
//
//	links          ~/.local/bin/NAME
//	entries        $XDG_DATA_HOME/applications/ID.desktop, which win over the app's own
//	autostart      $XDG_CONFIG_HOME/autostart/ID.desktop, likewise
//	mimeinfo.cache so that the entries keep their MIME types and URL schemes (mime.go)
//	units          $XDG_CONFIG_HOME/systemd/user, on request
//
// [Read] looks at the home and at the app's own entries; [State.Plan] and
// [State.Undo] decide, as values; [Apply] acts. Nothing here knows the catalogue
// or starts anything: callers say which apps there are and what units hold.
//
// # The manifest is always true
//
// It is written before the first file, with what each will be, what stood there
// and which folders will be made, and again after the last without what failed.
// Whenever that is cut off, each file of ours is recorded: one whose bytes are
// not there yet is told by them (see [Record]). A file whose bytes are neither
// what was written nor what stood there before belongs to the user: it is named
// and kept.
package install
