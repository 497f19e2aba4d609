package main

import (
	"strconv"

	"electroscope/launcher"
	"electroscope/launcher/target"
)

// runtimeOf is what the program itself shows to be, else what the catalogue says.
func runtimeOf(p launcher.Plan, e target.Engine) string {
	if e.Runtime != "" {
		return string(e.Runtime)
	}
	return string(p.Settings.App.Runtime)
}

func engineText(p launcher.Plan, e target.Engine) string {
	text := runtimeOf(p, e)
	if e.Electron != "" {
		text += " " + e.Electron
	}
	if e.Version != "" {
		text += ", Chromium " + e.Version
	} else if e.Milestone > 0 {
		text += ", Chromium " + strconv.Itoa(e.Milestone)
	}
	return text
}
