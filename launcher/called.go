package launcher

import (
	"encoding/binary"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"electroscope/launcher/plan"
	"electroscope/launcher/program"
	"electroscope/launcher/regular"
)

// A link says which app is meant by its name, which usually is argv[0]. But who
// calls may set argv[0] (exec -a, makeWrapper, a login shell's "-name", nothing at
// all), and the catalogue that knows the name may be elsewhere (another HOME, an
// apps.toml that an editor is just writing). The app runs all the same.

// CalledAs is the name that argv[0] gives this process: its last element, without
// the hyphen of a login shell; that of the executed file if it gives none.
func CalledAs(argv []string) string {
	if len(argv) > 0 {
		if name := nameIn(argv[0]); name != "" {
			return name
		}
	}
	return nameIn(executedFile("/proc"))
}

// nameIn is the name that a path ends in; empty if it has none.
func nameIn(file string) string {
	name := strings.TrimPrefix(path.Base(file), "-")
	if name == "." || name == "/" {
		return ""
	}
	return name
}

// resolveUnknown serves a name that no app answers to: as the app of a name by which
// this process was executed, or else with the defaults: as the program of the front that
// it was called through, or the one of these names that is next on PATH.
func resolveUnknown(w Process, r Request, s *resolved) error {
	names := linkNames(executedFile(w.Proc), r.Name)
	for _, name := range names {
		if settings, diagnostics, known := r.Layers.App(name); known {
			return resolveApp(w, r, settings, diagnostics, s)
		}
	}
	if w.program().InStore() {
		for _, app := range fronted(w) {
			if resolveCommand(w, Request{Command: app, Args: r.Args, Layers: r.Layers}, s) == nil {
				return nil
			}
		}
	}
	for _, name := range names {
		if resolveCommand(w, Request{Command: name, Args: r.Args, Layers: r.Layers}, s) != nil {
			continue
		}
		s.facts.Notes = append(s.facts.Notes, plan.Note{Failure: true, Without: "limits of its own", Text: (&UnknownName{name}).Error()})
		return nil
	}
	*s = resolved{}
	return &UnknownName{Name: r.Name}
}

// fronted is the app's program, if this process was called through a front (package
// program), else nothing. It is for electroscope in Nix's store, where fronts lead, so
// that no other launch looks.
func fronted(w Process) []string {
	if app := program.Fronted(executedFile(w.Proc)); app != "" {
		return []string{app}
	}
	return nil
}

// linkNames are the name of the executed file, those of the links that it leads
// through to ours (x-www-browser of update-alternatives(1), a link to our link), and
// the name that was called.
func linkNames(file, called string) []string {
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	add(nameIn(file))
	for link := range program.Links(file) { // not the program itself
		add(nameIn(link))
	}
	add(called)
	return names
}

// executedFile is the path that execve(2) was given: AT_EXECFN, getauxval(3). That of
// a descriptor (fexecve(3)) is the file behind it. Empty if it is not known.
func executedFile(proc string) string {
	auxv, err := regular.Read(proc+"/self/auxv", 4096)
	address, ok := execFn(auxv)
	if err != nil || !ok {
		return ""
	}
	memory, err := regular.Open(proc+"/self/mem", 0)
	if err != nil {
		return ""
	}
	defer memory.Close()
	text := make([]byte, 4096) // PATH_MAX
	n, _ := memory.ReadAt(text, int64(address))
	file, _, _ := strings.Cut(string(text[:n]), "\x00")
	if dir := path.Dir(file); dir == "/dev/fd" || strings.HasPrefix(dir, "/proc/") {
		if real, err := os.Readlink(file); err == nil {
			return real
		}
	}
	return file
}

// execFn finds the address of AT_EXECFN in an auxiliary vector: pairs of words, of a
// type and a value.
func execFn(auxv []byte) (address uint64, ok bool) {
	const atExecFn = 31 // <linux/auxvec.h>
	for pair := range slices.Chunk(auxv, strconv.IntSize/4) {
		if len(pair) < strconv.IntSize/4 {
			break
		}
		if word(pair) == atExecFn {
			return word(pair[strconv.IntSize/8:]), true
		}
	}
	return 0, false
}

func word(b []byte) uint64 {
	if strconv.IntSize == 32 {
		return uint64(binary.NativeEndian.Uint32(b))
	}
	return binary.NativeEndian.Uint64(b)
}
