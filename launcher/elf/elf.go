// Package elf reads the sections of ELF files: elf(5).
package elf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds on what a file may make us allocate. Chromium 156 has 38 sections and
// 413 bytes of names.
const (
	maxSections     = 4096
	maxSectionNames = 256 << 10
)

// Magic is what an ELF file begins with.
const Magic = "\x7fELF"

// ErrNot says that a file is not an ELF file.
var ErrNot = errors.New("not an ELF file")

// A Section is a named Read of an ELF file.
type Section struct {
	Name      string
	Off, Size int64
}

// Sections lists the sections of a 64-bit little-endian ELF file that have
// bytes in the file, as elf(5) lays them out. debug/elf is not used: it brings
// DWARF and compression into the launcher, and reads more than the names.
func Sections(r io.ReaderAt, fileSize int64) ([]Section, error) {
	var head [64]byte
	if _, err := r.ReadAt(head[:], 0); err != nil && err != io.EOF {
		return nil, err
	}
	le := binary.LittleEndian
	if string(head[:4]) != Magic {
		return nil, ErrNot
	}
	if head[4] != 2 || head[5] != 1 {
		return nil, errors.New("not a 64-bit little-endian ELF file")
	}
	tableOff := int64(le.Uint64(head[0x28:]))
	entry, count, names := int(le.Uint16(head[0x3a:])), int(le.Uint16(head[0x3c:])), int(le.Uint16(head[0x3e:]))
	switch {
	case tableOff == 0 || count == 0:
		return nil, errors.New("the ELF file has no sections")
	case entry != 64:
		return nil, fmt.Errorf("section headers of %d bytes, want 64", entry)
	case count > maxSections:
		return nil, fmt.Errorf("%d sections, at most %d are read", count, maxSections)
	case names >= count:
		return nil, fmt.Errorf("section names in section %d of %d", names, count)
	}
	table, err := Read(r, fileSize, tableOff, int64(count*entry))
	if err != nil {
		return nil, fmt.Errorf("section headers: %w", err)
	}
	field := func(i, at int) int64 { return int64(le.Uint64(table[i*entry+at:])) }
	nameSize := field(names, 0x20)
	if nameSize > maxSectionNames {
		return nil, fmt.Errorf("section names of %d bytes, at most %d are read", nameSize, maxSectionNames)
	}
	text, err := Read(r, fileSize, field(names, 0x18), nameSize)
	if err != nil {
		return nil, fmt.Errorf("section names: %w", err)
	}
	const noBits = 8 // SHT_NOBITS: no bytes in the file
	var list []Section
	for i := range count {
		at := int64(le.Uint32(table[i*entry:]))
		if at >= int64(len(text)) || le.Uint32(table[i*entry+4:]) == noBits {
			continue
		}
		name, _, _ := bytes.Cut(text[at:], []byte{0})
		list = append(list, Section{string(name), field(i, 0x18), field(i, 0x20)})
	}
	return list, nil
}

// ReadOnlyData picks the sections that hold literals: .rodata, and what a
// linker script may have left apart from it (.rodata.str1.1).
func ReadOnlyData(list []Section) []Section {
	var data []Section
	for _, s := range list {
		if s.Name == ".rodata" || strings.HasPrefix(s.Name, ".rodata.") {
			data = append(data, s)
		}
	}
	return data
}

// Within reports whether [off, off+size) lies in a file of fileSize bytes.
func Within(fileSize, off, size int64) bool {
	return off >= 0 && size >= 0 && off <= fileSize && size <= fileSize-off
}

// Read reads [off, off+size), after making sure that the file has it: the
// caller bounds size, the file bounds it again.
func Read(r io.ReaderAt, fileSize, off, size int64) ([]byte, error) {
	if !Within(fileSize, off, size) {
		return nil, fmt.Errorf("%d bytes at %d in a file of %d", size, off, fileSize)
	}
	b := make([]byte, size)
	if n, err := r.ReadAt(b, off); n < len(b) {
		return nil, fmt.Errorf("%d bytes at %d: %w", size, off, err)
	}
	return b, nil
}
