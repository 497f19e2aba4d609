package wrapper

import (
	"bytes"
	"strings"

	"electroscope/launcher/elf"
	"electroscope/launcher/regular"
)

// maxBinaryWrapper is the size below which an ELF file may be a wrapper; they
// have about 16 KiB, an engine has more than 100 MiB.
const maxBinaryWrapper = 1 << 20

// readBinaryWrapper reads the command line that nixpkgs' makeBinaryWrapper
// leaves in its wrappers, for people to find with strings(1):
//
//	makeCWrapper '/nix/store/...-electron/libexec/electron/electron' \
//	    --inherit-argv0 \
//	    --add-flags '--foo --bar'
//
// as pkgs/build-support/setup-hooks/make-binary-wrapper writes it (docstring).
// ok is false for any other ELF file.
func readBinaryWrapper(f *regular.File) (h hop, ok bool) {
	if f.Size > maxBinaryWrapper {
		return hop{}, false
	}
	list, err := elf.Sections(f, f.Size)
	if err != nil {
		return hop{}, false
	}
	for _, s := range elf.ReadOnlyData(list) {
		if s.Size > maxBinaryWrapper {
			continue
		}
		data, err := elf.Read(f, f.Size, s.Off, s.Size)
		if err != nil {
			continue
		}
		if _, line, found := bytes.Cut(data, []byte("\nmakeCWrapper ")); found {
			line, _, _ = bytes.Cut(line, []byte{0})
			line, _, _ = bytes.Cut(line, []byte("\n\n"))
			return binaryWrapperHop(string(line))
		}
	}
	return hop{}, false
}

func binaryWrapperHop(line string) (h hop, ok bool) {
	cmds := parse("makeCWrapper " + line).commands
	if len(cmds) == 0 || len(cmds[0].words) < 2 {
		return hop{}, false
	}
	sh := shell{state: state{vars: newVariables()}}
	var words []string
	for _, raw := range cmds[0].words[1:] {
		words = append(words, strings.Join(sh.expand(raw).alts, ""))
	}
	h = hop{next: words[0], execs: true}
	for i := 1; i+1 < len(words); i++ {
		switch words[i] {
		case "--add-flags":
			h.before.Known = append(h.before.Known, strings.Fields(words[i+1])...)
		case "--add-flag":
			h.before.Known = append(h.before.Known, words[i+1])
		case "--append-flags":
			h.after.Known = append(h.after.Known, strings.Fields(words[i+1])...)
		case "--append-flag":
			h.after.Known = append(h.after.Known, words[i+1])
		case "--unset":
			h.drops.add(words[i+1])
		case "--set", "--set-default":
			h.node = h.node || words[i+1] == "ELECTRON_RUN_AS_NODE"
		}
	}
	return h, h.next != ""
}
