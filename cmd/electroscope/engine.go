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
	version := e.Version
	if version == "" && e.Milestone > 0 {
		version = strconv.Itoa(e.Milestone)
	}
	switch {
	case version == "":
		return text
	case text == target.Chromium:
		return "Chromium " + version
	}
	return text + ", Chromium " + version
}
