package target

import (
	"path/filepath"
	"slices"
	"strings"
)

// maxHops bounds the scripts of a chain. nixpkgs' longest has three: gApps
// wrapper, the app's own script, electron's wrapper.
const maxHops = 6

// Chain is the way from a path to the program it ends in.
type Chain struct {
	Scripts []string // the wrappers, first to last, as they are started
	Program string   // the ELF file, links resolved; "" if it cannot be seen

	// Execs says that every wrapper becomes the next by exec, so that the
	// program has the PID of the first. False as well if that cannot be seen.
	Execs bool

	// Before and After are the words the wrappers add before and after the
	// user's own. Chromium takes the last of a repeated switch: the user's
	// beats Before, After beats the user's.
	Before, After []string

	FlagsFiles []string // files named *flags.conf that the wrappers read, there or not
	RunAsNode  bool     // the program is started as Node (VS Code's command line)

	// Loop is the wrapper that calls electroscope or an earlier wrapper again;
	// "" if none does.
	Loop string
}

// Behind reads the wrappers at path: shell scripts, and the small ELF files of
// nixpkgs' makeBinaryWrapper. It never fails: what it cannot read ends the
// chain with Program "". At most six wrappers of 64 KiB are read.
func Behind(path string, s Search) Chain {
	return behind(path, s, nil)
}

func behind(path string, s Search, names []string) Chain {
	names = append(slices.Clone(names), filepath.Base(path))
	var seen []inode
	c := Chain{Execs: true}
	for range maxHops + 1 {
		f, err := openRegular(path, 0)
		if err != nil {
			break
		}
		if n := len(c.Scripts); n > 0 && (s.isSelf(f.inode()) || slices.Contains(seen, f.inode())) {
			c.Loop = c.Scripts[n-1]
			f.Close()
			break
		}
		seen = append(seen, f.inode())
		h, end := c.read(f, path, s, names, seen)
		f.Close()
		if end && c.Program != "" {
			return c
		}
		if end || len(c.Scripts) == maxHops {
			break
		}
		if path = c.add(path, h); path == "" || c.Loop != "" {
			break
		}
	}
	c.Execs = false
	return c
}

// read tells what the open file at path does. end says that the chain ends
// here: in the program, or in something that is not understood.
func (c *Chain) read(f *regular, path string, s Search, names []string, seen []inode) (h hop, end bool) {
	var magic [len(elfMagic)]byte
	f.ReadAt(magic[:], 0)
	if string(magic[:]) == elfMagic {
		h, ok := readBinaryWrapper(f)
		if !ok {
			c.Program = f.resolved(path)
		}
		return h, !ok
	}
	if string(magic[:2]) != "#!" || f.Size >= maxScript {
		return hop{}, true
	}
	content := string(f.head(maxScript))
	interpreter := interpreterOf(content)
	if !isShell(interpreter) {
		if _, id := s.lookup(interpreter); s.isSelf(id) {
			c.Loop = path
		}
		return hop{}, true
	}
	h = readScript(path, content, s, names, seen)
	if h.loops {
		c.Loop = path
	}
	return h, false
}

// add puts one wrapper into the chain and returns where it leads. The words of
// an inner wrapper stand around those of the outer one.
func (c *Chain) add(path string, h hop) (next string) {
	c.Scripts = append(c.Scripts, path)
	c.Execs = c.Execs && h.execs
	c.RunAsNode = c.RunAsNode || h.node
	c.Before = append(slices.Clip(h.before), c.Before...)
	c.After = append(c.After, h.after...)
	c.FlagsFiles = append(c.FlagsFiles, h.flagsFiles...)
	return h.next
}

// interpreterOf is the program that the kernel starts for a script, or the one
// env(1) starts for it (execve(2)).
func interpreterOf(content string) string {
	line, _, _ := strings.Cut(content, "\n")
	for _, word := range strings.Fields(strings.TrimPrefix(line, "#!")) {
		if word != "-S" && filepath.Base(word) != "env" {
			return word
		}
	}
	return ""
}

// isShell says whether the interpreter is a shell whose language we read.
func isShell(interpreter string) bool {
	switch filepath.Base(interpreter) {
	case "sh", "bash", "dash", "ash", "ksh", "zsh":
		return true
	}
	return false
}
