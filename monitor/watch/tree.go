package watch

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/unitname"
)

// A tree tells of what changes below a cgroup: which scopes there are, and what memory.events of
// each has.
type tree struct {
	sys    string // "/sys/fs/cgroup"
	root   cgroup.Group
	file   *os.File // inotify(7)
	places map[int32]place
}

// A place is what an inotify watch is on: the folder of a slice, or memory.events of a scope.
type place struct {
	group cgroup.Group
	scope bool
}

func newTree(sys string, root cgroup.Group) (*tree, error) {
	fd, err := syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK)
	if err != nil {
		return nil, os.NewSyscallError("inotify_init1", err)
	}
	return &tree{sys: sys, root: root, file: os.NewFile(uintptr(fd), "inotify"), places: map[int32]place{}}, nil
}

// scan watches all that there is, and returns the scopes.
func (t *tree) scan() ([]cgroup.Group, error) { return t.add(t.root) }

// add watches a slice and all below it. What ends meanwhile is left out. The watch comes before
// the look, so that nothing appears between them.
func (t *tree) add(slice cgroup.Group) ([]cgroup.Group, error) {
	if err := t.watch(t.sys+string(slice), syscall.IN_CREATE|syscall.IN_DELETE|syscall.IN_ONLYDIR, place{group: slice}); err != nil {
		return nil, err
	}
	items, err := os.ReadDir(t.sys + string(slice))
	if err != nil {
		return nil, ignoreGone(err)
	}
	var scopes []cgroup.Group
	for _, item := range items {
		if !item.IsDir() {
			continue
		}
		more, err := t.appeared(slice + "/" + cgroup.Group(item.Name()))
		if err != nil {
			return nil, err
		}
		scopes = append(scopes, more...)
	}
	return scopes, nil
}

// appeared takes in a new folder.
func (t *tree) appeared(g cgroup.Group) ([]cgroup.Group, error) {
	switch name := filepath.Base(string(g)); {
	case strings.HasSuffix(name, unitname.SliceExtension):
		return t.add(g)
	case strings.HasSuffix(name, unitname.Extension):
		return []cgroup.Group{g}, t.listen(g)
	}
	return nil, nil
}

// listen watches the events of a scope. Without the memory controller there is no such file, and
// nothing to hear.
func (t *tree) listen(g cgroup.Group) error {
	return t.watch(t.sys+string(g)+"/memory.events", syscall.IN_MODIFY, place{group: g, scope: true})
}

func (t *tree) watch(path string, mask uint32, p place) error {
	id, err := syscall.InotifyAddWatch(int(t.file.Fd()), path, mask)
	if err != nil {
		return ignoreGone(&fs.PathError{Op: "watch", Path: path, Err: err})
	}
	t.places[int32(id)] = p
	return nil
}

func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENODEV) { // kernfs says ENODEV of what is being removed
		return nil
	}
	return err
}

// changes are what wait has heard of.
type changes struct {
	appeared []cgroup.Group // scopes
	events   []cgroup.Group // scopes whose memory.events have changed
	ended    []cgroup.Group // scopes
}

// wait returns when something has changed, or at the deadline; the zero time is never. If events
// were lost, all that is there appears again.
func (t *tree) wait(deadline time.Time) (changes, error) {
	var c changes
	if err := t.file.SetReadDeadline(deadline); err != nil {
		return c, err
	}
	buffer := make([]byte, 64<<10)
	n, err := t.file.Read(buffer)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return c, nil
	}
	if err != nil {
		return c, err
	}
	for rest := buffer[:n]; len(rest) >= syscall.SizeofInotifyEvent; {
		id, mask, size := int32(binary.NativeEndian.Uint32(rest)), binary.NativeEndian.Uint32(rest[4:]), binary.NativeEndian.Uint32(rest[12:])
		name := string(bytes.TrimRight(rest[syscall.SizeofInotifyEvent:syscall.SizeofInotifyEvent+size], "\x00"))
		rest = rest[syscall.SizeofInotifyEvent+size:]
		if err := t.take(&c, id, mask, name); err != nil {
			return c, err
		}
	}
	return c, nil
}

// take sorts one event into the changes.
func (t *tree) take(c *changes, id int32, mask uint32, name string) error {
	p, known := t.places[id]
	g := p.group + "/" + cgroup.Group(name)
	switch {
	case mask&syscall.IN_Q_OVERFLOW != 0:
		scopes, err := t.scan()
		c.appeared = append(c.appeared, scopes...)
		return err
	case !known:
	case mask&syscall.IN_IGNORED != 0:
		delete(t.places, id)
	case p.scope:
		c.events = append(c.events, p.group)
	case mask&syscall.IN_CREATE != 0 && mask&syscall.IN_ISDIR != 0:
		scopes, err := t.appeared(g)
		c.appeared = append(c.appeared, scopes...)
		return err
	case mask&syscall.IN_DELETE != 0 && mask&syscall.IN_ISDIR != 0:
		t.forget(g)
		c.ended = append(c.ended, g)
	}
	return nil
}

// forget ends the watches on a group that is gone, and on those below it.
func (t *tree) forget(g cgroup.Group) {
	for id, p := range t.places {
		if p.group == g || strings.HasPrefix(string(p.group), string(g)+"/") {
			_, _ = syscall.InotifyRmWatch(int(t.file.Fd()), uint32(id)) // the kernel may have done so
			delete(t.places, id)
		}
	}
}

func (t *tree) close() { t.file.Close() }
