package wrapper

import (
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/regular"
)

// Bounds on reading scripts.
const (
	maxScript  = 64 << 10 // bytes of one
	maxSourced = 16       // files one may source
	maxGlobs   = 4        // folders one may list
)

// How sure it is that a command is the one a script is there for. Among
// equals the later counts: wrappers prepare first and start last.
const (
	notSeen       = iota
	lastCommand   // the script's last, and it starts a program by its path
	handsArgsOn   // is given "$@"
	execs         // replaces the shell
	execsWithArgs // both
)

// hop is what one script does.
type hop struct {
	next          string // the file it starts; "" when it cannot be seen
	execs         bool   // by exec, on every path through it: same PID
	node          bool   // with ELECTRON_RUN_AS_NODE
	before, after []string
	flagsFiles    []string
	children      []string // words of the commands it runs beside it
	loops         bool     // starts electroscope, or a script of the chain, again
	returns       bool     // may do so
	own           OwnScope // what takes the program out of our scope
	drops         drops
}

// reader follows a script from its first command to its last.
type reader struct {
	shell
	seen      []regular.Inode // scripts of the chain
	hop       hop
	rank      int
	functions []string
	paths     paths // whether every path through the script execs
	makers    []makerCall
	drops     drops   // of all commands: forget does not take them back
	blind     bool    // an exec was seen, of something unknown
	again     bool    // a script of the chain was called
	mayEnd    bool    // an exit or exec was seen that may not be reached
	ended     bool    // by an exit or exec that is always reached
	around    command // what holds of a file that is sourced: that it is in a branch
	sourced   int
	globs     int
}

// readScript tells what the shell script at path, as it was started, does.
func readScript(path, content string, s Search, seen []regular.Inode) hop {
	r := &reader{seen: seen}
	r.shell = shell{Search: s, zero: path, dir: text(s.Dir), vars: map[string]value{}}
	r.read(parse(content))
	if r.blind && r.rank < execs {
		r.forget()
	}
	r.hop.loops = r.hop.loops || (r.again || r.hop.returns) && r.rank == notSeen && !r.blind && len(r.makers) == 0
	r.hop.own = r.ownScope()
	r.hop.execs = r.hop.execs && r.everyPathExecs()
	r.hop.children = r.paths.children
	r.hop.drops = r.drops
	return r.hop
}

// forget takes back what a command seemed to start.
func (r *reader) forget() {
	r.rank = notSeen
	r.hop = hop{flagsFiles: r.hop.flagsFiles, loops: r.hop.loops, returns: r.hop.returns}
}

// read follows the script, or a file that is sourced into it.
func (r *reader) read(s script) {
	r.functions = append(r.functions, s.functions...)
	r.paths.unclear = r.paths.unclear || s.unclear
	for _, c := range s.commands {
		if r.ended {
			return
		}
		c.maybe, c.forks = c.maybe || r.around.maybe, c.forks || r.around.forks
		c.later, c.body = c.later || r.around.later, c.body || r.around.body
		r.noteFlagsFiles(c)
		r.lookInside(c, 0)
		if len(c.words) == 0 {
			for _, raw := range c.assigns {
				r.assign(raw, c.maybe || c.forks)
			}
			continue
		}
		r.command(c)
	}
}

// command follows one command: what it does to the state, or what it starts.
func (r *reader) command(c command) {
	if r.rank == lastCommand && c.words[0] != "exit" {
		r.forget()
	}
	if specialBuiltin(c.words[0]) || slices.Contains(r.functions, c.words[0]) {
		for _, raw := range c.assigns { // stays set behind these (POSIX.1-2024, XCU 2.9.1)
			r.assign(raw, true)
		}
	}
	r.paths.note(c)
	maybe := c.maybe || c.forks
	switch c.words[0] {
	case "export", "declare", "local", "readonly", "typeset":
		for _, raw := range c.words[1:] {
			r.assign(raw, maybe)
		}
		r.unset(c)
	case "unset":
		r.unset(c)
		for _, name := range c.words[1:] {
			r.set(name, text(""), maybe)
		}
	case "read", "mapfile", "readarray", "getopts":
		for _, name := range c.words[1:] {
			r.set(name, value{}, false)
		}
	case "printf":
		if len(c.words) > 2 && strings.HasPrefix(c.words[1], "-v") {
			r.set(c.words[2], value{}, false)
			r.paths.unclear = r.paths.unclear || c.words[1] != "-v"
		}
	case "for", "select":
		r.loop(c)
	case "cd":
		r.cd(c)
	case ".", "source":
		r.source(c)
	case ":":
		for _, raw := range c.words[1:] {
			r.expand(raw) // : "${NAME:=value}"
		}
	case "exit", "return":
		r.ended = c.words[0] == "exit" && !maybe
		r.mayEnd = r.mayEnd || c.maybe
	case "[[", "[", "test", "echo", "set", "shift", "trap", "alias",
		"true", "false", "wait", "ulimit", "umask", "hash", "let", "shopt", "eval":
	default:
		r.start(c)
	}
}

// assign follows NAME=value, NAME+=value and NAME=(list).
func (r *reader) assign(raw string, maybe bool) {
	name, word, ok := assignment(raw)
	if !ok {
		return
	}
	bare, add := strings.CutSuffix(name, "+")
	list := strings.HasPrefix(word, "(")
	var v value
	if list {
		v = r.list(strings.TrimSuffix(word[1:], ")"))
	} else {
		v = r.expand(word)
	}
	switch old := r.variable(bare); {
	case !add || list && slices.Equal(old.alts, nothing):
	case list:
		v = old.concat(text(separator)).concat(v)
	default:
		v = old.concat(v)
	}
	r.set(bare, v, maybe)
}

// list is the value of an array's elements, as they stand between ( and ).
func (r *reader) list(body string) value {
	var out []string
	var v value
	for _, c := range parse(body).commands {
		for _, raw := range slices.Concat(c.assigns, c.words) {
			for _, word := range r.expand(raw).words() {
				v.args, v.unsure = v.args || word.args, v.unsure || word.unsure || len(word.alts) > 1
				switch {
				case word.args:
					out = append(out, argsMark)
				case len(word.alts) == 0:
					out = append(out, unknownMark)
				default:
					out = append(out, word.alts[len(word.alts)-1])
				}
			}
		}
	}
	v.alts = []string{strings.Join(out, separator)}
	return v
}

func (r *reader) set(name string, v value, maybe bool) {
	if old, ok := r.vars[name]; ok && maybe {
		v = old.or(v)
	}
	v.unsure = v.unsure || maybe
	v.fields, v.list = false, false
	r.vars[name] = v
}

// loop follows for NAME in WORDS: in its body NAME may be any of them.
func (r *reader) loop(c command) {
	if len(c.words) < 4 || c.words[2] != "in" {
		return
	}
	var items []string
	for _, raw := range c.words[3:] {
		v := r.expand(raw)
		for _, item := range v.split() {
			if dir, last := filepath.Split(item); strings.Contains(last, "*") && !strings.ContainsAny(dir, "*?[") {
				if r.globs++; r.globs <= maxGlobs {
					found, _ := filepath.Glob(item)
					items = append(items, found...)
				}
				continue
			}
			items = append(items, item)
		}
	}
	r.paths.unclear = r.paths.unclear || len(items) > maxSourced || r.globs > maxGlobs
	v := text(items[:min(len(items), maxSourced)]...)
	v.unsure = len(items) > 1
	r.vars[c.words[1]] = v
}

func (r *reader) cd(c command) {
	v := r.operand(c).each(r.absoluteTo)
	if c.forks {
		return
	}
	if c.maybe {
		v = r.dir.or(v)
	}
	r.dir = v
}

// source follows the files that are read into the script.
func (r *reader) source(c command) {
	outer := r.around
	v := r.operand(c)
	r.paths.unclear = r.paths.unclear || len(v.alts) == 0
	for _, path := range v.alts {
		path, ok := r.absoluteTo(path)
		if !ok || r.sourced == maxSourced {
			r.paths.unclear = true
			continue
		}
		r.sourced++
		r.around = command{maybe: c.maybe, forks: c.forks, later: c.later, body: c.body}
		r.read(parse(readSourced(path)))
	}
	r.around = outer
}

// noteFlagsFiles keeps the paths a script mentions that end in flags.conf.
func (r *reader) noteFlagsFiles(c command) {
	for _, raws := range [][]string{c.assigns, c.words, c.files} {
		for _, raw := range raws {
			if !strings.Contains(raw, "flags.conf") {
				continue
			}
			if _, word, ok := assignment(raw); ok {
				raw = word
			}
			for _, path := range r.expand(raw).alts {
				if strings.HasSuffix(path, "flags.conf") && filepath.IsAbs(path) && !slices.Contains(r.hop.flagsFiles, path) {
					r.hop.flagsFiles = append(r.hop.flagsFiles, path)
				}
			}
		}
	}
}

// readSourced reads a file that a script reads into itself; "" if it cannot.
func readSourced(path string) string {
	f, err := regular.Open(path, 0)
	if err != nil {
		return ""
	}
	defer f.Close()
	return string(f.Head(maxScript))
}
