package entry

import (
	"slices"
	"strings"

	"electroscope/launcher/runner"
)

// A Result is an entry rewritten.
type Result struct {
	Text   string
	Execs  int    // the Exec lines that start the app, be they changed or not
	Shared int    // those that start its program as something else
	Main   Match  // what the main group's is to the app
	Left   []Left // those that may start the app, left as they were
}

// Left is an Exec line that names the app, but not so that it could be changed.
type Left struct {
	Line   int
	Exec   string // as it stands
	Reason string
}

// Rewrite has the entry start the app by the program at path, which is absolute. If
// no Exec line of it starts the app, nothing changes. Runners are the user's own,
// beside those that package runner knows.
func (e *Entry) Rewrite(path string, starts Starts, runners ...runner.Runner) Result {
	s := search{starts, runners}
	var r Result
	var edits []edit
	for _, k := range e.keys {
		if k.name != "Exec" {
			continue
		}
		found, match, err := e.replace(k, path, s)
		if k.group == mainGroup {
			r.Main = match
		}
		switch {
		case err != nil:
			r.Left = append(r.Left, Left{k.line, e.text[k.value.start:k.value.end], err.Error()})
		case match == Own:
			r.Execs++
			edits = append(edits, found...)
		case match == Shared:
			r.Shared++
		}
	}
	if r.Execs > 0 {
		edits = append(edits, e.noActivation()...)
	}
	r.Text = apply(e.text, edits)
	return r
}

// replace returns the edits to one Exec line, and what the line is to the app.
func (e *Entry) replace(k key, path string, s search) (edits []edit, match Match, err error) {
	value := unescape(e.text, k.value)
	words, err := split(value)
	if err != nil {
		return nil, Other, s.mentioned([]word{{chars: value}}, "the line "+err.Error())
	}
	found, err := s.find(words)
	for _, w := range found {
		if w.shared {
			match = max(match, Shared)
			continue
		}
		match = Own
		if w.program() == path && !needsEnv(path, w) {
			continue
		}
		spelled, err := spell(path, w)
		if err != nil {
			return nil, Other, err
		}
		edits = append(edits, edit{w.span, spelled})
	}
	return edits, match, err
}

// noActivation switches DBusActivatable off: a desktop that finds it on sends a
// D-Bus message to the app's service and does not look at Exec.
func (e *Entry) noActivation() []edit {
	var edits []edit
	for _, k := range e.keys {
		if k.group == mainGroup && k.name == "DBusActivatable" && isTrue(e.text[k.value.start:k.value.end]) {
			edits = append(edits, edit{k.value, "false"})
		}
	}
	return edits
}

// An edit replaces a stretch of a text.
type edit struct {
	span
	text string
}

func apply(text string, edits []edit) string {
	slices.SortStableFunc(edits, func(a, b edit) int { return a.start - b.start })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.start])
		b.WriteString(e.text)
		at = e.end
	}
	b.WriteString(text[at:])
	return b.String()
}
