package wrapper

import (
	"os"
	"path/filepath"
	"strings"

	"electroscope/launcher/runner"
)

// OwnScope is a program that starts the app in a scope or service it asks
// systemd for itself, and so takes it out of the one that a launch made.
type OwnScope struct {
	Maker string // "snap", "flatpak", "systemd-run", ...; "" if there is none
	ID    string // the Flatpak's id, or the Snap's NAME.APP; "" if unknown
	May   bool   // by a path through the wrapper that may not be taken
}

// makerCall is a call of such a program in a script.
type makerCall struct {
	own   OwnScope
	rank  int
	words []string
}

// ownScope draws the conclusion from what a script calls. A call that neither
// is the script's purpose nor names the program starts something else.
func (r *reader) ownScope() OwnScope {
	var own OwnScope
	for _, m := range r.makers {
		alone := r.hop.next == ""
		if m.rank == lastCommand && !alone && !named(m.words, r.hop.next) {
			continue
		}
		m.own.May = !alone
		if own.Maker == "" {
			own = m.own
		}
	}
	return own
}

// isMaker reports whether a command may ask systemd for a scope or service.
func isMaker(name string) bool {
	switch name {
	case "snap", "flatpak", "distrobox", "distrobox-enter", "toolbox", "podman", "docker":
		return true
	}
	r, _ := runner.Find(name, nil)
	return r.Unit
}

// makerAt says what comes of starting the file at path, which resolves to file,
// with those words.
func makerAt(path, file string, words []string) OwnScope {
	name := filepath.Base(path)
	if real := filepath.Base(file); real == "snap" && name != "snap" {
		return OwnScope{Maker: "snap", ID: snapApp(linkedName(path))}
	}
	if !isMaker(name) {
		return OwnScope{}
	}
	verb, rest := operand(words)
	switch name {
	case "snap":
		if verb == "run" {
			app, _ := operand(rest)
			return OwnScope{Maker: name, ID: snapApp(app)}
		}
	case "flatpak":
		if verb == "run" {
			return OwnScope{Maker: name, ID: flatpakID(rest)}
		}
	case "distrobox", "toolbox", "podman", "docker":
		switch verb {
		case "run", "enter", "exec", "start":
			return OwnScope{Maker: name}
		}
	default:
		if r, _ := runner.Find(name, nil); verb != "" && (r.Verb == "" || r.Verb == verb) {
			return OwnScope{Maker: name}
		}
	}
	return OwnScope{}
}

// operand is the first word that is no option, and what stands behind it.
func operand(words []string) (first string, rest []string) {
	for i, w := range words {
		if !strings.HasPrefix(w, "-") {
			return w, words[i+1:]
		}
	}
	return "", nil
}

// flatpakID is the first word that has the form of an application id: at least
// three parts (flatpak(1), "flatpak run").
func flatpakID(words []string) string {
	for _, w := range words {
		if strings.Count(w, ".") >= 2 && !strings.ContainsAny(w, "/=-") {
			return w
		}
	}
	return ""
}

// snapApp is the name of a Snap's app as its scope has it: snap.NAME.APP-UUID.scope,
// APP being NAME where a command is called as its Snap is.
func snapApp(command string) string {
	if command == "" || strings.Contains(command, ".") {
		return command
	}
	return command + "." + command
}

// linkedName is the last name of a chain of links before snap(1) itself, which
// tells by it what to run: /usr/local/bin/music -> /snap/bin/spotify -> /usr/bin/snap.
func linkedName(path string) string {
	for range 8 {
		to, err := os.Readlink(path)
		if err != nil || filepath.Base(to) == "snap" {
			break
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return filepath.Base(path)
}
