package install

import (
	"fmt"
	"slices"
	"strings"
)

// leftAlone are the entries that start an app's program and are not led to its link, by
// why. Those of another app of the catalogue are not among them.
type leftAlone struct {
	other  []string // they start it as something else
	behind []string // they start the program behind it, which may be others' too
	tied   []string // they may be another app's as well
	rivals []string // whose these may be
}

func (l *leftAlone) add(path string, c claim) {
	switch {
	case c.better:
	case len(c.tied) > 0:
		l.tied = append(l.tied, path)
		for _, key := range c.tied {
			if !slices.Contains(l.rivals, key) {
				l.rivals = append(l.rivals, key)
			}
		}
	case c.behind:
		l.behind = append(l.behind, path)
	default:
		l.other = append(l.other, path)
	}
}

// tell notes them. None of it is a fault of the install, and if the app has an entry of its
// own they are most likely none of its.
func (l leftAlone) tell(app App, hasOwn bool, p *Plan) {
	note := func(paths []string, what, remedy string) {
		if len(paths) == 0 {
			return
		}
		verb := "starts"
		if len(paths) > 1 {
			verb = "start"
		}
		p.Notes = append(p.Notes, Note{App: app.Key, Text: list(paths) + " " + verb + " " + what, Remedy: remedy, Minor: hasOwn})
	}
	note(l.other, "its program, but not as this app: left alone",
		"to limit that too, name it as an app of its own in apps.toml: [apps.NAME] with exec and id")
	note(l.behind, fmt.Sprintf("%q, the program behind it, which may be others' too: left alone", app.Program),
		"what is "+app.Key+" all the same runs outside of its limits: have its Exec lines name the link, or give the app that id in apps.toml")
	note(l.tied, "what is as much "+strings.Join(l.rivals, " or ")+": left alone",
		"say in apps.toml which app it is, by its id")
}

// list writes paths as words.
func list(paths []string) string {
	var words []string
	for _, path := range paths {
		words = append(words, fmt.Sprintf("%q", path))
	}
	return strings.Join(words, ", ")
}
