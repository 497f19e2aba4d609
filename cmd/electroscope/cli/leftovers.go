package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"electroscope/launcher/engine"
	"electroscope/launcher/regular"
	"electroscope/launcher/systemd"
	"electroscope/launcher/term"
	"electroscope/launcher/xdg"
)

// removeLeftovers removes what launches cache, about programs in ~/.cache and about this
// session in its runtime folder; launches make it again. It removes only files that a launch
// wrote: somebody may have put others there.
func removeLeftovers(inv *invocation) (removed []string) {
	if dir := engine.CacheDir(inv.process.Getenv); dir != "" && removeOurs(dir, isCached) {
		removed = append(removed, dir)
	}
	if runtime := xdg.Env(inv.process.Getenv).RuntimeDir(); runtime != "" {
		if dir := filepath.Join(runtime, "electroscope"); removeOurs(dir, isNoted) {
			removed = append(removed, dir)
		}
		removed = append(removed, removeDropIns(runtime)...)
	}
	for _, dir := range removed {
		fmt.Fprintln(inv.out, "removed ", term.Printable(dir))
	}
	return removed
}

// removeDropIns removes the drop-ins that launches wrote for scopes that their app's Chromium
// may ask for, and returns the folders it removed with them.
func removeDropIns(runtimeDir string) (removed []string) {
	files, _ := filepath.Glob(filepath.Join(runtimeDir, "systemd/user/*.scope.d", systemd.DropInName))
	for _, file := range files {
		if dir := filepath.Dir(file); removeOurs(dir, isDropIn) {
			removed = append(removed, dir)
		}
	}
	return removed
}

// removeOurs removes the files of ours from a folder, and the folder if it is then empty. It
// reports whether the folder is gone.
func removeOurs(dir string, isOurs func(name, head string) bool) bool {
	list, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, item := range list {
		path := filepath.Join(dir, item.Name())
		if item.Type().IsRegular() && isOurs(item.Name(), head(path)) {
			syscall.Unlink(path)
		}
	}
	return syscall.Rmdir(dir) == nil
}

// head returns the beginning of a file.
func head(path string) string {
	f, err := regular.Open(path, syscall.O_NOFOLLOW)
	if err != nil {
		return "cannot be read"
	}
	defer f.Close()
	text, err := f.Read(64)
	if err != nil {
		return "cannot be read"
	}
	return string(text)
}

// isCached reports whether a file is one that package engine keeps about a program, or the
// beginning of one, which a killed launch leaves.
func isCached(name, head string) bool {
	const begins = "electroscope engine "
	switch {
	case strings.HasPrefix(name, "engine-"):
		return strings.HasPrefix(head, begins)
	case strings.HasPrefix(name, ".engine-"):
		return strings.HasPrefix(head, begins) || strings.HasPrefix(begins, head)
	}
	return false
}

// isNoted reports whether a file is the cache of package systemd, or the time stamp of a
// notification (package notify).
func isNoted(name, head string) bool {
	return name == "manager" || strings.HasPrefix(name, ".manager-") || strings.HasSuffix(name, "-notice") && strings.TrimSpace(head) == ""
}

// isDropIn reports whether a file is a drop-in that package systemd writes for a launch.
func isDropIn(name, head string) bool {
	return name == systemd.DropInName && strings.HasPrefix(head, "# By electroscope, ")
}
