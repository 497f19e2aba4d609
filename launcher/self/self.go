// Package self recognises electroscope: the program that runs, and any other build
// or copy of it, under whatever name and path. Links of one copy are never the app
// of another.
package self

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"electroscope/launcher/elf"
	"electroscope/launcher/regular"
)

// Bounds on a build of ours, which has about 5 MiB, and on the build information in
// it. An engine has more than 100 MiB, so its size alone tells it apart.
const (
	maxSize      = 64 << 20
	maxBuildInfo = 256 << 10
)

// A Program is the running one. The zero Program recognises only other copies of it.
type Program struct {
	inode   regular.Inode
	inStore bool
}

// At is the program at path: of this process /proc/self/exe. If nothing is there it is
// the zero Program.
func At(path string) Program {
	var st syscall.Stat_t
	if syscall.Stat(path, &st) != nil {
		return Program{}
	}
	return Program{regular.Inode{Dev: st.Dev, Ino: st.Ino}, InStore(&st)}
}

// InStore reports whether the program lies in Nix's store.
func (p Program) InStore() bool { return p.inStore }

// InStore reports whether a file lies in Nix's store. All files there were last changed
// one second after the epoch (nix, src/libstore/posix-fs-canonicalise.hh, mtimeStore),
// and a stat that was made anyway is all it takes to know.
func InStore(st *syscall.Stat_t) bool { return st.Mtim.Sec == 1 }

// Has reports whether a file is the running program, by a link or by another name
// (a hard link). It looks at no file.
func (p Program) Has(id regular.Inode) bool { return id == p.inode && p != Program{} }

// MayBe reports whether a file of that size may be electroscope: what is larger need
// not be opened.
func MayBe(size int64) bool { return size <= maxSize }

// Is reports whether the file at path, links followed, is electroscope.
func Is(path string) bool {
	var st syscall.Stat_t
	if syscall.Stat(path, &st) != nil || !regular.Is(&st) || !MayBe(st.Size) {
		return false
	}
	f, err := regular.Open(path, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	return IsFile(f)
}

// IsFile reports whether an open file is electroscope. It looks for the command and
// its module in the section .go.buildinfo, as Go 1.18 and later write it
// (src/debug/buildinfo/buildinfo.go); that package itself would bring readers of four
// more file formats into the launch.
func IsFile(f *regular.File) bool {
	if !MayBe(f.Size) {
		return false
	}
	list, err := elf.Sections(f, f.Size)
	if err != nil {
		return false
	}
	for _, s := range list {
		if s.Name == ".go.buildinfo" && s.Size <= maxBuildInfo {
			data, err := elf.Read(f, f.Size, s.Off, s.Size)
			return err == nil && names(data)
		}
	}
	return false
}

// names reports whether build information is that of the command: by its path, or
// by none if it was built from a list of files. Other programs of the module, such
// as its tests, are not electroscope.
func names(info []byte) bool {
	if !bytes.Contains(info, []byte("\nmod\telectroscope\t")) {
		return false
	}
	for _, path := range []string{"electroscope/cmd/electroscope", "command-line-arguments"} {
		if bytes.Contains(info, []byte("path\t"+path)) {
			return true
		}
	}
	return false
}

// IsName reports whether a path ends in the tool's own name. Nixpkgs' makeWrapper
// calls the program behind its wrapper ".electroscope-wrapped".
func IsName(path string) bool {
	switch filepath.Base(path) {
	case "electroscope", ".electroscope-wrapped":
		return true
	}
	return false
}

// IsTool reports whether a program that was called by that name is the tool: as a
// package manager or a build may spell it, electroscope-1.2 too.
func IsTool(name string) bool {
	return strings.HasPrefix(strings.TrimPrefix(name, "."), "electroscope")
}

// IsLink reports whether a symbolic link leads to electroscope, or to a wrapper of
// that name, or to the name of one that is not there any more.
func IsLink(link string) bool {
	to, err := os.Readlink(link)
	if err != nil {
		return false
	}
	if full, err := filepath.EvalSymlinks(link); err == nil {
		return IsName(full) || Is(full)
	}
	return IsName(to)
}
