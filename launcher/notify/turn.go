package notify

import (
	"path/filepath"
	"syscall"
	"time"

	"electroscope/launcher/statedir"
)

// minInterval is the least time between two notices about one thing.
const minInterval = time.Minute

// Allow reports whether a notice may be shown now, and if so makes the next wait:
// file, in a folder that is this user's, was last written at the last notice. Of
// several processes that ask at a time, one may. If the file cannot be had, none
// may.
func Allow(file string) bool {
	dir, err := statedir.Open(filepath.Dir(file))
	if err != nil {
		return false
	}
	defer dir.Close()
	fd, err := dir.Open(filepath.Base(file), syscall.O_WRONLY|syscall.O_CREAT)
	if err != nil {
		return false
	}
	defer syscall.Close(fd)
	if syscall.Flock(fd, syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		return false
	}
	var st syscall.Stat_t
	if syscall.Fstat(fd, &st) != nil {
		return false
	}
	since := time.Since(time.Unix(st.Mtim.Unix()))
	if st.Size > 0 && 0 <= since && since < minInterval { // a new file is empty, and a clock may be set back
		return false
	}
	_, err = syscall.Pwrite(fd, []byte("\n"), 0)
	return err == nil
}
