// Package background takes what they do not need from apps that nobody has used for a
// while, as apps.toml has it: it lowers their CPUWeight, reclaims their memory, or freezes
// them. It gives it back as soon as one of their windows is the active one.
//
//	X server or KWin, launches that come and go ──> decide ──> control
//	                            sound server ────────┘
//
// An app is in the background if a window of another is the active one, or none. What is not
// known counts against acting: if nobody says which window is active, or who plays sound,
// every app is left alone, and what was done is undone.
//
// What is done is recorded first in the user's runtime folder, so that a watcher that was
// killed leaves nothing frozen: the next one, or the service that ran it, undoes it.
package background
