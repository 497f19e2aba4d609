package install

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"syscall"
	"unicode/utf8"

	"electroscope/launcher/regular"
	"electroscope/launcher/self"
)

// A State is what was found in a home and on the machine.
type State struct {
	Dirs     Dirs
	Manifest Manifest

	foreign            []Record    // of the manifest, that name a path outside our folders
	entries, autostart []candidate // all there are, in the order of their folders
	launchers          []candidate // that desktops keep elsewhere
}

// Read looks, and changes nothing.
func Read(p Dirs) (State, error) {
	m, err := readManifest(p.Manifest())
	if err != nil {
		return State{}, err
	}
	s := State{Dirs: p, Manifest: m}
	s.Manifest.Records, s.foreign = p.sort(m.Records)
	folders := []string{p.applications()}
	s.Dirs.DataDirs = without(p.DataDirs, p.Data)
	for _, dir := range s.Dirs.DataDirs {
		folders = append(folders, filepath.Join(dir, "applications"))
	}
	s.entries = entries(s.Manifest, folders, true)
	folders = []string{p.autostart()}
	for _, dir := range without(p.ConfigDirs, p.Config) {
		folders = append(folders, filepath.Join(dir, "autostart"))
	}
	s.autostart = entries(s.Manifest, folders, false)
	s.launchers = s.Dirs.launchers(s.Manifest)
	return s, nil
}

// without leaves a folder out of a list, by whatever name it stands there: the
// user's own may be among the system's.
func without(list []string, dir string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(d string) bool { return d == dir || sameFile(d, dir) })
}

// A Request is what shall be installed.
type Request struct {
	Self   string // the program that links lead to
	Apps   []App
	Rivals []App    // the other apps of the catalogue, whose an entry may be
	Files  []Text   // units, layers
	Known  []string // the keys of all apps there are; if not nil, what is of others goes
}

// A Text is a file that the caller makes up.
type Text struct {
	Path, App, Text string
	Kind            Kind
}

// A Plan is what would be done.
type Plan struct {
	Changes []Change
	Notes   []Note
}

// A Change makes of what is at a path something else.
type Change struct {
	Record
	Was, To *File  // nil: nothing
	Undo    bool   // the record goes, with or without a change of the file
	LedBack bool   // it starts the app's own program again, for its link goes
	Why     string // of one that is in the manifest already
	Base    string // the text of the entry that it is made from
}

// Idle reports whether only the manifest changes.
func (c Change) Idle() bool { return c.Was.Sum() == c.To.Sum() }

// A Note says what was not done, and why.
type Note struct {
	App, Text, Remedy string
	Failure           bool // it should have been
	Minor             bool // it need only be said to who asks for the state of things
}

// Plan decides what is to be done for a request. What earlier installs made for
// its apps and is not wanted any more goes.
func (s State) Plan(r Request) Plan {
	var p Plan
	var files []desired
	apps := newOwners(s.Dirs, r)
	for _, app := range r.Apps {
		for _, w := range s.desiredFor(app, r.Self, apps, &p) {
			if !w.among(files) { // of two apps the first has what both claim
				files = append(files, w)
			}
		}
	}
	for _, t := range r.Files {
		files = append(files, desired{Record: Record{Path: t.Path, Kind: t.Kind, App: t.App}, file: File{Text: t.Text, Mode: 0o644}})
	}
	for _, w := range files {
		s.diffFile(w, &p)
	}
	goes := func(rec Record) bool { return r.outdated(rec) && !(desired{Record: rec}).among(files) }
	end := s.ending(goes)
	for _, rec := range s.Manifest.Records {
		if goes(rec) {
			s.undo(rec, end, &p)
		}
	}
	s.leadBack(end, &p)
	s.diffCache(&p)
	s.tellStrange(&p, nil)
	return p
}

// outdated reports whether a file goes if the request does not want it: one of a
// chosen app, or of an app that is not in the catalogue any more.
func (r Request) outdated(rec Record) bool {
	if r.Known != nil && !slices.Contains(r.Known, rec.App) {
		return rec.App != "" || rec.Kind == DropIn
	}
	perApp := rec.Kind == Link || rec.Kind == Entry || rec.Kind == Autostart || rec.Kind == Launcher || rec.Kind == DropIn
	return perApp && slices.ContainsFunc(r.Apps, func(a App) bool { return a.Key == rec.App })
}

// Undo decides how to take out what was installed for apps, by their keys; with
// none, everything.
func (s State) Undo(keys []string) Plan {
	var p Plan
	goes := func(rec Record) bool { return rec.Kind != Cache && (len(keys) == 0 || slices.Contains(keys, rec.App)) }
	end := s.ending(goes)
	for _, rec := range slices.Backward(s.Manifest.Records) {
		if goes(rec) {
			s.undo(rec, end, &p)
		}
	}
	s.leadBack(end, &p)
	if left := p.after(s.Manifest).Records; !slices.ContainsFunc(left, func(r Record) bool { return r.Kind == Link }) {
		for _, rec := range left {
			if rec.Kind == DropIn {
				s.undo(rec, end, &p) // it was there for the apps
			}
		}
	}
	s.diffCache(&p)
	s.tellStrange(&p, keys)
	return p
}

// A desired is a file that should exist after the plan.
type desired struct {
	Record
	file  File
	edits bool   // it is the user's own file, changed
	keep  bool   // it is left as it is there, and so is its record
	base  string // the text before
}

func (w desired) among(list []desired) bool {
	return slices.ContainsFunc(list, func(other desired) bool { return other.Path == w.Path })
}

// diffFile compares a want with what is there.
func (s State) diffFile(w desired, p *Plan) {
	if w.keep {
		return
	}
	now, err := readFile(w.Path)
	if err != nil {
		p.fail(w.App, withPath(err).Error(), "")
		return
	}
	w.SHA256 = w.file.Sum()
	if now.Sum() == w.SHA256 {
		return
	}
	rec, recorded := s.Manifest.Record(w.Path)
	why := ""
	switch {
	case recorded && rec.wrote(now):
		w.Original, w.Replaces, why = rec.Original, now.Sum(), "changed"
		if rec.Sourced != w.Sourced {
			why = "its own entry changed"
		}
	case now != nil && now.names > 1:
		p.fail(w.App, fmt.Sprintf("%q is a file with another name (a hard link), which would lose it: left alone", w.Path), "")
		return
	case now != nil && !w.edits && w.Kind != Cache && !(w.Kind == Link && self.IsLink(w.Path)):
		p.fail(w.App, Occupied(w.Path).Error(), "")
		return
	case !now.keepable() || !utf8.ValidString(w.Path):
		p.fail(w.App, fmt.Sprintf("%q is not UTF-8, which the manifest cannot hold: left alone", w.Path), "")
		return
	default:
		w.Original = now
		switch {
		case recorded && now == nil:
			why = "missing"
		case recorded:
			why = "written anew since"
		}
	}
	if now != nil && now.Link == "" {
		w.file.Mode = now.Mode
	}
	p.Changes = append(p.Changes, Change{Record: w.Record, Was: now, To: &w.file, Why: why, Base: w.base})
}

// undo takes one file out, if it is as it was written.
func (s State) undo(rec Record, end ending, p *Plan) {
	now, err := readFile(rec.Path)
	switch {
	case errors.Is(err, syscall.ENOTDIR): // the user has a file in the folder's place
		p.Changes = append(p.Changes, Change{Record: rec, Undo: true})
	case errors.Is(err, regular.ErrOther):
		p.keep(rec, nil, nil)
	case err != nil:
		p.fail(rec.App, withPath(err).Error(), "")
	case rec.wrote(now):
		p.Changes = append(p.Changes, Change{Record: rec, Was: now, To: s.original(rec, end), Undo: true})
	case now == nil || now.Sum() == rec.Original.Sum():
		p.Changes = append(p.Changes, Change{Record: rec, Was: now, To: now, Undo: true})
	default:
		p.keep(rec, now, end.back(rec.Path))
	}
}

// keep leaves what is not as it was written, and forgets it, unless the manifest has
// what stood there before. What names a link that goes is led back.
func (p *Plan) keep(rec Record, now, back *File) {
	n := Note{App: rec.App, Text: fmt.Sprintf("%q was changed since it was written: kept", rec.Path)}
	c := Change{Record: rec, Was: now, To: now, Undo: rec.Original == nil}
	if back != nil {
		c.To, c.LedBack = back, true
		n.Text += ", and led back to the app's own program"
	}
	if rec.Original != nil {
		n.Remedy = "what stood there before is still in the manifest: once that is not needed, remove the file or the record"
	}
	if c.Undo || c.LedBack {
		p.Changes = append(p.Changes, c)
	}
	p.Notes = append(p.Notes, n)
}

func (p *Plan) fail(app, text, remedy string) {
	p.Notes = append(p.Notes, Note{App: app, Text: text, Remedy: remedy, Failure: true})
}

// after is the manifest as it will be.
func (p Plan) after(m Manifest) Manifest {
	for _, c := range p.Changes {
		if c.Undo {
			m = m.without(c.Path)
		} else {
			m = m.with(c.Record)
		}
	}
	return m
}

// Occupied is the error for a path where something other than a link of ours is.
func Occupied(path string) error {
	if self.Is(path) {
		return fmt.Errorf("%q is a copy of electroscope, not a link to it: left alone", path)
	}
	return fmt.Errorf("%q is there already and is not electroscope's: left alone", path)
}
