package doctor

import (
	"encoding/binary"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"electroscope"
	"electroscope/desktop/install"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/chromium"
	"electroscope/launcher/plan"
)

// A recording is a machine as testdata/NAME.txtar has it: files by their paths below the root,
// and beside them
//
//	environ             NAME=VALUE lines
//	manager             the cgroup of the user's manager; or why it does not act, or is unknown
//	install             what electroscope install would change: STATE PATH lines
//	links, programs     symbolic links as "PATH -> TARGET", and files that may be executed
//	engines             programs with an Electron in them: PATH ELECTRON CHROMIUM
//	commands/LINE       what a command line prints; LINE ending in "!" fails
//
// The words in a /proc/PID/cmdline or environ stand on a line each.
// $ROOT is the folder that it is unpacked in, $UID whose it is.
type recording map[string]string

func record(t *testing.T, name string) recording {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	r := recording{}
	for _, f := range archive.Files {
		r[f.Name] = string(f.Data)
	}
	return r
}

// absent is the text of a file that is not there.
const absent = "absent"

// with is the recording with some files changed.
func (r recording) with(changes map[string]string) recording {
	changed := maps.Clone(r)
	for name, text := range changes {
		if text == absent {
			delete(changed, name)
		} else {
			changed[name] = text
		}
	}
	return changed
}

// unpack makes a machine of it.
func (r recording) unpack(t *testing.T) *Machine {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	programs := strings.Fields(r["programs"])
	for name, text := range r {
		if isFile(name) && !slices.Contains(programs, "/"+name) {
			put(t, root, name, text)
		}
	}
	for _, path := range programs {
		text, isScript := r[strings.TrimPrefix(path, "/")]
		if !isScript {
			text = "\x7fELF"
		}
		write(t, root+path, expand(root, text), 0o755)
	}
	for line := range strings.Lines(r["engines"]) {
		if f := strings.Fields(line); len(f) == 3 {
			write(t, root+f[0], fakeElectron(f[1], f[2]), 0o755)
		}
	}
	for line := range strings.Lines(expand(root, r["links"])) {
		if path, to, isLink := strings.Cut(strings.TrimSpace(line), " -> "); isLink {
			path = root + path
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(to, path); err != nil {
				t.Fatal(err)
			}
		}
	}
	return r.machine(root)
}

// isFile reports whether a name is that of a file of the machine.
func isFile(name string) bool {
	switch name {
	case "environ", "manager", "install", "links", "programs", "engines":
		return false
	}
	return !strings.HasPrefix(name, "commands/")
}

func expand(root, text string) string {
	return strings.NewReplacer("$ROOT", root, "$UID", strconv.Itoa(os.Getuid())).Replace(text)
}

// put writes one of the recording's files.
func put(t *testing.T, root, name, text string) {
	t.Helper()
	if strings.HasPrefix(name, "proc/") && (strings.HasSuffix(name, "/cmdline") || strings.HasSuffix(name, "/environ")) {
		text = strings.ReplaceAll(text, "\n", "\x00")
	}
	write(t, root+"/"+expand(root, name), expand(root, text), 0o644)
}

func write(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// machine is the one whose files are unpacked below root.
func (r recording) machine(root string) *Machine {
	commands := map[string]Output{}
	for name, text := range r {
		if line, isCommand := strings.CutPrefix(name, "commands/"); isCommand {
			line, failed := strings.CutSuffix(expand(root, line), "!")
			commands[line] = Output{Text: expand(root, text), Failed: failed}
		}
	}
	w := launcher.Process{
		Env: strings.Split(strings.TrimSpace(expand(root, r["environ"])), "\n"), Dir: root, PID: 4242, UID: os.Getuid(),
		Root: root, Proc: root + "/proc", Cgroup: root + "/sys/fs/cgroup",
	}
	return &Machine{
		Root: root, Process: w, Layers: catalog.ReadLayers(w.Getenv, electroscope.Apps),
		Command: func(words ...string) Output {
			if out, recorded := commands[strings.Join(words, " ")]; recorded {
				return out
			}
			return Output{Absent: true, Failed: true}
		},
		Manager: func() launcher.Delegation {
			return recordedManager(strings.TrimSpace(expand(root, r["manager"])), w.Cgroup)
		},
		MayFix:  true,
		Install: func(Install) (install.Plan, error) { return recordedInstall(expand(root, r["install"])), nil },
		MayUse: func(path string) bool {
			text, err := os.ReadFile(path)
			return err == nil && !strings.Contains(string(text), "denied")
		},
	}
}

// recordedManager is what a manager in that group has to hand on, or the reason for there being none.
func recordedManager(text, sys string) launcher.Delegation {
	if why, isUnknown := strings.CutPrefix(text, "unknown: "); isUnknown {
		return launcher.Delegation{Unknown: &plan.Note{Text: why}}
	}
	group := cgroup.Group(text)
	if !strings.HasPrefix(text, "/") {
		return launcher.Delegation{Nothing: &plan.Note{Text: text}}
	}
	controllers, err := group.Controllers(sys)
	if err != nil {
		return launcher.Delegation{Group: group, Unknown: &plan.Note{Text: err.Error()}}
	}
	return launcher.Delegation{Group: group, Controllers: controllers}
}

// recordedInstall reads lines of a state and a path.
func recordedInstall(text string) install.Plan {
	var p install.Plan
	for line := range strings.Lines(text) {
		state, path, _ := strings.Cut(strings.TrimSpace(line), " ")
		file := &install.File{Text: "[Desktop Entry]\n", Mode: 0o644}
		c := install.Change{Record: install.Record{Path: path, App: "discord"}}
		switch state {
		case "missing":
			c.To = file
		case "needless":
			c.Was = file
		case "outside":
			c.Source, c.Was, c.To = path, file, &install.File{Text: "[Desktop Entry]\nExec=discord\n", Mode: 0o644}
		case "failure":
			p.Notes = append(p.Notes, install.Note{Text: path, Failure: true})
			continue
		case "mentioned":
			p.Notes = append(p.Notes, install.Note{Text: path, Minor: true})
			continue
		}
		p.Changes = append(p.Changes, c)
	}
	return p
}

// fakeElectron is a 64-bit ELF file (elf(5)) of nothing but read-only data, with the literals of
// an Electron.
func fakeElectron(electron, chrome string) string {
	words := append(chromium.Names(), "Chrome/"+chrome+" Electron/"+electron)
	const names = "\x00.rodata\x00.shstrtab\x00"
	rodata := "\x00" + strings.Join(words, "\x00") + "\x00"
	le := binary.LittleEndian
	head := make([]byte, 64)
	copy(head, "\x7fELF\x02\x01\x01")
	le.PutUint64(head[0x28:], uint64(64+len(rodata)+len(names)))
	le.PutUint16(head[0x3a:], 64)
	le.PutUint16(head[0x3c:], 3)
	le.PutUint16(head[0x3e:], 2)
	file := string(head) + rodata + names
	for _, s := range []struct {
		name, kind uint32
		at, size   int
	}{{}, {1, 1, 64, len(rodata)}, {9, 3, 64 + len(rodata), len(names)}} {
		h := make([]byte, 64)
		le.PutUint32(h, s.name)
		le.PutUint32(h[4:], s.kind)
		le.PutUint64(h[0x18:], uint64(s.at))
		le.PutUint64(h[0x20:], uint64(s.size))
		file += string(h)
	}
	return file
}
