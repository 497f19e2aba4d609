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
	"electroscope/launcher/xdg"
)

// maxFlagsFile bounds what is read of one.
const maxFlagsFile = 64 << 10

// flagsFiles reads those that concern the app, the general ones first, then those
// that a wrapper reads by whatever name.
func flagsFiles(w Process, app catalog.App, k engine.Knowledge, chain wrapper.Chain) []plan.FlagsFile {
	var files []plan.FlagsFile
	paths := flagsPaths(w, app, k)
	for _, path := range chain.FlagsFiles {
		if !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	for _, path := range paths {
		text, err := regular.Read(path, maxFlagsFile)
		if err != nil {
			continue
		}
		files = append(files, plan.FlagsFile{Path: path, Words: chromium.ParseFlagsFile(text), Read: slices.Contains(chain.FlagsFiles, path)})
	}
	return files
}

func flagsPaths(w Process, app catalog.App, k engine.Knowledge) []string {
	dir := xdg.Env(w.Getenv).ConfigHome()
	if dir == "" {
		return nil
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
