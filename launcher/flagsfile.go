package launcher

import (
	"slices"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/engine"
	"electroscope/launcher/plan"
	"electroscope/launcher/regular"
	"electroscope/launcher/wrapper"
)

// maxFlagsFile bounds what is read of one.
const maxFlagsFile = 64 << 10

// flagsFiles reads those that concern the app, the general ones first.
func flagsFiles(w Process, app catalog.App, k engine.Knowledge, chain wrapper.Chain) []plan.FlagsFile {
	var files []plan.FlagsFile
	for _, path := range flagsPaths(w, app, k) {
		text, err := regular.Read(path, maxFlagsFile)
		if err != nil {
			continue
		}
		files = append(files, plan.FlagsFile{Path: path, Words: chromium.ParseFlagsFile(text), Read: slices.Contains(chain.FlagsFiles, path)})
	}
	return files
}

func flagsPaths(w Process, app catalog.App, k engine.Knowledge) []string {
	dir := w.Getenv("XDG_CONFIG_HOME")
	if !strings.HasPrefix(dir, "/") {
		home := w.Getenv("HOME")
		if !strings.HasPrefix(home, "/") {
			return nil
		}
		dir = home + "/.config"
	}
	var names []string
	switch app.Runtime {
	case chromium.Electron:
		names = append(names, "electron")
		if major, _, ok := strings.Cut(k.Electron, "."); ok {
			names = append(names, "electron"+major)
		}
	case chromium.Chromium:
		names = append(names, "chromium")
	}
	for _, name := range append([]string{app.Key}, app.Names...) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for i, name := range names {
		names[i] = dir + "/" + name + "-flags.conf"
	}
	return names
}
