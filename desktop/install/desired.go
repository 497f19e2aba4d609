package install

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"electroscope/desktop/entry"
	"electroscope/launcher/self"
)

// desiredFor gives an app's links, and its entries if one of the links can be had.
func (s State) desiredFor(app App, program string, apps *owners, p *Plan) []desired {
	var files []desired
	link := ""
	for _, name := range app.Names {
		path := filepath.Join(s.Dirs.Bin, name)
		if now, err := readFile(path); err != nil || now != nil && !self.IsLink(path) {
			p.fail(app.Key, Occupied(path).Error(), "")
			continue
		}
		if link == "" {
			link = path
		}
		files = append(files, desired{Record: Record{Path: path, Kind: Link, App: app.Key, Source: app.Target}, file: File{Link: program}})
	}
	if link == "" {
		return nil
	}
	var left leftAlone
	inMenu := s.desiredEntries(app, link, Entry, apps, &left, p)
	if made, ok := s.desiredMenu(app, link, p); ok {
		inMenu = append(inMenu, made)
	}
	atLogin := s.desiredEntries(app, link, Autostart, apps, &left, p)
	elsewhere := s.desiredLaunchers(app, link, inMenu, apps, &left, p)
	left.tell(app, len(inMenu) > 0, p)
	if len(inMenu) == 0 {
		p.Notes = append(p.Notes, Note{App: app.Key, Text: "no desktop entry starts it: links only"})
	}
	s.tellMentions(app, slices.Concat(inMenu, atLogin), p)
	return slices.Concat(files, inMenu, atLogin, elsewhere)
}

// desiredEntries gives the entries of one kind that start the app, led to the link.
func (s State) desiredEntries(app App, link string, kind Kind, apps *owners, left *leftAlone, p *Plan) []desired {
	list, folder := s.entries, s.Dirs.applications()
	if kind == Autostart {
		list, folder = s.autostart, s.Dirs.autostart()
	}
	var files []desired
	for _, f := range used(list) {
		text, ok := f.rewritten(app, link, apps, left, p)
		if !ok {
			continue
		}
		w := desired{
			Record: Record{Path: filepath.Join(folder, f.id+suffix), Kind: kind, App: app.Key, Source: f.path, Sourced: f.file.Sum()},
			file:   File{Text: text, Mode: 0o644},
			base:   f.file.Text,
		}
		if f.precedence == 0 {
			w.Path, w.edits, w.file.Mode = f.path, true, f.file.Mode
			s.seeWrittenBack(app, link, &w, p)
		} else if kind == Entry {
			w.file.Text = fallingBack(text, link)
		}
		files = append(files, w)
	}
	return files
}

// rewritten is the entry's text with the link in its Exec lines. ok is false if it
// does not start the app, or cannot be changed, which is noted.
func (f candidate) rewritten(app App, link string, apps *owners, alone *leftAlone, p *Plan) (text string, ok bool) {
	named := !f.copied && slices.Contains(app.IDs, f.id)
	if f.err != nil {
		if named {
			p.fail(app.Key, fmt.Sprintf("cannot read its entry %q: %v", f.path, f.err), "")
		}
		return "", false
	}
	e, err := entry.Parse(f.file.Text)
	if err != nil {
		if named {
			p.fail(app.Key, fmt.Sprintf("its entry %q %v: left alone", f.path, err), "")
		}
		return "", false
	}
	if e.IsTrue("Hidden") || e.IsPackaged() {
		return "", false // not there for a desktop, or another installation of it
	}
	starts, claim := apps.starts(app, f.id, e)
	r := e.Rewrite(link, starts, app.Runners...)
	for _, left := range r.Left {
		p.fail(app.Key, fmt.Sprintf("%s:%d: Exec=%s: left alone, for %s", f.path, left.Line, left.Exec, left.Reason), "")
	}
	switch {
	case claim.better && r.Main != entry.Own:
		return "", false // another app's, and an action of it at most is this one's
	case r.Execs > 0 && f.away != "":
		to, _ := os.Readlink(f.away)
		p.Notes = append(p.Notes, Note{App: app.Key, Text: fmt.Sprintf("%q is behind the link %q, which leads to %q: left alone, it may be others' too", f.path, f.away, to),
			Remedy: "change the Exec lines there, if they are yours alone"})
		return "", false
	case r.Execs > 0 && f.precedence == 0 && r.Text != f.file.Text && f.file.names > 1:
		p.fail(app.Key, fmt.Sprintf("%q is a file with another name (a hard link), which would lose it: left alone", f.path), "change the Exec lines by hand, or make it a file of its own")
		return "", false
	case r.Execs > 0 && f.link != "":
		p.fail(app.Key, fmt.Sprintf("%q is a link to %q: left alone", f.path, f.link), "change the Exec lines where it leads, or put a file in its place")
		return "", false
	case r.Execs == 0 && named && len(r.Left) == 0:
		why := "starts something else"
		switch {
		case e.Value("Exec") == "":
			why = "has no Exec"
		case r.Shared > 0:
			why = "starts its program, but not as this app"
		}
		p.fail(app.Key, fmt.Sprintf("its entry %q %s: left alone", f.path, why), "")
	case r.Execs == 0 && r.Shared > 0:
		alone.add(f.path, *claim)
	}
	return r.Text, r.Execs > 0
}
