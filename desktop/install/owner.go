package install

import (
	"os"
	"path/filepath"
	"slices"

	"electroscope/desktop/entry"
	"electroscope/launcher/chromium"
	"electroscope/launcher/self"
)

// An entry belongs to the app whose id it has. If no app has it, a command in it belongs to
// the app whose web app, profile or script it names, then to the one whose name it uses,
// then to the only one that has its program. Sharing a program is not enough for a command
// that names a profile or a script that the app does not: it would be started as another app.

// A relation is how a command's program is an app's.
type relation int

const (
	none     relation = iota
	behind            // it is the program behind the app's own
	program           // it is the app's own, by a path or another name
	byName            // it is called by a name of the app
	linkedTo          // it is the app's link
)

// Fits, the better the higher. One that is for an identity is raised by what that says.
const (
	fitsNot = 0
	fitsProgram,
	fitsPath,
	fitsName,
	fitsIdentity,
	fitsID,
	fitsFirstID,
	fitsLink = 1, 2, 3, 100, 1 << 10, 2 << 10, 3 << 10
)

// A command is one of an entry.
type command struct {
	id      string // of the entry
	program string // as it is written
	file    string // where that is found; empty: nowhere
	args    []string
}

// fit is how well a command fits an app, by how its program is the app's.
func (a App) fit(c command, r relation) int {
	words := identityOf(c.program, c.args)
	interpreter := isInterpreter(c.program)
	switch {
	case r == linkedTo:
		return fitsLink
	case contradict(c, a.Args):
		return fitsNot
	case a.Target == "" && r == none:
		return fitsNot // it is not here, and the entry not of its kind
	case slices.Index(a.IDs, c.id) == 0:
		return fitsFirstID
	case slices.Contains(a.IDs, c.id):
		return fitsID
	case r == none, r == behind && !a.hasProgram():
		return fitsNot
	case len(a.Args) > 0 && contains(c.args, a.Args):
		return fitsIdentity + weight(a.Args)
	case interpreter && (len(words) > 0 || r != byName):
		return fitsNot
	case r == byName:
		return fitsName
	case slices.Contains(a.Names, filepath.Base(c.program)):
		return fitsPath
	case len(a.Args) > 0, len(words) > 0 && a.Runtime != chromium.Chromium:
		return fitsNot
	}
	return fitsProgram
}

// hasProgram reports whether the program behind the app's own is the app's alone. A browser
// is, and its web apps run in it. So is an Electron that has an app beside it: one that
// several apps share has only its default one (electron/docs, "Application Packaging").
func (a App) hasProgram() bool {
	if a.Runtime == chromium.Chromium {
		return true
	}
	resources := filepath.Join(filepath.Dir(a.Program), "resources")
	return isThere(filepath.Join(resources, "app.asar")) || isThere(filepath.Join(resources, "app"))
}

// owners are the apps that an entry may belong to.
type owners struct {
	dirs  Dirs
	apps  []App
	found map[string]string // where names were found on PATH
}

func newOwners(p Dirs, r Request) *owners {
	return &owners{p, slices.Concat(r.Apps, r.Rivals), map[string]string{}}
}

// A claim is what became of an app's claim to an entry.
type claim struct {
	behind bool     // a command starts the program behind the app's
	better bool     // a command fits another app better
	tied   []string // the apps that a command fits as well
}

// starts gives the test of whether the commands of an entry are an app's, and what it finds.
func (o *owners) starts(a App, id string, e *entry.Entry) (entry.Starts, *claim) {
	var found claim
	return func(name string, args []string) entry.Match {
		c := command{id, name, o.file(name, e.Value("Path")), args}
		r := o.relation(a, c)
		if r == none {
			return entry.Other
		}
		mine := a.fit(c, r)
		better, tied := o.rivals(a, c, mine)
		if args != nil { // of a command
			found.behind = found.behind || r == behind
			found.better = found.better || better
			found.tied = append(found.tied, tied...)
		}
		if mine == fitsNot || better || len(tied) > 0 {
			return entry.Shared
		}
		return entry.Own
	}, &found
}

// rivals are the other apps that a command fits as well, and whether it fits one better.
func (o *owners) rivals(a App, c command, mine int) (better bool, tied []string) {
	for _, other := range o.apps {
		if other.Key == a.Key {
			continue
		}
		switch fit := other.fit(c, o.relation(other, c)); {
		case fit > mine:
			better = true
		case fit == mine && fit != fitsNot:
			tied = append(tied, other.Key)
		}
	}
	return better, tied
}

// relation looks at the files.
func (o *owners) relation(a App, c command) relation {
	base := filepath.Base(c.program)
	isName := slices.Contains(a.Names, base)
	switch {
	case isName && filepath.Dir(c.file) == o.dirs.Bin:
		return linkedTo
	case isName && base == c.program:
		return byName
	case slices.Contains(a.Exec, c.program), slices.Contains(a.Exec, c.file), sameFile(c.file, a.Target):
		return program
	case sameFile(c.file, a.Program):
		return behind
	}
	return none
}

// file is the path of a program as it is named in an entry with that Path key. A name is
// looked up as execvp(3) does, past the links of ours.
func (o *owners) file(name, dir string) string {
	switch {
	case filepath.IsAbs(name):
		return filepath.Clean(name)
	case filepath.Base(name) != name:
		if !filepath.IsAbs(dir) {
			return ""
		}
		return filepath.Join(dir, name)
	}
	path, ok := o.found[name]
	if !ok {
		path = o.dirs.lookUp(name)
		o.found[name] = path
	}
	return path
}

func (p Dirs) lookUp(name string) string {
	for _, dir := range p.Path {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && filepath.IsAbs(dir) && info.Mode().IsRegular() && info.Mode()&0o111 != 0 && !self.IsLink(path) && !self.Is(path) {
			return path
		}
	}
	return ""
}
