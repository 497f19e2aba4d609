package systemd

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"electroscope/launcher/statedir"
)

// DropInName is the file that a launch writes beside its scope.
//
// A main process that asks for a scope of its own under a PID that no guard
// holds is granted it, in app.slice. A drop-in for all names that begin alike
// (systemd.unit(5), "foo-.service.d") puts that scope under the limits of the
// unit: in its slice, with its properties. It lies in the runtime folder, so it
// goes with the session.
//
// The name sorts before what people call theirs: of two drop-ins the later has
// the last word. It differs from the file that install writes into
// ~/.config/systemd/user, which would hide it.
const DropInName = "00-electroscope-launch.conf"

// limitFamilies writes the drop-ins of the unit's families where they are not
// there yet as they should be. One of an earlier launch for the unit's own names
// goes if the unit needs none: it would have the last word on its limits.
//
// systemd reads a drop-in whenever it loads a unit, but keeps a list of the
// folders that there are, and looks for new ones only when it loads a unit
// that is not transient (unit_load_fragment, src/core/load-fragment.c). So where
// a folder is new, unheardOf is a unit that does not exist: to be ordered after
// it makes systemd look for it. (Tried on 252, 257 and 262.)
func limitFamilies(runtimeDir string, u Unit) (unheardOf []string, err error) {
	own := u.Name[:strings.LastIndexByte(u.Name, '-')+1]
	if !slices.Contains(u.Families, own) {
		_ = syscall.Unlink(filepath.Join(runtimeDir, "systemd/user", own+".scope.d", DropInName)) // seldom there
	}
	text := dropIn(u)
	for _, dir := range u.DropIns() {
		fresh, err := writeDropIn(filepath.Join(runtimeDir, "systemd/user", dir), text)
		if err != nil {
			return nil, err
		}
		if fresh && unheardOf == nil {
			unheardOf = []string{"electroscope-" + strconv.Itoa(u.PID) + ".target"}
		}
	}
	return unheardOf, nil
}

// Settle waits until the manager has started what it was asked for together with the unit, if that
// may lack the limits of the unit's families: what was loaded before the unit was knows of no
// drop-in that came with it. Of two scopes for one process the later has it, and jobs that wait
// together are started in the order of their units' names (unit_compare_priority, src/core/unit.c),
// all before the manager answers anything.
func (s *Start) Settle() {
	if len(s.unheardOf) > 0 {
		_, _ = s.DropIns(s.u.Name) // of no interest
	}
}

// DropIns are the folders of the families' drop-ins, below systemd/user in the
// runtime folder; not nil.
func (u Unit) DropIns() []string {
	dirs := make([]string, len(u.Families))
	for i, family := range u.Families {
		dirs[i] = family + ".scope.d"
	}
	return dirs
}

// dropIn is the text of a scope's settings.
func dropIn(u Unit) string {
	var b strings.Builder
	b.WriteString("# By electroscope, for the scope that an app's own Chromium asks for.\n[Scope]\nSlice=" + u.Slice + "\n")
	for _, p := range u.Properties {
		b.WriteString(p.Setting() + "\n")
	}
	return b.String()
}

// writeDropIn makes the file DropInName of that text in the folder, whole or not
// at all. fresh says that the folder is new.
func writeDropIn(dir, text string) (fresh bool, err error) {
	file := filepath.Join(dir, DropInName)
	if present, err := statedir.Read(file, len(text)+1); err == nil && string(present) == text {
		return false, nil
	}
	_, absent := os.Stat(dir)
	folder, err := statedir.OpenAll(dir)
	if err != nil {
		return false, err
	}
	defer folder.Close()
	return absent != nil, folder.Replace(DropInName, text)
}
