// Package kwin learns from KWin, Plasma's window manager, whose window is the active one. In a
// Wayland session no protocol tells a client of the windows of others, and X has those of some
// apps only; a script that KWin runs knows all of them
// (https://develop.kde.org/docs/plasma/kwin/api/).
//
//	script.js, in KWin ──D-Bus call──> Windows
package kwin
