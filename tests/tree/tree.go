// Package tree makes files for the tests: scripts, links, ELF files.
package tree

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"electroscope/launcher/elf"
)

// Make makes files under a new folder and returns its path, which stands for
// every {} in names of links and in scripts. What a file is, its text says:
//
//	"-> PATH"     a symbolic link      "= NAME"  a hard link to NAME of the tree
//	"ELF LITERAL" an ELF file          "dir"     a folder
//	"SELF"        a build of electroscope, for who reads what Go writes into one
//	"0644 TEXT"   a file of that mode  TEXT      an executable file
//
// Hard links are made last, everything else in no order.
func Make(t testing.TB, files map[string]string) (root string) {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	check(t, err)
	for _, hard := range []bool{false, true} {
		for name, text := range files {
			if strings.HasPrefix(text, "= ") == hard {
				plant(t, root, name, strings.ReplaceAll(text, "{}", root))
			}
		}
	}
	return root
}

func plant(t testing.TB, root, name, text string) {
	t.Helper()
	path := filepath.Join(root, name)
	check(t, os.MkdirAll(filepath.Dir(path), 0o755))
	kind, rest, _ := strings.Cut(text, " ")
	switch kind {
	case "->":
		check(t, os.Symlink(rest, path))
	case "=":
		check(t, os.Link(filepath.Join(root, rest), path))
	case "ELF":
		check(t, os.WriteFile(path, ELF([]byte("\x00"+rest+"\x00")), 0o755))
	case "SELF":
		info := "\npath\telectroscope/cmd/electroscope\nmod\telectroscope\t(devel)\t\n"
		check(t, os.WriteFile(path, elfFile(".go.buildinfo", []byte(info)), 0o755))
	case "dir":
		check(t, os.Mkdir(path, 0o755))
	case "0644":
		check(t, os.WriteFile(path, []byte(rest), 0o644))
	default:
		check(t, os.WriteFile(path, []byte(text), 0o755))
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ELF is a 64-bit little-endian ELF file of nothing but read-only data.
func ELF(rodata []byte) []byte { return elfFile(".rodata", rodata) }

// elfFile is an ELF file with one section, as elf(5): header, the section, .shstrtab,
// section headers.
func elfFile(section string, data []byte) []byte {
	names := "\x00" + section + "\x00.shstrtab\x00"
	le := binary.LittleEndian
	out := make([]byte, 64)
	copy(out, elf.Magic+"\x02\x01\x01")
	dataAt := len(out)
	out = append(out, data...)
	namesAt := len(out)
	out = append(out, names...)
	tableAt := len(out)
	le.PutUint64(out[0x28:], uint64(tableAt))
	le.PutUint16(out[0x3a:], 64)
	le.PutUint16(out[0x3c:], 3)
	le.PutUint16(out[0x3e:], 2)
	header := func(name, kind uint32, off, size int) {
		h := make([]byte, 64)
		le.PutUint32(h, name)
		le.PutUint32(h[4:], kind)
		le.PutUint64(h[0x18:], uint64(off))
		le.PutUint64(h[0x20:], uint64(size))
		out = append(out, h...)
	}
	header(0, 0, 0, 0)
	header(1, 1, dataAt, len(data))
	header(uint32(len(section)+2), 3, namesAt, len(names))
	return out
}

// Relative makes paths of the tree readable again: {}/bin/x.
func Relative(root string, paths []string) []string {
	out := slices.Clone(paths)
	for i := range out {
		out[i] = strings.ReplaceAll(out[i], root, "{}")
	}
	return out
}

// section begins a file of one that [Sections] takes apart.
var section = regexp.MustCompile(`(?m)^-- (.+) --\n`)

// Sections takes the text of a file apart that is in the form of txtar: its files by name.
func Sections(text string) map[string]string {
	files := map[string]string{}
	at := section.FindAllStringSubmatchIndex(text, -1)
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		files[text[m[2]:m[3]]] = text[m[1]:end]
	}
	return files
}
