// Package atomicfile gives a file its text at once: whoever reads at the same time,
// or after a crash, finds the old text or the new one, and of two that write one wins.
// The text is written to a file aside, which then gets the name by rename(2).
//
// Like package regular it makes the plain system calls, for a launch writes by it too.
package atomicfile

import (
	"io/fs"
	"os"
	"strconv"
	"syscall"
	"time"
)

// CWD stands for no folder: names are paths (AT_FDCWD of <fcntl.h>).
const CWD = -0x64

// Options are what else is asked of a file. The zero Options are for what can be made
// again: nothing waits for the disk, and after a power cut the file may be empty.
type Options struct {
	Aside string      // the name of the file aside; "": one that no other process takes
	Mode  fs.FileMode // permissions, whatever the umask; 0: for this user alone
	Sync  bool        // the text is on the disk before the file gets its name

	// Name gives the file aside its name; nil: rename(2), which replaces what has it.
	Name func(aside string) error
}

// Write gives the file of that name in an open folder a new text. If it fails, what
// has the name stays, and nothing is left aside.
func Write(dir int, name, text string, o Options) error {
	if o.Aside == "" {
		// In another PID namespace another process may have our PID.
		o.Aside = "." + name + "-" + strconv.Itoa(os.Getpid()) + "-" + strconv.FormatInt(time.Now().UnixNano(), 36)
	}
	if o.Name == nil {
		o.Name = func(aside string) error {
			if err := syscall.Renameat(dir, aside, dir, name); err != nil {
				return &os.LinkError{Op: "rename", Old: aside, New: name, Err: err}
			}
			return nil
		}
	}
	fd, err := open(dir, o.Aside)
	if err == nil {
		err = fill(fd, text, o)
		if e := syscall.Close(fd); err == nil {
			err = e
		}
		if err != nil {
			_ = syscall.Unlinkat(dir, o.Aside)
		}
	}
	if err != nil {
		return &fs.PathError{Op: "write", Path: name, Err: err}
	}
	if err := o.Name(o.Aside); err != nil {
		_ = syscall.Unlinkat(dir, o.Aside)
		return err
	}
	return nil
}

func open(dir int, name string) (int, error) {
	const flags = syscall.O_WRONLY | syscall.O_CREAT | syscall.O_EXCL | syscall.O_CLOEXEC
	for {
		fd, err := syscall.Openat(dir, name, flags, 0o600)
		if err != syscall.EINTR {
			return fd, err
		}
	}
}

// fill writes the text. A write may be short: a disk that fills up takes a part
// first, and fails at the next.
func fill(fd int, text string, o Options) error {
	for rest := []byte(text); len(rest) > 0; {
		n, err := syscall.Write(fd, rest)
		if err != nil && err != syscall.EINTR {
			return err
		}
		rest = rest[max(n, 0):]
	}
	if o.Mode != 0 {
		if err := syscall.Fchmod(fd, uint32(o.Mode.Perm())); err != nil {
			return err
		}
	}
	if !o.Sync {
		return nil
	}
	for {
		if err := syscall.Fsync(fd); err != syscall.EINTR {
			return err
		}
	}
}
