package engine

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"electroscope/launcher/chromium"
	"electroscope/launcher/regular"
)

// Engine is what a program is built on.
type Engine struct {
	Runtime   chromium.Runtime
	Milestone int    // of Chromium, 150; 0 if unknown
	Version   string // of Chromium, "150.0.7871.224"; "" if unknown
	Electron  string // "43.4.1"; "" if it is not Electron, or unknown
	AppImage  bool   // what it is built on is packed into it, and not known
}

// EngineFile is the file that holds the engine: libcef.so where there is one
// beside the program or in cef/, since CEF's launchers hold nothing of it;
// otherwise the program.
func EngineFile(program string) (path string, cef bool) {
	dir := filepath.Dir(program)
	for _, lib := range []string{dir + "/libcef.so", dir + "/cef/libcef.so"} {
		var st syscall.Stat_t
		if syscall.Stat(lib, &st) == nil && regular.Is(&st) {
			return lib, true
		}
	}
	return program, false
}

// engine draws the conclusion from what was found in a file's literals.
func (f *literals) engine(path string, cef bool) Engine {
	e := Engine{Version: f.chrome, Electron: f.electron}
	if e.Version == "" {
		e.Version = f.mostFrequent()
	}
	switch {
	case e.Electron != "":
		e.Runtime = chromium.Electron
	case f.fuses:
		e.Runtime = chromium.Electron
		e.Electron = versionBeside(path)
	case cef:
		e.Runtime = chromium.CEF
	case e.Version != "" && (f.jsFlags || besideChromium(path)):
		e.Runtime = chromium.Chromium
	default:
		// A version number alone is anybody's: a client that only claims in
		// its user agent to be Chrome holds one too.
		return Engine{Runtime: chromium.Native}
	}
	e.Milestone = milestone(e.Version)
	if e.Milestone == 0 {
		e.Milestone = electronMilestone(e.Electron)
	}
	return e
}

// besideChromium looks for files that every build of Chromium ships.
func besideChromium(path string) bool {
	dir := filepath.Dir(path)
	for _, name := range []string{"/chrome_100_percent.pak", "/icudtl.dat"} {
		if _, err := os.Stat(dir + name); err == nil {
			return true
		}
	}
	return false
}

// versionBeside reads the file "version" of Electron's zip archives: its
// version, with or without a v.
func versionBeside(path string) string {
	f, err := regular.Open(filepath.Dir(path)+"/version", 0)
	if err != nil {
		return ""
	}
	defer f.Close()
	v := strings.TrimPrefix(strings.TrimSpace(string(f.Head(maxVersion))), "v")
	if electronMilestone(v) == 0 {
		return ""
	}
	return v
}

// milestone is the first number of a Chromium version; 0 if it has none.
func milestone(version string) int {
	first, _, _ := strings.Cut(version, ".")
	n, err := strconv.Atoi(first)
	if err != nil || n < 0 || n > maxMilestone {
		return 0
	}
	return n
}

// electronMilestone is the Chromium milestone of an Electron version: two for
// each release from 20 to 44 (DEPS of electron/electron's tags), and 156 for 45
// (npm electron-to-chromium 1.5.492). 0 for releases outside of these.
func electronMilestone(version string) int {
	switch major := milestone(version); {
	case major >= 20 && major <= 44:
		return 2*major + 64
	case major == 45:
		return 156
	}
	return 0
}
