package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher/catalog"
	"electroscope/launcher/self"
)

// absolute returns the absolute form of an option's path. A shell does not expand the ~ of
// --dir=~/bin.
func absolute(path, home string) (string, error) {
	switch {
	case !strings.HasPrefix(path, "~"):
		return filepath.Abs(path)
	case path != "~" && !strings.HasPrefix(path, "~/"):
		return "", &usageError{fmt.Sprintf("%q names the home of a user, which is not looked up", path), "write the path in full, or begin it with ~/ for your own home"}
	case home == "":
		return "", &usageError{fmt.Sprintf("%q: HOME is not set", path), "write the path in full"}
	}
	return filepath.Join(home, path[len("~"):]), nil
}

// checkPath prints which names do not start their link when they are typed.
func checkPath(inv *invocation, dir string, apps []catalog.App) {
	folders := filepath.SplitList(inv.process.Getenv("PATH"))
	advice := pathAdvice(filepath.Base(inv.process.Getenv("SHELL")), dir)
	at := slices.IndexFunc(folders, func(f string) bool { return filepath.Clean(f) == dir })
	if at < 0 {
		inv.note(fmt.Sprintf("%q is not on PATH: a name that is typed does not reach its link", dir), advice)
		return
	}
	for _, app := range apps {
		for _, name := range app.Names {
			if !self.IsLink(filepath.Join(dir, name)) {
				continue
			}
			for _, before := range folders[:at] {
				first := filepath.Join(before, name)
				if info, err := os.Stat(first); err == nil && info.Mode().IsRegular() && !self.IsLink(first) && !self.Is(first) {
					inv.note(fmt.Sprintf("%q comes before the link on PATH: typing %s starts that", first, name), advice)
				}
			}
		}
	}
}

// pathAdvice returns how to put a folder first on PATH in a shell. Login shells
// read the files named here (bash(1), "INVOCATION"; zsh(1), "STARTUP/SHUTDOWN
// FILES"; fish_add_path(1)).
func pathAdvice(shell, dir string) string {
	const again = "\nand log in again"
	export := fmt.Sprintf(`export PATH=%q:"$PATH"`, dir)
	switch shell {
	case "bash", "sh", "dash":
		return "put it first: echo " + render.Quote(export) + " >>~/.profile" + again
	case "zsh":
		return "put it first: echo " + render.Quote(export) + " >>~/.zprofile" + again
	case "fish":
		return "put it first: fish_add_path --move " + render.Quote(dir)
	}
	return "put it first in your shell's profile: " + export
}
