package wrapper

import (
	"slices"
	"strings"
)

// builtin follows a command of the shell's own, and reports whether it was one.
func (r *reader) builtin(c command) bool {
	r.status = unknown
	switch c.words[0] {
	case "export", "declare", "local", "readonly", "typeset", "unset", "read", "mapfile", "readarray":
		r.names(c)
	case "getopts", "printf":
		r.lost = r.lost || c.words[0] == "getopts" || len(c.words) > 1 && strings.HasPrefix(c.words[1], "-v") // they set variables
	case "cd":
		r.dir = r.operand(c).each(r.absoluteTo)
	case ".", "source":
		r.source(c)
	case "set":
		r.setArguments(c.words[1:])
	case "shift":
		r.shift()
	case "eval":
		r.eval(c)
	case ":", "true":
		for _, raw := range c.words[1:] {
			r.expand(raw) // : "${NAME:=value}"
		}
		r.status = yes
	case "false":
		r.status = no
	case "exit":
		r.mayEnd = r.mayEnd || r.maybe
		r.ended = true
	case "return":
		r.leave(r.returns)
	case "break":
		r.leave(r.breaks)
	case "continue":
		r.leave(r.continues)
	case "[[", "[", "test":
		r.status = r.condition(c)
		if strings.Contains(c.test+strings.Join(c.words, " "), "$") {
			r.status = r.decided(r.status)
		}
	case "command", "which":
		return !r.asks(c)
	case "expr":
		r.status = r.expr(c)
	case "((", "echo", "type", "hash", "trap", "alias", "wait", "ulimit", "umask", "let", "shopt":
	default:
		return false
	}
	return true
}

// names follows the commands that name variables.
func (r *reader) names(c command) {
	switch c.words[0] {
	case "unset":
		r.unset(c)
		for _, name := range c.words[1:] {
			r.set(name, text(""))
		}
	case "read", "mapfile", "readarray":
		r.fill(c)
	default:
		r.declare(c)
	}
}

// asks follows command -v and its like; it reports false for them.
func (r *reader) asks(c command) bool {
	option := append(slices.Clone(c.words), "", "")[1]
	words := c.words[1:]
	switch {
	case c.words[0] == "command" && (option == "-v" || option == "-V"):
		words = words[1:]
	case c.words[0] == "command":
		return true
	}
	if len(words) != 1 {
		return false
	}
	name, ok := r.expand(words[0]).known()
	if !ok || len(r.bodies[name]) > 0 {
		return false
	}
	if path, _ := r.search().lookup(name); path != "" {
		r.status = yes
	} else if !quiet(name) && !specialBuiltin(name) && r.looks <= maxLooks { // it may be a builtin
		r.status = no
	}
	return false
}
