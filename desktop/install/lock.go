package install

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// lockTimeout is how long a run waits for another one to end: each takes milliseconds.
const lockTimeout = 10 * time.Second

// Lock has one run at a time in a home: what is read of it after this stays true
// until unlock. It clears what runs that were killed left behind.
//
// The lock is on the folder HOME, which is there before anything of ours is, and
// stays when all of it goes.
func Lock(p Dirs) (unlock func(), err error) {
	unlock, err = lockFolder(p.Home, lockTimeout)
	if err == nil {
		p.clear()
	}
	return unlock, err
}

// lockFolder goes on without a lock if none can be had: in a home that is not
// there yet or cannot be listed, and on file systems that lock no folders, such as
// NFS, which asks for a descriptor open for writing (flock(2), "NFS details").
func lockFolder(dir string, patience time.Duration) (unlock func(), err error) {
	f, err := os.Open(dir)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return func() {}, nil
	}
	if err != nil {
		return nil, err
	}
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
		case err != syscall.EWOULDBLOCK && err != syscall.EINTR:
			return func() { f.Close() }, nil
		case time.Now().After(end):
			f.Close()
			return nil, fmt.Errorf("another electroscope is changing %q and has not ended in %v", dir, patience)
		}
	}
}

// Others is the folder or link of another user's that root would write into or through, as
// with sudo -E: it could lead root anywhere. It is empty if there is none.
func (p Dirs) Others() string {
	if os.Geteuid() != 0 {
		return ""
	}
	return p.others(0)
}

func (p Dirs) others(uid uint32) string {
	for _, dir := range []string{p.Home, p.Data, p.Config, p.State, p.Bin, p.Desktop, p.applications(), p.autostart(), p.layers(), p.units(), p.own()} {
		if dir == "" {
			continue // nothing lies on the desktop
		}
		if owner(dir) != uid {
			return dir
		}
		if link := foreignOn(dir, uid); link != "" {
			return link
		}
	}
	return ""
}

// owner is whose a folder is, or would be if it were made.
func owner(dir string) uint32 {
	var st syscall.Stat_t
	for syscall.Stat(dir, &st) != nil && dir != "/" {
		dir = filepath.Dir(dir)
	}
	return st.Uid
}

// foreignOn is what is neither the user's nor root's on the way to a folder. A link there may
// lead to a folder that is, and to another one when it is followed again: in a folder such as
// /tmp anybody can have put it there.
func foreignOn(dir string, uid uint32) string {
	var st syscall.Stat_t
	for ; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		if syscall.Lstat(dir, &st) == nil && st.Uid != uid && st.Uid != 0 {
			return dir
		}
	}
	return ""
}
