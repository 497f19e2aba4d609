package chromium

// A Runtime is what a program is built on, which decides the switches it can
// take. Empty is unknown. The one type of it is here, since this package reads
// nothing: apps.toml may name a runtime (package catalog), and a program's file
// shows it (package engine), and neither has to know the other.
type Runtime string

const (
	Electron Runtime = "electron"
	Chromium Runtime = "chromium"
	CEF      Runtime = "cef"
	Native   Runtime = "native" // takes no switches of Chromium's
)

// Runtimes are all there are.
var Runtimes = [...]Runtime{Electron, Chromium, CEF, Native}
