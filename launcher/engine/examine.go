package engine

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"electroscope/launcher/elf"
	"electroscope/launcher/regular"
)

// Knowledge is what a program's own bytes say about it.
type Knowledge struct {
	Engine
	Known []string // of the names asked for, those the program knows; sorted
}

// Knows says whether name was asked for and is known.
func (k Knowledge) Knows(name string) bool {
	_, ok := slices.BinarySearch(k.Known, name)
	return ok
}

// Examine reads the engine of an ELF program and which of names (switches
// without their dashes, features) it knows. It reads only read-only data, once
// whatever the number of names; for CEF that of libcef.so, which holds it all.
func Examine(program string, names []string) (Knowledge, error) {
	path, cef := EngineFile(program)
	f, err := regular.Open(path, 0)
	if err != nil {
		return Knowledge{}, fmt.Errorf("cannot examine %q: %w", program, err)
	}
	defer f.Close()
	k, err := examine(f, path, cef, sorted(names))
	if err != nil {
		return Knowledge{}, fmt.Errorf("cannot examine %q: %w", path, err)
	}
	return k, nil
}

// examine reads the open file at path. names are sorted. Nothing is known of
// what is packed into an AppImage.
func examine(f *regular.File, path string, cef bool, names []string) (Knowledge, error) {
	if isAppImage(f) {
		return Knowledge{Engine: Engine{AppImage: true}}, nil
	}
	found := newLiterals(names)
	if err := found.scan(f, f.Size); err != nil {
		return Knowledge{}, err
	}
	k := Knowledge{Engine: found.engine(path, cef)}
	for i, name := range names {
		if found.found[i] {
			k.Known = append(k.Known, name)
		}
	}
	return k, nil
}

// isAppImage reports whether a file is an AppImage: a runtime that mounts what is
// appended to it, packed, and starts the app in there. Of the app itself nothing
// can be seen in it. It has AI and its type at 8 (AppImageSpec, "Type 2 image
// format"), which some take out again, since it is no part of elf(5): then it is
// known by the file system behind its section headers, where the runtime looks for
// it (type2-runtime, runtime.c, appimage_get_elf_size).
func isAppImage(f *regular.File) bool {
	var head [64]byte
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return false
	}
	if head[8] == 'A' && head[9] == 'I' && (head[10] == 1 || head[10] == 2) {
		return true
	}
	le := binary.LittleEndian
	end := le.Uint64(head[0x28:]) + uint64(le.Uint16(head[0x3a:]))*uint64(le.Uint16(head[0x3c:]))
	if string(head[:4]) != elf.Magic || end < uint64(len(head)) || end > math.MaxInt64 {
		return false
	}
	var behind [6]byte
	_, err := f.ReadAt(behind[:], int64(end))
	return err == nil && (string(behind[:4]) == "hsqs" || string(behind[:]) == "DWARFS")
}

// sorted is the list of names in order, once each, without the empty one. A
// list that is so already is not copied: it is, on every launch.
func sorted(names []string) []string {
	inOrder := true
	for i, name := range names {
		inOrder = inOrder && name != "" && (i == 0 || names[i-1] < name)
	}
	if inOrder {
		return names
	}
	out := slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == "" })
	slices.Sort(out)
	return slices.Compact(out)
}
