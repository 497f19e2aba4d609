// Package regular reads and writes small regular files by the plain system calls.
//
// An os.File asks the runtime's poller about each file, which costs two system
// calls a file, sets the poller up, and ends the process if there is no
// descriptor left for that ("epollcreate failed").
package regular

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

// ErrOther says that something else than a regular file is at a path.
var ErrOther = errors.New("not a regular file")

// A File is a regular file open for reading, and what fstat(2) says of it.
type File struct {
	syscall.Stat_t
	FD int
}

// Open opens a regular file. It does not wait for a pipe that came into the file's
// place (open(2), O_NONBLOCK). The flags may add O_NOFOLLOW. Its errors do not name
// the file; that of a folder is EISDIR.
func Open(path string, flags int) (*File, error) {
	fd, err := open(path, syscall.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOCTTY|flags)
	if err != nil {
		return nil, err
	}
	f := &File{FD: fd}
	err = syscall.Fstat(fd, &f.Stat_t)
	switch {
	case err != nil:
	case f.Mode&syscall.S_IFMT == syscall.S_IFDIR:
		err = syscall.EISDIR
	case !Is(&f.Stat_t):
		err = ErrOther
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// An Inode tells files apart, whatever their paths.
type Inode struct {
	Dev, Ino uint64
}

// Inode is the file's.
func (f *File) Inode() Inode { return Inode{f.Dev, f.Ino} }

// Is reports whether stat(2) says of a path that it is a regular file.
func Is(st *syscall.Stat_t) bool { return st.Mode&syscall.S_IFMT == syscall.S_IFREG }

// Head reads the first limit bytes, or what there is.
func (f *File) Head(limit int64) []byte {
	b := make([]byte, min(limit, f.Size))
	n, _ := f.ReadAt(b, 0)
	return b[:n]
}

// Resolved is the file's path without links, from proc_pid_fd(5) in one call;
// path is how it was opened.
func (f *File) Resolved(path string) string {
	real, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(f.FD))
	if err != nil || !filepath.IsAbs(real) {
		real, _ = filepath.EvalSymlinks(path)
	}
	return real
}

// Close closes the file.
func (f *File) Close() { syscall.Close(f.FD) }

// ReadAt is [io.ReaderAt].
func (f *File) ReadAt(b []byte, off int64) (int, error) {
	done := 0
	for done < len(b) {
		n, err := syscall.Pread(f.FD, b[done:], off+int64(done))
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return done, err
		case n == 0:
			return done, io.EOF
		default:
			done += n
		}
	}
	return done, nil
}

// Read gives the first limit bytes, or what there is, of a size no more than what fstat(2)
// said. The kernel's own files say 0, or more than they have (sysfs): these end when read(2)
// says so.
func (f *File) Read(limit int) ([]byte, error) {
	size := f.Size
	if size == 0 {
		size = 1024
	}
	b := make([]byte, 0, min(int64(limit), size))
	for len(b) < limit && (f.Size == 0 || int64(len(b)) < f.Size) {
		if len(b) == cap(b) {
			b = slices.Grow(b, len(b))
		}
		n, err := syscall.Read(f.FD, b[len(b):min(cap(b), limit)])
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return b, err
		case n == 0:
			return b, nil
		default:
			b = b[:len(b)+n]
		}
	}
	return b, nil
}

// Read gives the first limit bytes of a file, or what there is.
func Read(path string, limit int) ([]byte, error) {
	f, err := Open(path, 0)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	defer f.Close()
	return f.Read(limit)
}

// Write writes a text over a file that is there, such as one of the kernel's.
func Write(path, text string) error {
	fd, err := open(path, syscall.O_WRONLY)
	if err != nil {
		return &fs.PathError{Op: "open", Path: path, Err: err}
	}
	defer syscall.Close(fd)
	_, err = syscall.Write(fd, []byte(text))
	return err
}

func open(path string, flags int) (int, error) {
	for {
		fd, err := syscall.Open(path, flags|syscall.O_CLOEXEC, 0)
		if err != syscall.EINTR {
			return fd, err
		}
	}
}
