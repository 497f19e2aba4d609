package wrapper

import (
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/runner"
)

// call is a command that may start a program, without what stands before the
// program's name: exec, env, nice and their like.
type call struct {
	words  []value // program, arguments
	exec   bool    // said exec
	stays  bool    // what stands before the program hands its PID on
	named  bool    // exec -a
	argv0  value   // its name
	node   bool    // ELECTRON_RUN_AS_NODE is set
	path   string  // PATH=path stands before it
	unsure bool    // what stands before the program may be something else
	varies bool    // it, or the program, comes from a variable
	drops  drops   // variables that the command does not get
}

// call expands a command and strips it to the program.
func (r *reader) call(c command) call {
	out := call{stays: true}
	if v, ok := r.state.assigned("ELECTRON_RUN_AS_NODE"); ok {
		out.node = !slices.Contains(v.alts, "")
	}
	for _, raw := range c.assigns {
		out.note(raw)
		if name, word, _ := assignment(raw); name == "PATH" {
			v := r.expand(word)
			out.path = strings.Join(v.split(), "")
			out.unsure = out.unsure || v.doubtful()
		}
	}
	if len(c.words) > 1 && c.words[0] == "command" && strings.HasPrefix(strings.ToLower(c.words[1]), "-v") {
		return out // only asks
	}
	out.words = make([]value, 0, len(c.words))
	for _, raw := range c.words {
		n := len(out.words)
		out.words = r.expand(raw).appendWords(out.words, r.files)
		for i := range out.words[n:] {
			out.words[n+i].varies = strings.ContainsAny(raw, "$`")
		}
	}
	for len(out.words) > 0 && len(out.words[0].alts) > 0 {
		run, ok := r.runner(filepath.Base(out.words[0].alts[0]))
		if !ok {
			break
		}
		out.exec = out.exec || run.Name == "exec"
		out.stays = out.stays && run.Execs
		out.unsure = out.unsure || out.words[0].doubtful() || out.words[0].varies
		out.words = out.words[1:]
		out.skipOptions(run)
	}
	if len(out.words) > 0 {
		out.varies = out.varies || out.words[0].varies
	}
	return out
}

// doubtful reports whether it is not sure what a value stands for.
func (v value) doubtful() bool { return len(v.alts) != 1 || v.unsure || v.may || v.args || v.list }

func (c *call) note(assign string) {
	if name, word, _ := assignment(assign); name == "ELECTRON_RUN_AS_NODE" {
		c.node = word != "" && word != `""` && word != "''"
	}
}

// handsArgsOn says whether the script's own arguments are among the call's.
func (c call) handsArgsOn() bool {
	return slices.ContainsFunc(c.words, func(v value) bool { return v.args })
}

// program finds the file a call starts: of its alternatives the first that is
// there. A bare name is only looked up if the call can be the script's purpose
// or a loop, since each costs some stats.
func (r *reader) program(c call) (path string, f found) {
	if len(c.words) == 0 {
		return "", found{}
	}
	s := r.search()
	if c.path != "" {
		s.Path = c.path
	}
	for _, word := range c.words[0].alts {
		switch {
		case strings.Contains(word, "/"):
			word, _ = r.absoluteTo(word)
		case !c.exec && !c.handsArgsOn() && !slices.Contains(r.Links, word) && !isMaker(word):
			continue
		}
		if path, f := s.lookup(word); path != "" {
			return path, f
		}
	}
	return "", found{}
}

// start follows a command that is not built in.
func (r *reader) start(c command) {
	if r.aside(c) {
		r.paths.aside(c)
		return
	}
	call := r.call(c)
	r.drops.add(call.drops...)
	if len(call.words) == 0 {
		return
	}
	path, f := r.program(call)
	id := f.Inode
	becomes := call.exec && !c.forks
	if !becomes {
		r.paths.child(call)
	} else if !slices.Contains(r.seen, id) || call.unsure || !call.stays {
		r.paths.exec(c, call, id, r.pathUnsure(call))
	}
	isSelf := r.isSelf(path, f)
	if isSelf {
		r.comesBack(c, call)
	}
	// Behind "command exec" a shell goes on if there is no such program, and
	// bash does behind an exec whose redirection fails.
	r.ended = becomes && c.words[0] == "exec" && len(c.files) == 0
	r.mayEnd = r.mayEnd || becomes
	if len(call.words[0].alts) == 0 && !r.dry {
		r.blind = r.blind || call.exec
		r.unseen = r.unseen || call.exec || call.handsArgsOn()
	}
	switch {
	case path == "", isSelf, r.dry:
	case slices.Contains(r.seen, id):
		r.again = true
	default:
		r.take(c, call, path)
	}
}

// take takes the file at path for the program, unless a likelier one was seen.
func (r *reader) take(c command, call call, path string) {
	rank := call.rank()
	if own := makerAt(path, path, call.arguments()); own.Maker != "" {
		r.makers = append(r.makers, makerCall{own, rank, call.arguments()})
		r.blind = r.blind || call.exec
		if rank < r.rank {
			return
		}
		r.forget() // its arguments are not the program's
		r.rank = max(rank, r.rank)
		return
	}
	before, after := call.around()
	r.starts = append(r.starts, start{path, before, after, call.handsArgsOn()})
	if rank < r.rank || rank == lastCommand && r.maybe {
		return
	}
	r.rank = rank
	r.hop.next, r.hop.node = path, call.node
	r.hop.execs = call.exec && call.stays && !c.forks
	if around, ok := runner.Find(filepath.Base(path), r.Runners); ok && around.Sandbox {
		r.forget()
		r.rank = rank
	}
}

// pathUnsure reports whether it is not sure where a bare name is looked up.
func (r *reader) pathUnsure(c call) bool {
	v, set := r.state.assigned("PATH")
	return set && v.doubtful() && c.path == "" && !strings.Contains(strings.Join(c.words[0].alts, ""), "/")
}

// aside says of most commands of a script, before anything is expanded, that
// they neither start the program nor electroscope: grep, sed, mktemp.
func (r *reader) aside(c command) bool {
	name := c.words[0]
	_, runs := r.runner(name)
	return !runs && !strings.ContainsAny(name, "/$`\\'\"~") && !slices.Contains(r.Links, name) && !isMaker(name) &&
		!slices.ContainsFunc(c.words, func(raw string) bool { return strings.ContainsAny(raw, "$`") })
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

// arguments are the words behind the program as far as they are known.
func (c call) arguments() []string {
	var out []string
	for _, v := range c.words[min(1, len(c.words)):] {
		out = append(out, v.alts...)
	}
	return out
}

// comesBack follows a call of electroscope. It is a loop if the script is sure
// to end in it. If it may also end otherwise, the launch that it comes back to
// is left to see whether it does so for ever.
func (r *reader) comesBack(c command, call call) {
	r.paths.unclear = true
	switch {
	case r.pathUnsure(call), !r.callsAgain(call):
		r.blind = r.blind || call.exec
		r.hop.returns = true
	case !r.maybe && !r.mayEnd && (call.exec || call.handsArgsOn()):
		r.hop.loops = true
	default:
		r.hop.returns = true
	}
}

// callsAgain says whether a call of electroscope ends in this script again. By
// the name of a link it does if that is one of this app's. By its own name
// ("electroscope run /opt/x") it does if it is handed one of those.
func (r *reader) callsAgain(c call) bool {
	ours := func(s string) bool { return slices.Contains(r.Links, filepath.Base(s)) }
	if c.named {
		return len(c.argv0.alts) == 0 || slices.ContainsFunc(c.argv0.alts, ours)
	}
	if slices.ContainsFunc(c.words[0].alts, func(s string) bool { return filepath.Base(s) == "electroscope" }) {
		return slices.ContainsFunc(c.words[1:], func(v value) bool { return slices.ContainsFunc(v.alts, ours) })
	}
	return slices.ContainsFunc(c.words[0].alts, ours)
}
