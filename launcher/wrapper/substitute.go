package wrapper

import (
	"path/filepath"
	"strings"
)

// substitute evaluates $(body) where it is one of the few commands by which
// scripts find their own place: dirname, basename, readlink, realpath, cd+pwd,
// command -v, which, echo.
func (sh *shell) substitute(body string) value {
	if sh.depth > maxNesting {
		return value{}
	}
	sh.depth++
	defer func() { sh.depth-- }()
	cmds := sh.parsed(body).commands
	if n := len(cmds); n > 1 && cmds[n-1].joint == '|' && len(cmds[n-1].words) > 0 && (cmds[n-1].words[0] == "true" || cmds[n-1].words[0] == ":") {
		cmds = cmds[:n-1] // grep ... || true
	}
	if len(cmds) == 0 {
		return value{}
	}
	if v := sh.filtered(cmds); len(v.alts) > 0 {
		return v
	}
	if cmds[0].forks {
		return value{}
	}
	if len(cmds) == 2 && len(cmds[0].words) == 0 && len(cmds[0].assigns) > 0 && len(cmds[1].words) > 0 {
		return sh.with(cmds[0].assigns, cmds[1]) // IFS=,; echo "${list[*]}"
	}
	if len(cmds[0].words) == 0 {
		return value{}
	}
	if len(cmds) == 2 && cmds[0].words[0] == "cd" && len(cmds[1].words) > 0 && cmds[1].words[0] == "pwd" {
		v := sh.operand(cmds[0])
		if len(cmds[1].words) == 1 {
			return v.each(sh.absoluteTo)
		}
		return v.each(sh.resolved)
	}
	v := sh.output(cmds[0])
	if len(v.alts) == 0 && len(cmds) == 2 && cmds[1].joint == '|' && len(cmds[1].words) > 0 {
		v = sh.output(cmds[1]) // readlink -f "$0" || echo "$0"
		v.unsure = true
	}
	return v
}

// with is what a command writes behind assignments.
func (sh *shell) with(assigns []string, c command) value {
	outer := sh.state
	sh.state = outer.copied()
	defer func() { sh.state = outer }()
	for _, raw := range assigns {
		name, word, _ := assignment(raw)
		if strings.HasSuffix(name, "+") || strings.HasPrefix(word, "(") {
			return value{}
		}
		v := sh.operandOf(word)
		sh.state.set(name, &v)
	}
	return sh.output(c)
}

// output is what one command writes.
func (sh *shell) output(c command) value {
	name, option := c.words[0], ""
	if len(c.words) > 1 {
		option = c.words[1]
	}
	v := sh.operand(c)
	switch {
	case name == "dirname":
		return v.each(func(s string) (string, bool) { return dirname(s), true })
	case name == "basename":
		return v.each(func(s string) (string, bool) { return filepath.Base(s), true })
	case name == "realpath", name == "readlink" && strings.HasPrefix(option, "-"):
		return v.each(sh.resolved)
	case name == "which", name == "command" && option == "-v":
		return v.each(func(s string) (string, bool) {
			path, _ := sh.search().lookup(s)
			return path, path != ""
		})
	case name == "echo" && len(c.words) == 2:
		return v
	}
	return value{}
}

// operand is the first word of a command that is no option.
func (sh *shell) operand(c command) value {
	for _, raw := range c.words[1:] {
		if !strings.HasPrefix(raw, "-") {
			return sh.operandOf(raw)
		}
	}
	return value{}
}

// absoluteTo puts path under the script's current folder.
func (sh *shell) absoluteTo(path string) (string, bool) {
	if filepath.IsAbs(path) {
		return path, true
	}
	if len(sh.dir.alts) == 0 {
		return "", false
	}
	return Search{Dir: sh.dir.alts[len(sh.dir.alts)-1]}.absolute(path), true
}

// resolved is readlink -f.
func (sh *shell) resolved(path string) (string, bool) {
	path, ok := sh.absoluteTo(path)
	if !ok || sh.looks > maxLooks {
		return "", false
	}
	sh.looks += 1 + strings.Count(path, "/")
	path, err := filepath.EvalSymlinks(path)
	return path, err == nil
}

// search is the Search of the script's own commands: by its PATH and folder.
func (sh *shell) search() Search {
	s := sh.Search
	if v, ok := sh.state.assigned("PATH"); ok && len(v.alts) > 0 {
		s.Path = v.alts[len(v.alts)-1]
	}
	s.looks = &sh.looks
	if n := len(sh.dir.alts); n > 0 {
		s.Dir = sh.dir.alts[n-1]
	}
	return s
}

// dirname is dirname(1). It keeps ".." as it is: "x/.." is not "." where x is
// a link, and these paths are for the kernel to walk.
func dirname(path string) string {
	trimmed := strings.TrimRight(path, "/")
	i := strings.LastIndexByte(trimmed, '/')
	switch {
	case trimmed == "" && path != "":
		return "/"
	case i < 0:
		return "."
	case strings.Trim(trimmed[:i], "/") == "":
		return "/"
	}
	return strings.TrimRight(trimmed[:i], "/")
}
