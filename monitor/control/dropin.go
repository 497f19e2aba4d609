package control

import (
	"os"
	"path"
	"strings"

	"electroscope/launcher/regular"
	"electroscope/launcher/systemd"
)

// A DropIn is a file that sets a limit, too.
type DropIn struct{ File, Name, Value string }

// Overriding are the drop-in files of a unit that have the last word on limits that were
// changed while it runs. The manager keeps such a change as a drop-in "50-NAME.conf" of its
// own, and reads all of them again in the order of their names at a daemon-reload
// (unit_write_setting, src/core/unit.c).
func (c Control) Overriding(unit string, changes []Change) ([]DropIn, error) {
	files, err := c.Manager.DropIns(unit)
	var list []DropIn
	for _, file := range files {
		text, err := regular.Read(file, largest)
		if err != nil {
			if os.IsNotExist(err) {
				continue // it is gone since
			}
			return list, err
		}
		list = append(list, overriding(file, string(text), changes)...)
	}
	return list, err
}

// largest is the most that is read of a drop-in.
const largest = 1 << 20

// overriding are the settings of one file.
func overriding(file, text string, changes []Change) []DropIn {
	var list []DropIn
	for _, ch := range changes {
		own := "50-" + ch.Limit.Name + ".conf"
		if path.Base(file) <= own || isOwn(file) {
			continue
		}
		if value, set := systemd.LastSetting(text, ch.Limit.Name); set && ch.State != Refused {
			list = append(list, DropIn{file, ch.Limit.Name, value})
		}
	}
	return list
}

// isOwn reports whether the manager wrote a file itself, at a change while the unit runs.
func isOwn(file string) bool {
	return strings.Contains(file, "/systemd/transient/") || strings.Contains(file, "/systemd/user.control/")
}
