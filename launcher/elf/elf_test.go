package elf_test

import (
	"bytes"
	debugelf "debug/elf"
	"slices"
	"testing"

	"electroscope/launcher/elf"
	"electroscope/tests/tree"
)

// FuzzSections: any file ends the reader, and what it finds by name is what debug/elf finds, if that
// takes the file at all.
func FuzzSections(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte(elf.Magic))
	f.Add(tree.ELF([]byte("\x00use-gl\x00")))
	f.Fuzz(func(t *testing.T, file []byte) {
		r, size := bytes.NewReader(file), int64(len(file))
		list, err := elf.Sections(r, size)
		if err != nil && list != nil {
			t.Errorf("%d sections and %v", len(list), err)
		}
		for _, s := range elf.ReadOnlyData(list) {
			if b, err := elf.Read(r, size, s.Off, min(s.Size, size)); err == nil && int64(len(b)) != min(s.Size, size) {
				t.Errorf("%d bytes of %+v", len(b), s)
			}
		}
		other, otherErr := debugelf.NewFile(r)
		if err != nil || otherErr != nil {
			return
		}
		defer other.Close()
		var theirs []elf.Section
		for _, s := range other.Sections {
			if s.Type != debugelf.SHT_NOBITS && s.Name != "" {
				theirs = append(theirs, elf.Section{Name: s.Name, Off: int64(s.Offset), Size: int64(s.FileSize)})
			}
		}
		if len(theirs) == 0 {
			return // it reads no names out of a table that has no bytes by its type, though the file has them
		}
		list = slices.DeleteFunc(list, func(s elf.Section) bool { return s.Name == "" })
		if len(theirs) != len(list) {
			t.Fatalf("%d sections, debug/elf finds %d", len(list), len(theirs))
		}
		for i := range list {
			if list[i] != theirs[i] {
				t.Errorf("section %d is %+v, debug/elf has %+v", i, list[i], theirs[i])
			}
		}
	})
}
