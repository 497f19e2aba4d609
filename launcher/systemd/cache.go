package systemd

import (
	"path/filepath"
	"strconv"
	"strings"

	"electroscope/launcher/statedir"
)

// A memo is what launches remember of one life of the manager, in
// $XDG_RUNTIME_DIR/electroscope/manager, which goes when the user's manager
// goes: which limits of slices they have seen to, and that the manager is too
// old for PIDFDs. It spares each later launch the questions. It is advice, not
// state: lost, stale or unreadable, it costs one more question.
//
// One line a fact: "pids-only 1", "SLICE PROPERTY VALUE" for ours that is seen to,
// or "SLICE chosen PROPERTY VALUE" for what somebody else has set there.
type memo struct {
	path  string
	lines map[string]string // key -> value
	dirty bool
}

const (
	memoPIDsOnly = "pids-only"
	memoLimit    = 64 << 10
)

func (m *memo) load() {
	if m.lines != nil {
		return
	}
	m.lines = map[string]string{}
	text, err := statedir.Read(m.path, memoLimit)
	if err != nil {
		return
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		if i := strings.LastIndexByte(line, ' '); i > 0 {
			m.lines[line[:i]] = line[i+1:]
		}
	}
}

func sliceKey(slice, property string) string { return slice + " " + property }

// chosenKey is where the memo has what somebody else chose for a slice.
func chosenKey(slice, property string) string { return slice + " chosen " + property }

func (m *memo) number(key string) (uint64, bool) {
	m.load()
	v, err := strconv.ParseUint(m.lines[key], 10, 64)
	return v, err == nil
}

func (m *memo) remember(key string, v uint64) {
	m.load()
	value := strconv.FormatUint(v, 10)
	if m.lines[key] != value {
		m.lines[key], m.dirty = value, true
	}
}

// save writes what is new, whole or not at all. Two launches that race leave
// the facts of one of them; the other's are asked again.
func (m *memo) save() {
	if !m.dirty {
		return
	}
	dir, err := statedir.Open(filepath.Dir(m.path))
	if err != nil {
		return
	}
	defer dir.Close()
	var b strings.Builder
	for key, value := range m.lines {
		b.WriteString(key + " " + value + "\n")
	}
	_ = dir.Replace(filepath.Base(m.path), b.String()) // advice that is lost costs a question
}
