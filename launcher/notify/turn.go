package notify

import (
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"electroscope/launcher/statedir"
)

// minInterval is the least time between two notices about one thing.
const minInterval = time.Minute

// ErrNotNow says that a notice about the same thing was shown within the last minute,
// or that another process is showing one.
var ErrNotNow = errors.New("a notice about it is shown already")

// A Turn is the right to show a notice about one thing, which one process has at a
// time. Its file, in a folder that is this user's, has the notice that was shown last,
// and was written when the daemon had taken it.
type Turn struct {
	Last Shown
	fd   int
}

// Take takes the turn. If wait is set, it waits for a process that has it. Without a
// place for the file there is none.
func Take(file string, wait bool) (Turn, error) {
	dir, err := statedir.Open(filepath.Dir(file))
	if err != nil {
		return Turn{}, err
	}
	defer dir.Close()
	fd, err := dir.Open(filepath.Base(file), syscall.O_RDWR|syscall.O_CREAT)
	if err != nil {
		return Turn{}, err
	}
	t := Turn{fd: fd}
	if err = t.lock(wait); err == nil {
		err = t.read()
	}
	if err != nil {
		t.Release()
		return Turn{}, err
	}
	return t, nil
}

func (t *Turn) lock(wait bool) error {
	how := syscall.LOCK_EX
	if !wait {
		how |= syscall.LOCK_NB
	}
	for {
		switch err := syscall.Flock(t.fd, how); err {
		case syscall.EINTR:
		case syscall.EWOULDBLOCK:
			return ErrNotNow
		default:
			return err
		}
	}
}

// read learns what was shown last, and when: a file that was made and not yet written
// is empty, and a clock may be set back.
func (t *Turn) read() error {
	var st syscall.Stat_t
	if err := syscall.Fstat(t.fd, &st); err != nil {
		return err
	}
	since := time.Since(time.Unix(st.Mtim.Unix()))
	if st.Size > 0 && 0 <= since && since < minInterval {
		return ErrNotNow
	}
	var text [64]byte
	n, err := syscall.Pread(t.fd, text[:], 0)
	if err != nil {
		return err
	}
	t.Last = parseShown(string(text[:n]))
	return nil
}

// Told counts the notice as shown: the next waits.
func (t *Turn) Told(s Shown) error {
	text := s.text()
	_, err := syscall.Pwrite(t.fd, []byte(text), 0)
	if err == nil {
		err = syscall.Ftruncate(t.fd, int64(len(text)))
	}
	return err
}

// Release lets others take the turn. So does the end of the process, and exec.
func (t *Turn) Release() { syscall.Close(t.fd) }

// text is what the file has, "12 :1.34".
func (s Shown) text() string { return strconv.FormatUint(uint64(s.ID), 10) + " " + s.Daemon + "\n" }

// parseShown reads it; what is not that is no notification.
func parseShown(text string) Shown {
	id, daemon, _ := strings.Cut(strings.TrimSpace(text), " ")
	n, err := strconv.ParseUint(id, 10, 32)
	if err != nil || daemon == "" {
		return Shown{}
	}
	return Shown{uint32(n), daemon}
}
