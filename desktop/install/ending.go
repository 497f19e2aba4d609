package install

import (
	"fmt"
	"path/filepath"
	"slices"

	"electroscope/desktop/entry"
)

// Desktops copy entries: a launcher that was put on a panel while install's entries were there
// names a link. Once that goes, the launcher would start nothing, so it is led back to the
// app's own program. What is in another format is named.

// An ending is what goes with a plan, and what would be dead without it.
type ending struct {
	links, entries []Record // that leave nothing at their path
	backs          []wayBack
}

// A wayBack leads a file of the user's back.
type wayBack struct {
	Record         // not of the manifest: its path, kind and app
	was, to *File  // to is nil if there is no way
	from    string // the path that goes
	reason  string // why there is no way
}

// ending finds what would be dead without the records that go.
func (s State) ending(goes func(Record) bool) ending {
	var end ending
	for _, rec := range s.Manifest.Records {
		if now, err := readFile(rec.Path); !goes(rec) || err != nil || !rec.wrote(now) {
			continue // what is not as it was written stays
		}
		switch {
		case rec.Original != nil: // which comes back
		case rec.Kind == Link:
			end.links = append(end.links, rec)
		case rec.Kind == Entry:
			end.entries = append(end.entries, rec)
		}
	}
	if len(end.links)+len(end.entries) == 0 {
		return end
	}
	for _, r := range s.Dirs.userEntries() {
		now, err := readFile(r.Path)
		if rec, recorded := s.Manifest.Record(r.Path); err != nil || now == nil || recorded && rec.wrote(now) {
			continue
		}
		b := wayBack{Record: r, was: now}
		if now.Link != "" && s.relink(&b, end.entries) || now.Link == "" && s.rewriteBack(&b, end.links) {
			end.backs = append(end.backs, b)
		}
	}
	return end
}

// original is what stood at a path before. It may name a link that goes too: it was a copy of
// an entry of ours before it was changed again.
func (s State) original(rec Record, end ending) *File {
	b := wayBack{Record: rec, was: rec.Original}
	if b.was != nil && b.was.Link == "" && s.rewriteBack(&b, end.links) && b.to != nil {
		return b.to
	}
	return rec.Original
}

// userEntries are the user's desktop entries, wherever a desktop keeps them.
func (p Dirs) userEntries() []Record {
	var list []Record
	add := func(kind Kind, root string, files []string) {
		for _, path := range files {
			if folderLink(root, filepath.Dir(path)) == "" {
				list = append(list, Record{Path: path, Kind: kind})
			}
		}
	}
	add(Entry, p.applications(), desktopFiles(p.applications(), true))
	add(Autostart, p.autostart(), desktopFiles(p.autostart(), false))
	for _, l := range launcherPlaces {
		add(Launcher, l.dir(p), l.files(p))
	}
	return list
}

// relink leads a link to an entry that goes to the one that this took the place of.
func (s State) relink(b *wayBack, entries []Record) bool {
	for _, e := range entries {
		if e.Path != absolute(b.was.Link, filepath.Dir(b.Path)) {
			continue
		}
		b.App, b.from = e.App, e.Path
		if e.Source == "" || !isThere(e.Source) {
			b.reason = "the app has no entry of its own"
		} else {
			b.to = &File{Link: e.Source}
		}
		return true
	}
	return false
}

// absolute is the path that a link in a folder leads to.
func absolute(to, dir string) string {
	if filepath.IsAbs(to) {
		return filepath.Clean(to)
	}
	return filepath.Join(dir, to)
}

// rewriteBack has an entry that starts links that go start the apps' own programs.
func (s State) rewriteBack(b *wayBack, links []Record) (found bool) {
	text := b.was.Text
	for _, l := range links {
		e, err := entry.Parse(text)
		if err != nil {
			return false // it starts nothing now either
		}
		program := s.ownProgram(l)
		r := e.WithoutTryExec(l.Path).Rewrite(program, func(name string, _ []string) entry.Match {
			if name == l.Path {
				return entry.Own
			}
			return entry.Other
		})
		if r.Text == text && len(r.Left) == 0 {
			continue
		}
		found = true
		b.App, b.from, text = l.App, l.Path, r.Text
		switch {
		case len(r.Left) > 0:
			b.reason = r.Left[0].Reason
		case program == "":
			b.reason = "the app is not found any more"
		}
	}
	if b.reason == "" {
		b.to = &File{Text: text, Mode: b.was.Mode}
	}
	return found
}

// ownProgram is what an app's own entry starts, or else what its link did; "" if the app is
// not here any more.
func (s State) ownProgram(link Record) string {
	var names []string
	for _, r := range s.Manifest.Records {
		if r.Kind == Link && r.App == link.App {
			names = append(names, filepath.Base(r.Path))
		}
	}
	starts := func(name string, _ []string) entry.Match {
		if slices.Contains(names, filepath.Base(name)) || name == link.Source || sameFile(name, link.Source) {
			return entry.Own
		}
		return entry.Other
	}
	for _, r := range s.Manifest.Records {
		if r.Kind != Entry || r.App != link.App {
			continue
		}
		own := r.Original
		if own == nil || own.Link != "" {
			own, _ = readText(r.Source) // of one that is gone nothing is known
		}
		if own == nil {
			continue
		}
		if e, err := entry.Parse(own.Text); err == nil {
			if program := e.Program(starts); filepath.IsAbs(program) && isThere(program) {
				return program
			}
		}
	}
	if isThere(link.Source) {
		return link.Source
	}
	return s.Dirs.lookUp(filepath.Base(link.Source))
}

// back is what a file becomes that is kept; nil if it names nothing that goes.
func (end ending) back(path string) *File {
	for _, b := range end.backs {
		if b.Path == path {
			return b.to
		}
	}
	return nil
}

// leadBack adds what leads the user's files back, and notes it.
func (s State) leadBack(end ending, p *Plan) {
	for _, b := range end.backs {
		if b.to == nil {
			p.fail(b.App, fmt.Sprintf("%q starts %q, which goes: left alone, %s", b.Path, b.from, b.reason), "mend its Exec lines, or remove the file")
			continue
		}
		if slices.ContainsFunc(p.Changes, func(c Change) bool { return c.Path == b.Path }) {
			continue // it is a record's, and kept
		}
		p.Changes = append(p.Changes, Change{Record: b.Record, Was: b.was, To: b.to, Undo: true, LedBack: true})
		p.Notes = append(p.Notes, Note{App: b.App, Text: fmt.Sprintf("%q starts %q, which goes: led back to the app's own", b.Path, b.from)})
	}
	s.tellEnd(end, p)
}

// tellEnd notes the lines of other formats that name what goes.
func (s State) tellEnd(end ending, p *Plan) {
	for _, rec := range slices.Concat(end.links, end.entries) {
		own := rec.Source
		if rec.Kind == Link {
			own = s.ownProgram(rec)
		}
		for _, m := range s.Dirs.mentions([]string{rec.Path}) {
			remedy := "remove it there"
			if own != "" {
				remedy = fmt.Sprintf("put %q in its place", own)
			}
			p.Notes = append(p.Notes, Note{App: rec.App, Text: m.String() + ", which goes", Remedy: remedy})
		}
	}
}
