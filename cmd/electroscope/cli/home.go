package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"electroscope/desktop/install"
)

// homeState reads what is installed in the user's home. With change, it is locked until
// unlock is called.
func homeState(inv *invocation, change bool) (s install.State, unlock func(), err error) {
	unlock = func() {}
	places, err := install.DirsOf(inv.process.Getenv)
	if err != nil {
		return s, unlock, &usageError{err.Error(), "set it to your home folder"}
	}
	if others := places.Others(); change && others != "" {
		return s, unlock, anothersHome(others)
	}
	if change {
		if unlock, err = install.Lock(places); err != nil {
			return s, func() {}, err
		}
	}
	if s, err = install.Read(places); err != nil {
		unlock()
		unlock = func() {}
	}
	return s, unlock, err
}

// anothersHome is the error of a command that would write into a folder of another user's.
func anothersHome(path string) error {
	return &usageError{fmt.Sprintf("%q is another user's", path), "run it as that user, or without what sudo's -E keeps: HOME and XDG_*_HOME"}
}

// sandboxed returns an error if a folder is the one that a Snap or a Flatpak has in place of
// the user's, and passes on to a terminal inside it (an editor's): no desktop reads it.
func sandboxed(getenv func(string) string) error {
	home := getenv("HOME")
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"} {
		whose := sandbox(getenv(name), home, getenv("SNAP_USER_DATA"), getenv("SNAP_USER_COMMON"))
		if whose == "" {
			continue
		}
		remedy := "run it in a terminal of the desktop, outside of that app"
		if name != "HOME" {
			remedy += ", or: env -u " + name + " electroscope install"
		}
		return &usageError{fmt.Sprintf("%s is %q: that is a %s's own folder, which the desktop does not read", name, getenv(name), whose), remedy}
	}
	return nil
}

// sandbox returns whose folder dir is: a Snap's (snapcraft.io/docs/data-locations) or a
// Flatpak's (flatpak-run(1), "~/.var/app").
func sandbox(dir, home, snapData, snapCommon string) string {
	isBelow := func(parent string) bool {
		return filepath.IsAbs(parent) && strings.HasPrefix(filepath.Clean(dir)+"/", filepath.Clean(parent)+"/")
	}
	switch {
	case isBelow(filepath.Join(home, "snap")), isBelow(snapData), isBelow(snapCommon):
		return "Snap"
	case isBelow(filepath.Join(home, ".var/app")):
		return "Flatpak"
	}
	return ""
}
