package target

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

var errNotRegular = errors.New("not a regular file")

// inode tells files apart, whatever their paths.
type inode struct {
	dev, ino uint64
}

// regular is a regular file open for reading. It is no os.File because each of
// those asks epoll first, two system calls a file, and this stands on the way
// of every launch.
type regular struct {
	syscall.Stat_t
	fd int
}

// openRegular opens a regular file. O_NONBLOCK, because a pipe that came into
// the file's place would otherwise hold up the launch for ever (open(2)); flags
// may add O_NOFOLLOW.
func openRegular(path string, flags int) (*regular, error) {
	fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NONBLOCK|flags, 0)
	for err == syscall.EINTR {
		fd, err = syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NONBLOCK|flags, 0)
	}
	if err != nil {
		return nil, err
	}
	f := &regular{fd: fd}
	if err = syscall.Fstat(fd, &f.Stat_t); err == nil && !isRegular(&f.Stat_t) {
		err = errNotRegular
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (f *regular) Close() { syscall.Close(f.fd) }

// ReadAt is [io.ReaderAt].
func (f *regular) ReadAt(b []byte, off int64) (int, error) {
	done := 0
	for done < len(b) {
		n, err := syscall.Pread(f.fd, b[done:], off+int64(done))
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

// head reads the first limit bytes, or what there is.
func (f *regular) head(limit int64) []byte {
	b := make([]byte, min(limit, f.Size))
	n, _ := f.ReadAt(b, 0)
	return b[:n]
}

// resolved is the file's path without links, from proc_pid_fd(5) in one call;
// path is how it was opened.
func (f *regular) resolved(path string) string {
	real, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(f.fd))
	if err != nil || !filepath.IsAbs(real) {
		real, _ = filepath.EvalSymlinks(path)
	}
	return real
}

func (f *regular) inode() inode { return inode{f.Dev, f.Ino} }

func isRegular(st *syscall.Stat_t) bool { return st.Mode&syscall.S_IFMT == syscall.S_IFREG }

// isSelf says whether a file is electroscope, by whatever name.
func (s Search) isSelf(id inode) bool {
	if s.Self == nil {
		return false
	}
	st, ok := s.Self.Sys().(*syscall.Stat_t)
	return ok && id == inode{st.Dev, st.Ino}
}
