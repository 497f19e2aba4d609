package wrapper

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/regular"
)

// paths collects whether every path through a script that can start the program
// does so by exec. Which branch is taken is not known, so all commands count,
// wherever they stand. What cannot be told counts against it: the price of a
// wrong no is a variable in the environment, that of a wrong yes an app without
// limits.
type paths struct {
	unclear  bool
	files    []regular.Inode // that are exec'ed
	body     bool            // an exec stands in a function
	forked   []string        // what runs in a child, by its first word as written
	children []string        // words of commands that run in a child
}

// everyPathExecs draws the conclusion for the program that was found.
func (r *reader) everyPathExecs() bool {
	p := &r.paths
	if p.unclear || r.looks > maxLooks || len(p.files) == 0 {
		return false
	}
	for _, id := range p.files {
		if id != p.files[0] {
			return false // another program is a launcher, for all we know
		}
	}
	if p.body && slices.ContainsFunc(p.forked, r.mayBeFunction) {
		return false
	}
	if slices.ContainsFunc(r.functions, r.shadows) {
		return false
	}
	return !named(p.children, r.hop.next)
}

// mayBeFunction reports whether a command word may be one of the script's own
// functions.
func (r *reader) mayBeFunction(raw string) bool {
	return strings.ContainsAny(raw, "$`\\'\"") || slices.Contains(r.functions, raw)
}

// shadows reports whether a function takes the place of a command that is
// relied on here.
func (r *reader) shadows(function string) bool {
	_, runs := r.runner(function)
	return runs || specialBuiltin(function) || quiet(function)
}

// note takes in what a command says before it is followed.
func (p *paths) note(c command) {
	name := c.words[0]
	if c.forks {
		p.forked = append(p.forked, name)
	}
	switch name {
	case "eval", "alias":
		p.unclear = true
	case "shopt":
		p.unclear = p.unclear || strings.Contains(strings.Join(c.words, " "), "execfail")
	case "trap":
		p.children = append(p.children, c.words...)
	}
	for _, raw := range c.assigns {
		p.unclear = p.unclear || strings.HasPrefix(raw, "IFS=") && !specialBuiltin(name) && !quiet(name)
	}
}

// exec takes in a command that becomes the file with this id; the zero one was
// not found.
func (p *paths) exec(c command, call call, id regular.Inode, pathUnsure bool) {
	switch {
	case id == regular.Inode{}, pathUnsure, call.unsure, call.words[0].doubtful(), c.later && call.varies:
		p.unclear = true
	case !call.stays:
		p.unclear = true
	}
	p.files = append(p.files, id)
	p.body = p.body || c.body
}

// aside takes in a command of which nothing has to be expanded.
func (p *paths) aside(c command) {
	if !quiet(c.words[0]) {
		p.children = append(p.children, c.words...)
	}
}

// child takes in a command that runs beside the script.
func (p *paths) child(c call) {
	first := c.words[0]
	if len(first.alts) == 1 && quiet(first.alts[0]) && !first.unsure && !c.unsure {
		return
	}
	if first.doubtful() || c.unsure || c.handsArgsOn() || ofItsOwn(first.alts[0]) {
		p.unclear = true
		return
	}
	for _, v := range c.words {
		p.unclear = p.unclear || len(v.alts) == 0
		p.children = append(p.children, v.alts...)
	}
}

// ofItsOwn reports whether a command is named by a path that is not one of the
// system's folders: the app's own helper, which may start the app.
func ofItsOwn(name string) bool {
	switch filepath.Dir(name) {
	case ".", "/bin", "/usr/bin", "/sbin", "/usr/sbin":
		return strings.HasPrefix(name, "./")
	}
	return true
}

// named reports whether one of the words may stand for the file.
func named(words []string, file string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return names(word, file) })
}

// names reports whether a word, quoted or not, may stand for the file: by its
// name, by its path, by a pattern of either, or as a part of it.
func names(word, file string) bool {
	base := filepath.Base(file)
	if strings.ContainsAny(word, `"'`) {
		word = strings.ReplaceAll(strings.ReplaceAll(word, `"`, ""), "'", "")
	}
	if strings.Contains(word, base) {
		return true
	}
	if !strings.ContainsAny(word, `*?[{\`) {
		return false
	}
	matches, err := path.Match(filepath.Base(word), base)
	return matches || err != nil || strings.ContainsAny(word, `{\`)
}

// quiet reports whether a command runs no other, whatever its arguments.
func quiet(name string) bool {
	switch name {
	case "basename", "cat", "chmod", "chown", "cp", "cut", "date", "dirname", "echo", "expr", "false", "getopt", "grep", "egrep", "fgrep",
		"head", "id", "kill", "ln", "logger", "ls", "mkdir", "mktemp", "mv", "printf", "ps", "pwd", "readlink", "realpath", "rm", "rmdir",
		"sha256sum", "sleep", "stat", "tail", "tee", "test", "touch", "tr", "true", "type", "uname", "wc", "which", "whoami",
		"[", "[[", "cd", "hash", "read", "mapfile", "readarray", "let", "local", "declare", "typeset", "shopt", "umask", "ulimit",
		"wait", "for", "pidof", "pgrep", "notify-send", "xmessage", "zenity", "kdialog":
		return true
	}
	return false
}

// specialBuiltin reports whether a name is one of POSIX.1-2024, XCU 2.15.
func specialBuiltin(name string) bool {
	switch name {
	case "break", ":", "continue", ".", "eval", "exec", "exit", "export", "readonly", "return", "set", "shift", "times", "trap", "unset", "source":
		return true
	}
	return false
}
