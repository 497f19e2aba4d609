package install

import (
	"path/filepath"
	"slices"
	"strings"
)

// An entry in the user's folder hides that of the same id in the system's, and
// with it what the system's mimeinfo.cache says of it: GLib passes it over there
// (gdesktopappinfo.c, desktop_file_dir_app_name_is_masked), and links and files
// would open in nothing. So the user's cache has to name it.
//
// update-desktop-database(1) would write a cache of the user's entries alone,
// which comes before the system's: an app that was one of several for a type,
// and chosen by nobody, would become the first. So for each type the user's
// cache gets the list as it was for a desktop before, as far as it is needed.

const cacheHead = "[MIME Cache]"

// diffCache compares the user's cache with what the entries will need.
func (s State) diffCache(p *Plan) {
	path := s.Dirs.cache()
	rec, recorded := s.Manifest.Record(path)
	now, err := readFile(path)
	if err != nil || now != nil && now.Link != "" {
		p.fail("", "the user's mimeinfo.cache cannot be changed: "+path, "")
		return
	}
	users := rec.users(now)
	before := ""
	if users != nil {
		before = users.Text
	}
	hidden := p.after(s.Manifest).hidden()
	text := s.mimeCache(before, hidden)
	switch {
	case text != before:
		s.diffFile(desired{Record: Record{Path: path, Kind: Cache}, file: File{Text: text, Mode: 0o644}}, p)
	case recorded && len(hidden) == 0 && now != nil && !rec.wrote(now):
		s.cleanCache(rec, now, p)
	case recorded && (len(hidden) == 0 || rec.wrote(now)):
		s.undo(rec, ending{}, p)
	}
}

// hidden are the entries that hide the system's, as a cache names them.
func (m Manifest) hidden() map[string]bool {
	ids := map[string]bool{}
	for _, r := range m.Records {
		if r.Kind == Entry && r.Original == nil {
			ids[filepath.Base(r.Path)] = true
		}
	}
	return ids
}

// cleanCache takes the entries that go out of a cache that somebody's
// update-desktop-database has made anew since.
func (s State) cleanCache(rec Record, now *File, p *Plan) {
	text := withoutEntries(now.Text, s.Manifest.hidden())
	c := Change{Record: rec, Was: now, To: &File{Text: text, Mode: now.Mode}, Undo: true}
	if strings.TrimSpace(text) == cacheHead && rec.Original == nil {
		c.To = nil
	}
	p.Changes = append(p.Changes, c)
}

// mimeCache adds to the text of the user's cache what is lost by hiding entries.
func (s State) mimeCache(text string, hidden map[string]bool) string {
	users := parseCache(text)
	effective := map[string][]string{}
	for mime, ids := range users {
		effective[mime] = slices.Clone(ids)
	}
	for i, dir := range s.Dirs.DataDirs {
		system, err := readText(filepath.Join(dir, "applications/mimeinfo.cache"))
		if err != nil {
			continue // not there for a desktop either
		}
		for mime, ids := range parseCache(system.Text) {
			for _, id := range ids {
				if !s.masked(id, i+1) && !slices.Contains(effective[mime], id) {
					effective[mime] = append(effective[mime], id)
				}
			}
		}
	}
	added := map[string][]string{}
	for mime, ids := range effective {
		last := -1
		for i, id := range ids {
			if hidden[id] && !slices.Contains(users[mime], id) {
				last = i
			}
		}
		if last >= 0 {
			added[mime] = ids[:last+1]
		}
	}
	return addToCache(text, added)
}

// masked reports whether an entry hides what a folder of that precedence has under the
// id, without us.
func (s State) masked(id string, precedence int) bool {
	return slices.ContainsFunc(s.entries, func(f candidate) bool { return f.precedence < precedence && f.id+suffix == id })
}

func parseCache(text string) map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(text) {
		mime, ids, found := strings.Cut(strings.TrimSpace(line), "=")
		if !found {
			continue
		}
		for id := range strings.SplitSeq(ids, ";") {
			if id != "" && !slices.Contains(lists[mime], id) {
				lists[mime] = append(lists[mime], id)
			}
		}
	}
	return lists
}

// addToCache replaces or adds the lines of those types; all else stays.
func addToCache(text string, lists map[string][]string) string {
	if len(lists) == 0 {
		return text
	}
	var b strings.Builder
	if text == "" {
		text = cacheHead + "\n"
	}
	done := map[string]bool{}
	for line := range strings.Lines(text) {
		mime, _, _ := strings.Cut(line, "=")
		if ids, ok := lists[mime]; ok {
			line, done[mime] = cacheLine(mime, ids), true
		}
		b.WriteString(line)
	}
	if !strings.HasSuffix(b.String(), "\n") {
		b.WriteString("\n")
	}
	var more []string
	for mime, ids := range lists {
		if !done[mime] {
			more = append(more, cacheLine(mime, ids))
		}
	}
	slices.Sort(more)
	return b.String() + strings.Join(more, "")
}

func withoutEntries(text string, gone map[string]bool) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		mime, list, found := strings.Cut(strings.TrimSpace(line), "=")
		if !found {
			b.WriteString(line)
			continue
		}
		ids := slices.DeleteFunc(strings.Split(strings.TrimSuffix(list, ";"), ";"), func(id string) bool { return gone[id] })
		if len(ids) > 0 {
			b.WriteString(cacheLine(mime, ids))
		}
	}
	return b.String()
}

func cacheLine(mime string, ids []string) string { return mime + "=" + strings.Join(ids, ";") + ";\n" }
