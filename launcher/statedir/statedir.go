// Package statedir keeps the small files that launches remember things in, in a
// folder that is this user's own. What the environment names may be another's:
// after sudo -E or su, root finds the user's HOME and XDG_RUNTIME_DIR there. A file
// of root's left in them locks users out of their own caches, and a link in them
// chooses what root writes. So nothing is written, and nothing is believed, that is
// not the effective user's.
package statedir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"electroscope/launcher/atomicfile"
	"electroscope/launcher/regular"
)

// ErrShared says that everybody may write to a folder: what is in it may be anybody's.
var ErrShared = errors.New("everybody may write to it")

// ErrForeign says that a folder or file is another user's, or that links lead there.
var ErrForeign = errors.New("it belongs to another user")

// oPath is O_PATH: a place in the tree, not the file (open(2)).
const oPath = 0x200000

// A Dir is a folder of ours, open.
type Dir struct{ fd int }

// Open opens the folder at path, made for this user alone if it is absent. The folder
// itself must be the user's, and not everybody's; if it has to be made, so must be the one
// above it, or else root's.
func Open(path string) (Dir, error) { return open(path, 1) }

// OpenAll is Open, and makes what is absent of the folders above, too.
func OpenAll(path string) (Dir, error) { return open(path, strings.Count(path, "/")) }

func open(path string, levels int) (Dir, error) {
	path = filepath.Clean(path)
	fd, err := openAt(atCWD, path, syscall.O_NOFOLLOW)
	if err == syscall.ENOENT {
		fd, err = made(path, levels)
	}
	if err == nil {
		if err = ours(fd, path, false); err == nil {
			return Dir{fd}, nil
		}
		syscall.Close(fd)
	}
	return Dir{}, &fs.PathError{Op: "open", Path: path, Err: err}
}

// made makes the folder, and of those above it as many more as levels allow.
func made(path string, levels int) (int, error) {
	above := filepath.Dir(path)
	dir, err := openAt(atCWD, above, 0)
	if err == syscall.ENOENT && levels > 1 && above != path {
		dir, err = made(above, levels-1)
	}
	if err != nil {
		return -1, err
	}
	defer syscall.Close(dir)
	if err := ours(dir, above, true); err != nil {
		return -1, err
	}
	if err := syscall.Mkdirat(dir, filepath.Base(path), 0o700); err != nil && err != syscall.EEXIST {
		return -1, err
	}
	return openAt(dir, filepath.Base(path), syscall.O_NOFOLLOW)
}

const atCWD = -0x64 // AT_FDCWD

func openAt(dir int, path string, flags int) (int, error) {
	for {
		fd, err := syscall.Openat(dir, path, oPath|syscall.O_DIRECTORY|syscall.O_CLOEXEC|flags, 0)
		if err != syscall.EINTR {
			return fd, err
		}
	}
}

// ours reports why a folder is none of ours: its owner, its mode, or, for root, a link on
// the way to it, which may be anybody's. One above it, as /tmp, may be root's and everybody's.
func ours(fd int, path string, above bool) error {
	var st syscall.Stat_t
	if err := syscall.Fstat(fd, &st); err != nil {
		return err
	}
	switch {
	case int(st.Uid) != os.Geteuid() && !(above && st.Uid == 0):
		return ErrForeign
	case !above && st.Mode&syscall.S_IWOTH != 0:
		return ErrShared
	}
	if os.Geteuid() == 0 {
		if real, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(fd)); err != nil || real != path {
			return ErrForeign
		}
	}
	return nil
}

// Close closes the folder.
func (d Dir) Close() { syscall.Close(d.fd) }

// Open opens a file in the folder, as open(2) does; a link is none.
func (d Dir) Open(name string, flags int) (int, error) {
	return syscall.Openat(d.fd, name, flags|syscall.O_NOFOLLOW|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0o600)
}

// Replace gives a file a new text. It does not wait for the disk: what is kept here
// can be made again.
func (d Dir) Replace(name, text string) error {
	return atomicfile.Write(d.fd, name, text, atomicfile.Options{})
}

// Read gives the first limit bytes of a file that is this user's, and no link.
func Read(path string, limit int) ([]byte, error) {
	f, err := regular.Open(path, syscall.O_NOFOLLOW)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if int(f.Uid) != os.Geteuid() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: ErrForeign}
	}
	return f.Read(limit)
}
