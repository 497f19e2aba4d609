package target

import (
	"path/filepath"
	"slices"
	"strings"
)

// call is a command that may start a program, without what stands before the
// program's name: exec, env, nice and their like.
type call struct {
	words []value // program, arguments
	exec  bool    // said exec
	stays bool    // what stands before the program hands its PID on
	argv0 bool    // exec -a
	node  bool    // ELECTRON_RUN_AS_NODE is set
	path  string  // PATH=path stands before it
}

// call expands a command and strips it to the program.
func (r *reader) call(c command) call {
	out := call{stays: true}
	if v, ok := r.vars["ELECTRON_RUN_AS_NODE"]; ok {
		out.node = !slices.Contains(v.alts, "")
	}
	for _, raw := range c.assigns {
		out.note(raw)
		if name, word, _ := assignment(raw); name == "PATH" {
			out.path = strings.Join(r.expand(word).split(), "")
		}
	}
	if len(c.words) > 1 && c.words[0] == "command" && strings.HasPrefix(strings.ToLower(c.words[1]), "-v") {
		return out // only asks
	}
	for _, raw := range c.words {
		out.words = append(out.words, r.expand(raw).words()...)
	}
	for len(out.words) > 0 && len(out.words[0].alts) > 0 {
		name := filepath.Base(out.words[0].alts[0])
		runs, stays := runner(name)
		if !runs {
			break
		}
		out.exec = out.exec || name == "exec"
		out.stays = out.stays && stays
		out.words = out.words[1:]
		out.skipOptions(name)
	}
	return out
}

// runner says whether a command runs the command in its arguments, and whether
// that keeps its PID. Sandboxes are not here: what they start is out of sight.
func runner(name string) (runs, stays bool) {
	switch name {
	case "exec", "command", "env", "nohup", "nice", "ionice", "chrt", "taskset", "stdbuf",
		"gamemoderun", "prime-run", "sh", "bash", "dash":
		return true, true
	case "setsid", "dbus-run-session", "systemd-inhibit":
		return true, false
	}
	return false, false
}

// sandbox says that a program starts the real one where its path means nothing
// to us, or by a daemon.
func sandbox(name string) bool {
	switch name {
	case "bwrap", "firejail", "flatpak", "snap", "systemd-run", "electroscope":
		return true
	}
	return false
}

// skipOptions steps over a runner's options, numbers and NAME=value.
func (c *call) skipOptions(name string) {
	for len(c.words) > 0 && len(c.words[0].alts) > 0 {
		word := c.words[0].alts[0]
		_, _, assign := assignment(word)
		switch {
		case word == "-a" && name == "exec":
			c.argv0 = true
			fallthrough
		case word == "-u" && name == "env":
			c.words = c.words[min(2, len(c.words)):]
			continue
		case assign:
			c.note(word)
		case !strings.HasPrefix(word, "-") && !isNumber(word):
			return
		}
		c.words = c.words[1:]
	}
}

func (c *call) note(assign string) {
	if name, word, _ := assignment(assign); name == "ELECTRON_RUN_AS_NODE" {
		c.node = word != "" && word != `""` && word != "''"
	}
}

// handsArgsOn says whether the script's own arguments are among the call's.
func (c call) handsArgsOn() bool {
	return slices.ContainsFunc(c.words, func(v value) bool { return v.args })
}

// around gives the known arguments before and after the script's own.
func (c call) around() (before, after []string) {
	seen := false
	for _, v := range c.words[1:] {
		switch {
		case v.args:
			seen = true
		case seen:
			after = append(after, v.split()...)
		default:
			before = append(before, v.split()...)
		}
	}
	return before, after
}

// program finds the file a call starts: of its alternatives the first that is
// there. A bare name is only looked up if the call can be the script's purpose
// or a loop, since each costs some stats.
func (r *reader) program(c call) (path string, id inode) {
	if len(c.words) == 0 {
		return "", inode{}
	}
	s := r.search()
	if c.path != "" {
		s.Path = c.path
	}
	for _, word := range c.words[0].alts {
		switch {
		case strings.Contains(word, "/"):
			word, _ = r.absoluteTo(word)
		case !c.exec && !c.handsArgsOn() && !slices.Contains(r.names, word):
			continue
		}
		if path, id := s.lookup(word); path != "" {
			return path, id
		}
	}
	return "", inode{}
}

// start follows a command that is not built in.
func (r *reader) start(c command) {
	if r.aside(c) {
		return
	}
	call := r.call(c)
	if len(call.words) == 0 {
		return
	}
	r.ended = call.exec && !c.maybe && !c.forks
	r.blind = r.blind || call.exec && len(call.words[0].alts) == 0
	path, id := r.program(call)
	rank := call.rank()
	switch {
	case path == "":
		return
	case r.isSelf(id):
		r.hop.loops = r.hop.loops || r.callsAgain(call)
		return
	case slices.Contains(r.seen, id):
		r.again = true
		return
	case rank < r.rank || rank == lastCommand && c.maybe:
		return
	}
	r.rank = rank
	r.hop.next, r.hop.node = path, call.node
	r.hop.execs = call.exec && call.stays && !c.forks
	r.hop.before, r.hop.after = call.around()
	if sandbox(filepath.Base(path)) {
		r.forget() // its arguments are not the program's
		r.rank = rank
	}
}

// aside says of most commands of a script, before anything is expanded, that
// they neither start the program nor electroscope: grep, sed, mktemp.
func (r *reader) aside(c command) bool {
	name := c.words[0]
	runs, _ := runner(name)
	return !runs && !strings.ContainsAny(name, "/$`\\'\"~") && !slices.Contains(r.names, name) &&
		!slices.ContainsFunc(c.words, func(raw string) bool { return strings.Contains(raw, "$") })
}

// rank says how likely the call is the one the script is there for.
func (c call) rank() int {
	switch args := c.handsArgsOn(); {
	case c.exec && args:
		return execsWithArgs
	case c.exec:
		return execs
	case args:
		return handsArgsOn
	}
	return lastCommand
}

// callsAgain says whether a call of electroscope ends in this script again. By
// a link's name it does. By its own name ("electroscope run /opt/x") it does
// if it is handed one of our names.
func (r *reader) callsAgain(c call) bool {
	if c.argv0 || !slices.ContainsFunc(c.words[0].alts, func(s string) bool { return filepath.Base(s) == "electroscope" }) {
		return true
	}
	return slices.ContainsFunc(c.words[1:], func(v value) bool {
		return slices.ContainsFunc(v.alts, func(s string) bool { return slices.Contains(r.names, filepath.Base(s)) })
	})
}
