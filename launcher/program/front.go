package program

import (
	"os"
	"path"
)

// A front is a package of Nix that stands in the place of an app's (nix/front.nix):
// PREFIX/bin/NAME is a link to electroscope, and PREFIX/libexec/electroscope/NAME one
// to what it starts. So a front needs no apps.toml and no PATH to find its app, and
// one that another module made of its own variant of the app starts that.

// maxLinks is MAXSYMLINKS, path_resolution(7).
const maxLinks = 40

// Links yields file and what it leads to, as far as these are symbolic links.
func Links(file string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for range maxLinks {
			next, err := os.Readlink(file)
			if err != nil || !yield(file) {
				return
			}
			file = from(file, next)
		}
	}
}

// Fronted returns the program that a front has for the link by which it was called:
// that link, or one that it leads to, as those of a profile do. Of several the last has
// the app's own path, for a profile has links to the others too. Empty if there is none.
func Fronted(link string) (program string) {
	for link := range Links(link) {
		dir, name := path.Split(link)
		beside := dir + "../libexec/electroscope/" + name
		if to, err := os.Readlink(beside); err == nil {
			program = from(beside, to)
		}
	}
	return program
}

// from is the target of a link as a path. It is not cleaned: "bin/.." is not "." where
// bin is itself a link, as that of a profile may be.
func from(link, target string) string {
	if path.IsAbs(target) {
		return target
	}
	dir, _ := path.Split(link)
	return dir + target
}
