package program

import (
	"bytes"

	"electroscope/launcher/elf"

	"electroscope/launcher/regular"
)

// maxBuildInfo bounds what is read of a Go program's build information.
const maxBuildInfo = 256 << 10

// IsText reports whether the file at path is something else than an ELF file.
func IsText(path string) bool {
	f, err := regular.Open(path, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	head := f.Head(int64(len(elf.Magic)))
	return len(head) > 0 && string(head) != elf.Magic
}

// IsElectroscope says whether the program at path is a build of electroscope:
// a copy elsewhere, which no comparison of inodes can tell. It looks for the
// main module in the section .go.buildinfo, as Go 1.18 and later write it
// (src/debug/buildinfo/buildinfo.go); that package itself would bring readers
// of four more file formats into the launcher.
func IsElectroscope(path string) bool {
	f, err := regular.Open(path, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	list, err := elf.Sections(f, f.Size)
	if err != nil {
		return false
	}
	for _, s := range list {
		if s.Name != ".go.buildinfo" || s.Size > maxBuildInfo {
			continue
		}
		data, err := elf.Read(f, f.Size, s.Off, s.Size)
		return err == nil && bytes.Contains(data, []byte("\nmod\telectroscope\t"))
	}
	return false
}
