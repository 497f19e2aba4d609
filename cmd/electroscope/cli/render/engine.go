package render

import (
	"strconv"

	"electroscope/launcher/chromium"
	"electroscope/launcher/plan"
)

// runtimeOf is what the program itself shows to be, else what the catalogue says.
func runtimeOf(p plan.Plan) chromium.Runtime {
	if p.Engine.Runtime != "" {
		return p.Engine.Runtime
	}
	return p.Settings.App.Runtime
}

// EngineOf is what is known of the program of a plan.
func EngineOf(p plan.Plan) EngineJSON {
	return EngineJSON{Runtime: string(runtimeOf(p)), Milestone: p.Engine.Milestone, Version: p.Engine.Version}
}

// EngineText is the same for a person: "electron 38.1.0, Chromium 140.0.7339.133".
func EngineText(p plan.Plan) string {
	e, text := p.Engine, string(runtimeOf(p))
	if e.AppImage {
		return "unknown: an AppImage, whose content is not read"
	}
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
	case runtimeOf(p) == chromium.Chromium:
		return "Chromium " + version
	}
	return text + ", Chromium " + version
}
