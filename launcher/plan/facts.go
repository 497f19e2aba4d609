package plan

import (
	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/engine"
	"electroscope/launcher/machine"
	"electroscope/launcher/program"
)

// Facts are what a launch is decided from.
type Facts struct {
	Settings catalog.Settings
	Program  program.Target
	Inspection
	Argv0   string
	Args    []string // the user's, without argv[0]
	PID     int
	Caller  Caller
	Machine machine.Machine
	Shell   bool   // a command outside the limits of the app that it is typed in
	Notes   []Note // what was found wrong on the way here

	// Env looks a variable up in the environment that the app inherits.
	Env func(name string) (value string, set bool)

	// SetByUser reports whether a layer of the user's or the administrator's sets a
	// key of the app: the catalogue that is shipped does not know what a name leads
	// to on this machine.
	SetByUser func(key string) bool

	// Left reads the upper limits of the units that the launch leaves, the tightest
	// of each kind. It is called only if there are such units.
	Left func([]cgroup.Group) []LeftLimit

	// Switches reads what the app's switches depend on. It takes files, so it is
	// called once the scope has been asked for, and only for an app that may take any.
	Switches func(catalog.App) SwitchFacts
}

// SwitchFacts are what an app's switches depend on, beside its settings.
type SwitchFacts struct {
	Engine   engine.Knowledge
	Graphics machine.Graphics
	Display  machine.Display
	Flags    []FlagsFile // the general ones first
	VSCode   bool        // the app is of VS Code's family
	Forwards bool        // the program hands its arguments on to an editor that runs already
}

// A FlagsFile is one of those that people already have, from Arch's and
// Flathub's launchers: ~/.config/electron-flags.conf and its kind.
type FlagsFile struct {
	Path  string
	Words []string
	Read  bool // the wrapper reads it too, so only its lists are merged
}

// vendor is whose [gpu] table counts. nouveau is not what [gpu.nvidia] is
// written for: it is on Chromium's list of bad drivers.
func (s SwitchFacts) vendor() string {
	if s.Graphics.Driver == "nouveau" {
		return "nouveau"
	}
	return s.Graphics.Vendor
}
