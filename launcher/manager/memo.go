package manager

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
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
	f, err := os.OpenFile(m.path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return
	}
	defer f.Close()
	buf := make([]byte, 4096)
	var text []byte
	for len(text) < memoLimit {
		n, err := f.Read(buf)
		text = append(text, buf[:n]...)
		if err != nil || n == 0 {
			break
		}
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
	if err := os.Mkdir(filepath.Dir(m.path), 0o700); err != nil && !os.IsExist(err) {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(m.path), ".manager-*")
	if err != nil {
		return
	}
	var b strings.Builder
	for key, value := range m.lines {
		b.WriteString(key + " " + value + "\n")
	}
	_, err = f.WriteString(b.String())
	f.Close()
	if err != nil || os.Rename(f.Name(), m.path) != nil {
		os.Remove(f.Name())
	}
}
