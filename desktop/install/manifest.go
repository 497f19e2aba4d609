package install

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A Manifest records what is installed. It lies in $XDG_STATE_HOME/electroscope.
type Manifest struct {
	Version int      `json:"version"`
	Records []Record `json:"files"`
	Folders []string `json:"folders"` // made for them
}

// A Record is one file of ours. Its bytes show how far it got: those of Original
// (none: nothing there) mean that it is not written, those of SHA256 that it is.
// Replaces has what an earlier install wrote there, while that is replaced.
type Record struct {
	Path     string `json:"path"`
	Kind     Kind   `json:"kind"`
	App      string `json:"app,omitempty"` // its key in the catalogue; empty: all of them
	SHA256   string `json:"sha256"`
	Replaces string `json:"replaces,omitempty"`
	Source   string `json:"source,omitempty"` // the app's own entry, which it is made from
	Sourced  string `json:"source_sha256,omitempty"`
	Original *File  `json:"original,omitempty"`     // the user's own file, which stood there
	Back     int    `json:"written_back,omitempty"` // how often something else than install has written it anew
}

// A Kind is what a file is there for.
type Kind string

// In the order in which they are written, and backwards removed.
const (
	Link      Kind = "link"
	Layer     Kind = "layer" // of apps.toml
	Entry     Kind = "entry"
	Autostart Kind = "autostart"
	Launcher  Kind = "launcher" // an entry that a desktop keeps elsewhere
	Cache     Kind = "cache"
	Unit      Kind = "unit"    // on request
	DropIn    Kind = "drop-in" // for the scopes that installed apps ask for themselves
)

var kinds = []Kind{Link, Layer, Entry, Autostart, Launcher, Cache, Unit, DropIn}

const version = 1

func readManifest(path string) (Manifest, error) {
	m := Manifest{Version: version}
	f, err := readFile(path)
	if err != nil || f == nil {
		return m, err
	}
	if f.Link != "" {
		return m, fmt.Errorf("cannot read %q: it is a link to %q, which an install would replace", path, f.Link)
	}
	if err := json.Unmarshal([]byte(f.Text), &m); err != nil {
		return m, fmt.Errorf("cannot read %q: %w", path, err)
	}
	if m.Version != version {
		return m, fmt.Errorf("cannot read %q: version %d was written by another electroscope", path, m.Version)
	}
	return m, nil
}

func (m Manifest) text() string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		panic(err) // of strings and numbers only
	}
	return b.String()
}

// Record finds the record of a path.
func (m Manifest) Record(path string) (Record, bool) {
	for _, r := range m.Records {
		if r.Path == path {
			return r, true
		}
	}
	return Record{}, false
}

// Has reports whether there are links for an app, by its key.
func (m Manifest) Has(app string) bool {
	return slices.ContainsFunc(m.Records, func(r Record) bool { return r.Kind == Link && r.App == app })
}

// with puts a record in the place of that of its path.
func (m Manifest) with(r Record) Manifest {
	m = m.without(r.Path)
	m.Records = append(m.Records, r)
	slices.SortStableFunc(m.Records, func(a, b Record) int {
		if a.Kind != b.Kind {
			return slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind)
		}
		return strings.Compare(a.Path, b.Path)
	})
	return m
}

func (m Manifest) without(path string) Manifest {
	m.Records = slices.DeleteFunc(slices.Clone(m.Records), func(r Record) bool { return r.Path == path })
	return m
}

// wrote reports whether a file is as an install left it.
func (r Record) wrote(f *File) bool {
	return f != nil && (f.Sum() == r.SHA256 || f.Sum() == r.Replaces)
}

// users is the user's own file at the path of a record: the one that stood there
// before, or what is there if that is not ours.
func (r Record) users(now *File) *File {
	if r.wrote(now) {
		return r.Original
	}
	return now
}
