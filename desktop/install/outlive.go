package install

import (
	"fmt"

	"electroscope/desktop/entry"
)

// What becomes of an entry when something else than install changes what is around it.

// fallingBack gives an entry that hides the system's a TryExec that names the link. If
// electroscope is removed without an uninstall, the link leads nowhere, and KDE then uses the
// system's entry, as GIO does anyway (docs/desktop.md says what was tried). An entry that
// has a TryExec keeps it: by that it goes with its app.
func fallingBack(text, link string) string {
	e, err := entry.Parse(text)
	if err != nil {
		return text // it was parsed before, so it is ours that is wrong
	}
	return e.TryExec(link)
}

// seeWrittenBack looks for an entry that its app writes anew, as some do with their autostart
// entry at each start. It is led to the link again, but not for ever: install and the app
// would undo each other's work.
func (s State) seeWrittenBack(app App, link string, w *desired, p *Plan) {
	rec, recorded := s.Manifest.Record(w.Path)
	if !recorded {
		return
	}
	w.Back = rec.Back
	now, err := readFile(w.Path)
	if err != nil || now == nil || rec.wrote(now) || now.Sum() == w.file.Sum() {
		return
	}
	w.Back++
	if w.Back < enough(now.Sum() == rec.Original.Sum()) {
		return
	}
	w.keep = true
	p.Notes = append(p.Notes, Note{App: app.Key,
		Text:   fmt.Sprintf("%q is written anew whenever install has led it to the link, by its app: left alone, it starts the app without its limits", w.Path),
		Remedy: "switch its start at login off in the app, and put an entry of another name there that runs " + link})
}

// enough is how often an entry must have been written anew for its app to be the writer: a
// user would hardly put back twice what was there before.
func enough(same bool) int {
	if same {
		return 2
	}
	return 3
}
