package install

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A stage is a home and a machine with one app, chat.
type stage struct {
	*testing.T
	home, machine string
	places        Dirs
	app           App
	files         []Text
}

const chatEntry = "[Desktop Entry]\nType=Application\nName=Chat\nExec=/usr/bin/chat-real %U\nMimeType=x-scheme-handler/chat;\n"

// newStage has chat installed, in the menu and started at login.
func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{T: t, home: t.TempDir(), machine: t.TempDir()}
	places, err := DirsOf(func(name string) string {
		return map[string]string{
			"HOME": s.home, "XDG_DATA_DIRS": s.machine + "/local:" + s.machine + "/share", "XDG_CONFIG_DIRS": s.machine + "/xdg",
		}[name]
	})
	s.must(err)
	s.places = places
	s.app = App{Key: "chat", Names: []string{"chat", "Chat"}, IDs: []string{"chat"}, Exec: []string{"chat-real"}, Target: s.machine + "/bin/chat-real"}
	s.write("bin/chat-real", "#!/bin/sh\n")
	s.must(os.Chmod(s.app.Target, 0o755))
	s.write("share/applications/chat.desktop", s.entry())
	s.write("share/applications/mimeinfo.cache", "[MIME Cache]\nx-scheme-handler/chat=chat.desktop;\n")
	s.write("xdg/autostart/chat.desktop", s.entry())
	return s
}

// entry is chat's own.
func (s *stage) entry() string {
	return strings.Replace(chatEntry, "/usr/bin/chat-real", s.app.Target, 1)
}

// led is the same, led to the link.
func (s *stage) led(text string) string {
	return strings.Replace(text, s.app.Target, s.home+"/.local/bin/chat", 1)
}

// inMenu is the same in the menu, where the link is its TryExec.
func (s *stage) inMenu(text string) string {
	return strings.Replace(s.led(text), " %U\n", " %U\nTryExec="+s.home+"/.local/bin/chat\n", 1)
}

func (s *stage) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// write makes a file of the machine, or of the home by its full path.
func (s *stage) write(name, text string) string {
	s.Helper()
	if !filepath.IsAbs(name) {
		name = filepath.Join(s.machine, name)
	}
	s.must(os.MkdirAll(filepath.Dir(name), 0o755))
	s.must(os.WriteFile(name, []byte(text), 0o644))
	return name
}

func (s *stage) read() State {
	s.Helper()
	state, err := Read(s.places)
	s.must(err)
	return state
}

func (s *stage) plan() (State, Plan) {
	s.Helper()
	state := s.read()
	return state, state.Plan(Request{Self: "/usr/bin/electroscope", Apps: []App{s.app}, Files: s.files})
}

// install does it, and holds the manifest against the home.
func (s *stage) install() Plan {
	s.Helper()
	s.lock()
	state, p := s.plan()
	_, err := state.Apply(p)
	s.must(err)
	s.isTrue()
	return p
}

func (s *stage) uninstall(keys ...string) Plan {
	s.Helper()
	s.lock()
	state := s.read()
	p := state.Undo(keys)
	_, err := state.Apply(p)
	s.must(err)
	return p
}

// isTrue compares each record of the manifest with its file.
func (s *stage) isTrue() {
	s.Helper()
	for _, r := range s.read().Manifest.Records {
		now, err := readFile(r.Path)
		s.must(err)
		if now.Sum() != r.SHA256 || r.Replaces != "" {
			s.Errorf("the manifest is not true of %q: %+v", r.Path, r)
		}
	}
}

// tree is all that can be told of the files below the home but times of folders.
func (s *stage) tree(times bool) map[string]string {
	s.Helper()
	tree := map[string]string{}
	s.must(filepath.WalkDir(s.home, func(path string, d fs.DirEntry, err error) error {
		s.must(err)
		info, err := d.Info()
		s.must(err)
		text := info.Mode().String()
		switch {
		case d.Type() == fs.ModeSymlink:
			to, err := os.Readlink(path)
			s.must(err)
			text += " -> " + to
		case d.Type().IsRegular():
			data, err := os.ReadFile(path)
			s.must(err)
			text += "\n" + string(data)
		}
		if times {
			text += fmt.Sprint(info.ModTime())
		}
		tree[strings.TrimPrefix(path, s.home)] = text
		return nil
	}))
	return tree
}

func (s *stage) same(what string, want, got map[string]string) {
	s.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		s.Errorf("%s (-before +after):\n%s", what, diff)
	}
}

// paths are those of the files that a plan changes, from the home on.
func (s *stage) paths(p Plan) []string {
	list := map[string]bool{}
	for _, c := range p.Changes {
		if !c.Idle() {
			list[strings.TrimPrefix(c.Path, s.home+"/")] = true
		}
	}
	return slices.Sorted(maps.Keys(list))
}

func (s *stage) notes(p Plan) string {
	var b strings.Builder
	for _, n := range p.Notes {
		fmt.Fprintln(&b, n.Text, n.Remedy)
	}
	return b.String()
}

// filesIn are the paths of all that is no folder below dir.
func (s *stage) filesIn(dir string) []string {
	s.Helper()
	var list []string
	s.must(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			list = append(list, path)
		}
		return err
	}))
	return list
}
