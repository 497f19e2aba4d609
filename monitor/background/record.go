package background

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/statedir"
)

// A held launch is one to which something was done that has to be undone.
type held struct {
	App    string             `json:"app"`
	Group  cgroup.Group       `json:"group"`
	Done   catalog.Background `json:"done"`
	Weight uint64             `json:"weight"` // its CPUWeight before; of one whose weight was lowered
}

// A record keeps the held launches in a file. One process has it at a time.
type record struct {
	dir  statedir.Dir
	path string
	lock int
}

const (
	recordName = "background"
	lockName   = recordName + ".lock"
)

// ErrTaken says that another watcher has the record.
var ErrTaken = errors.New("another electroscope watch looks after apps in the background")

// openRecord takes the record in a folder, and gives what a watcher that was killed has left there.
func openRecord(folder string) (*record, []held, error) {
	dir, err := statedir.Open(folder)
	if err != nil {
		return nil, nil, err
	}
	r := &record{dir: dir, path: folder + "/" + recordName, lock: -1}
	if r.lock, err = dir.Open(lockName, os.O_RDWR|os.O_CREATE); err != nil {
		r.close()
		return nil, nil, &fs.PathError{Op: "open", Path: folder + "/" + lockName, Err: err}
	}
	switch err := syscall.Flock(r.lock, syscall.LOCK_EX|syscall.LOCK_NB); {
	case err == syscall.EWOULDBLOCK:
		r.close()
		return nil, nil, ErrTaken
	case err != nil:
		r.close()
		return nil, nil, os.NewSyscallError("flock", err)
	}
	text, err := statedir.Read(r.path, most)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil, nil
	}
	var list []held
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err != nil {
		r.close()
		return nil, nil, fmt.Errorf("cannot read what a watcher before has left: %w", err)
	}
	return r, list, nil
}

// keep replaces what is recorded.
func (r *record) keep(list []held) error {
	text, err := json.Marshal(list)
	if err == nil {
		err = r.dir.Replace(recordName, string(text))
	}
	return err
}

func (r *record) close() {
	if r.lock >= 0 {
		syscall.Close(r.lock)
	}
	r.dir.Close()
}
