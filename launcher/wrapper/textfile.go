package wrapper

import (
	"path/filepath"
	"slices"
	"strings"
)

// maxFiles bounds the files whose words are followed.
const maxFiles = 16

// fileMark is the mark for the words of the file at path, or for unknown ones.
func (sh *shell) fileMark(path string) string {
	i := slices.Index(sh.files, path)
	if i < 0 {
		if i = len(sh.files); i == maxFiles {
			return unknownMark
		}
		sh.files = append(sh.files, path)
	}
	return fileMark + string(rune(firstFile+i))
}

// fileWords are the words of the file that a word names.
func (sh *shell) fileWords(v value) value {
	path, ok := v.known()
	if path, ok = sh.absoluteIf(path, ok); !ok {
		return value{}
	}
	mark := sh.fileMark(path)
	if mark == unknownMark {
		return value{}
	}
	return text(mark)
}

func (sh *shell) absoluteIf(path string, ok bool) (string, bool) {
	if !ok || path == "" {
		return "", false
	}
	path, ok = sh.absoluteTo(path)
	return filepath.Clean(path), ok
}

// filtered is what a pipeline of filters writes: the words of the file that the
// first of them reads, some of them perhaps left out. The file may be
// the last word of grep, sed and their like, or stand behind <.
func (sh *shell) filtered(cmds []command) value {
	for i, c := range cmds {
		if c.op != simple || len(c.words) > 0 && !isFilter(c.words[0]) {
			return value{}
		}
		if len(c.words) == 0 && (i > 0 || c.input == "") {
			return value{}
		}
	}
	first := cmds[0]
	switch {
	case strings.HasPrefix(first.input, "$("):
		return sh.substitute(first.input[2 : len(first.input)-1])
	case first.input != "":
		return sh.fileWords(sh.operandOf(first.input))
	case len(first.words) < 2 || first.words[0] == "tr":
		return value{}
	}
	last := first.words[len(first.words)-1]
	if len(first.words) > 2 && first.words[0] == "cat" && !strings.HasPrefix(first.words[1], "-") {
		return value{} // several files
	}
	return sh.fileWords(sh.operandOf(last))
}

func (sh *shell) operandOf(raw string) value {
	v := sh.expand(raw)
	v.fields = false
	return v
}

// isFilter reports whether a command writes what it reads, less or more.
func isFilter(name string) bool {
	switch name {
	case "cat", "grep", "sed", "tr":
		return true
	}
	return false
}

// fill follows the commands that read into variables: mapfile < file, and read
// in a loop that reads the file.
func (r *reader) fill(c command) {
	input := c.input
	if input == "" && c.words[0] == "read" {
		input = r.input
	}
	v := value{}
	switch {
	case strings.HasPrefix(input, "$("):
		v = r.substitute(input[2 : len(input)-1])
	case input != "":
		v = r.fileWords(r.operandOf(input))
	}
	if len(v.alts) != 1 || !strings.HasPrefix(v.alts[0], fileMark) || c.forks {
		v = value{}
	}
	named := false
	for i, name := range c.words[1:] {
		if nameLen(name) == len(name) && (c.words[0] == "read" || i == len(c.words)-2) {
			named = true
			r.fillOne(c.words[0], name, v)
		}
	}
	switch {
	case named:
	case c.words[0] == "read":
		r.fillOne("read", "REPLY", v)
	default:
		r.fillOne("mapfile", "MAPFILE", v)
	}
}

func (r *reader) fillOne(command, name string, v value) {
	if command != "read" && len(v.alts) > 0 {
		v = value{list: true, items: []value{v}}
	}
	r.set(name, v)
}
