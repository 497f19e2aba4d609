package target

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	file "electroscope/launcher/regular"
)

// inode tells files apart, whatever their paths.
type inode struct {
	dev, ino uint64
}

// regular is a regular file open for reading.
type regular struct{ *file.File }

// openRegular opens a regular file; flags may add O_NOFOLLOW.
func openRegular(path string, flags int) (*regular, error) {
	f, err := file.Open(path, flags)
	if err != nil {
		return nil, err
	}
	return &regular{f}, nil
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
	real, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(f.FD))
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
