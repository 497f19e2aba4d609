package install

import (
	"os"

	"electroscope/launcher/chromium"
	"electroscope/launcher/runner"
)

// An App is one of the catalogue that is found on this machine.
type App struct {
	Key     string
	Names   []string         // it answers to; each gets a link
	IDs     []string         // its desktop file's, the first being the usual one
	Exec    []string         // the catalogue's candidates for the program
	Args    []string         // what tells it from other apps of its program, see [Identity]
	Runtime chromium.Runtime // may be empty
	Target  string           // the candidate that was found; empty of a rival that is not here
	Program string           // the ELF file behind it, which several apps may share; may be empty
	Runners []runner.Runner  // the user's own, which the app's entry may start it by
	Menu    Menu             // the entry to make if there is none of its id
}

func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}
