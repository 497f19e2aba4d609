package wrapper

import (
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/elf"
	"electroscope/launcher/regular"
	"electroscope/launcher/runner"
	"electroscope/launcher/self"
)

// maxHops bounds the scripts of a chain. nixpkgs' longest has three: gApps
// wrapper, the app's own script, electron's wrapper.
const maxHops = 6

// Chain is the way from a path to the program it ends in.
type Chain struct {
	Scripts []string // the wrappers, first to last, as they are started
	Program string   // the ELF file, links resolved; "" if it cannot be seen

	// Execs says that every wrapper becomes the next by exec, on every path
	// through it that can start the program, so that the program has the PID
	// of the first. False as well if that cannot be seen. What the program
	// does is not in it: timeout(1) is a program too.
	Execs bool

	// Before and After are the words the wrappers add before and after the
	// user's own. Chromium takes the last of a repeated switch: the user's
	// beats Before, After beats the user's.
	Before, After Words

	// Deaf says that a wrapper keeps the words it is given to itself.
	Deaf bool

	Drops      []string // variables that a wrapper may take away, or AllVariables
	FlagsFiles []string // files whose words the wrappers take, or that are named *flags.conf; there or not
	RunAsNode  bool     // the program is started as Node (VS Code's command line)

	// Own is what takes the app out of the scope of its launch.
	Own OwnScope

	// Loop is the wrapper that can do no other than to call electroscope or an
	// earlier wrapper again, or the first file if it is electroscope itself; "" if
	// none is so.
	Loop string

	// Returns says that a wrapper on the way to Program was seen to call
	// electroscope again on some path through it.
	Returns bool
}

// Behind reads the wrappers at path: shell scripts, and the small ELF files of
// nixpkgs' makeBinaryWrapper. It never fails: what it cannot read ends the
// chain with Program "". At most six wrappers of 64 KiB are read. The candidates
// are names that links of ours may have too, unless s.Links says which have.
func Behind(path string, s Search, candidates ...string) Chain {
	if len(s.Links) == 0 {
		s.Links = []string{filepath.Base(path)}
		for _, name := range candidates {
			s.Links = append(s.Links, filepath.Base(name))
		}
	}
	var seen []regular.Inode
	var children []string // words of what the scripts run beside the next
	c := Chain{Execs: true}
	for range maxHops + 1 {
		f, err := regular.Open(path, 0)
		if err != nil {
			break
		}
		if n := len(c.Scripts); n > 0 && (s.Self.Has(f.Inode()) || slices.Contains(seen, f.Inode())) {
			c.Loop = c.Scripts[n-1]
			f.Close()
			break
		}
		seen = append(seen, f.Inode())
		h, end := c.read(f, path, s, seen)
		f.Close()
		if end && c.Program != "" {
			c.Execs = c.Execs && !named(children, c.Program)
			return c
		}
		children = append(children, h.children...)
		if end || len(c.Scripts) == maxHops {
			break
		}
		if path = c.add(path, h); path == "" || c.Loop != "" {
			break
		}
	}
	c.Execs, c.Returns = false, false
	return c
}

// read tells what the open file at path does. end says that the chain ends
// here: in the program, or in something that is not understood.
func (c *Chain) read(f *regular.File, path string, s Search, seen []regular.Inode) (h hop, end bool) {
	var magic [len(elf.Magic)]byte
	f.ReadAt(magic[:], 0)
	if string(magic[:]) == elf.Magic {
		h, ok := readBinaryWrapper(f)
		switch {
		case ok:
		case self.IsFile(f): // another copy: this one is known by its inode
			c.Loop = append(slices.Clip(c.Scripts), path)[max(0, len(c.Scripts)-1)]
		default:
			c.Program = f.Resolved(path)
			c.leave(makerAt(path, c.Program, slices.Concat(c.Before.Known, s.Args, c.After.Known)))
		}
		return h, !ok
	}
	if string(magic[:2]) != "#!" || f.Size >= maxScript {
		return hop{}, true
	}
	content := string(f.Head(maxScript))
	interpreter := interpreterOf(content)
	if !runner.IsShell(interpreter) {
		if s.isSelf(s.lookup(interpreter)) {
			c.Loop = path
		}
		return hop{}, true
	}
	if own := makerAt(path, path, slices.Concat(c.Before.Known, s.Args, c.After.Known)); own.Maker != "" {
		c.leave(own) // app2unit is a script
		return hop{}, true
	}
	h = readScript(path, content, s, seen)
	if h.loops {
		c.Loop = path
	}
	h.execs = h.execs && readsAll(interpreter)
	return h, false
}

// leave notes what takes the app out of its scope: the outermost does, and it
// only may if an outer wrapper only may start it.
func (c *Chain) leave(own OwnScope) {
	if own.Maker != "" && (c.Own.Maker == "" || c.Own.May && !own.May) {
		c.Own = own
	}
}

// add puts one wrapper into the chain and returns where it leads. The words of
// an inner wrapper stand around those of the outer one.
func (c *Chain) add(path string, h hop) (next string) {
	c.Scripts = append(c.Scripts, path)
	c.Execs = c.Execs && h.execs
	c.RunAsNode = c.RunAsNode || h.node
	c.Returns = c.Returns || h.returns
	c.leave(h.own)
	c.Drops = append(c.Drops, h.drops...)
	if h.deaf {
		c.Before, c.After, c.Deaf = Words{}, Words{}, true
	}
	c.Before = h.before.around(c.Before)
	c.After = c.After.around(h.after)
	c.FlagsFiles = once(slices.Concat(c.FlagsFiles, h.before.Files, h.after.Files, h.flagsFiles))
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

// Interpreter is the file that interprets the script at path; "" if it is no
// script, or has none that is there.
func Interpreter(path string, s Search) string {
	f, err := regular.Open(path, 0)
	if err != nil {
		return ""
	}
	defer f.Close()
	head := string(f.Head(maxFirstLine))
	if !strings.HasPrefix(head, "#!") {
		head = "#!/bin/sh\n" // what execvp(3) and every shell do
	}
	interpreter, _ := s.lookup(interpreterOf(head))
	return interpreter
}

// maxFirstLine is what the kernel reads of a script (BINPRM_BUF_SIZE).
const maxFirstLine = 256

// readsAll reports whether a shell's language holds no more than we know: zsh
// and ksh have constructs of their own.
func readsAll(interpreter string) bool {
	switch filepath.Base(interpreter) {
	case "sh", "bash", "dash", "ash":
		return true
	}
	return false
}
