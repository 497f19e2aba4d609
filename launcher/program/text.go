package program

import (
	"electroscope/launcher/elf"
	"electroscope/launcher/regular"
)

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
