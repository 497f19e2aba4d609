package target

import (
	"path/filepath"
	"slices"
	"strings"
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
	execs         bool   // by exec: same PID
	node          bool   // with ELECTRON_RUN_AS_NODE
	before, after []string
	flagsFiles    []string
	loops         bool // starts electroscope, or a script of the chain, again
}

// reader follows a script from its first command to its last.
type reader struct {
	shell
	names   []string // that lead to electroscope: calling one again is a loop
	seen    []inode  // scripts of the chain
	hop     hop
	rank    int
	blind   bool // an exec was seen, of something unknown
	again   bool // a script of the chain was called
	ended   bool // by an exit or exec that is always reached
	branch  bool // inside a file that is sourced in a branch
	sourced int
	globs   int
}

// readScript tells what the shell script at path, as it was started, does.
func readScript(path, content string, s Search, names []string, seen []inode) hop {
	r := &reader{names: names, seen: seen}
	r.shell = shell{Search: s, zero: path, dir: text(s.Dir), vars: map[string]value{}}
	r.run(parse(content))
	if r.blind && r.rank < execs {
		r.forget()
	}
	r.hop.loops = r.hop.loops || r.again && r.rank == notSeen
	return r.hop
}

// forget takes back what a command seemed to start.
func (r *reader) forget() {
	r.rank = notSeen
	r.hop = hop{flagsFiles: r.hop.flagsFiles, loops: r.hop.loops}
}

func (r *reader) run(cmds []command) {
	for _, c := range cmds {
		if r.ended {
			return
		}
		c.maybe = c.maybe || r.branch
		r.noteFlagsFiles(c)
		r.lookInside(c, 0)
		if len(c.words) == 0 {
			for _, raw := range c.assigns {
				r.assign(raw, c.maybe)
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
	switch c.words[0] {
	case "export", "declare", "local", "readonly", "typeset":
		for _, raw := range c.words[1:] {
			r.assign(raw, c.maybe)
		}
	case "unset":
		for _, name := range c.words[1:] {
			r.set(name, text(""), c.maybe)
		}
	case "read", "mapfile", "readarray", "getopts":
		for _, name := range c.words[1:] {
			r.set(name, value{}, false)
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
	case "exit":
		r.ended = !c.maybe && !c.forks
	case "[[", "[", "test", "echo", "printf", "set", "shift", "trap", "alias", "return",
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
	for _, c := range parse(body) {
		for _, raw := range slices.Concat(c.assigns, c.words) {
			for _, word := range r.expand(raw).words() {
				v.args = v.args || word.args
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
	r.vars[c.words[1]] = text(items[:min(len(items), maxSourced)]...)
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
	outer := r.branch
	for _, path := range r.operand(c).alts {
		path, ok := r.absoluteTo(path)
		if !ok || r.sourced == maxSourced {
			continue
		}
		r.sourced++
		r.branch = c.maybe
		r.run(parse(readSourced(path)))
	}
	r.branch = outer
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

// lookInside looks through command substitutions: $(discord --version) in a
// script called discord is a loop as well.
func (r *reader) lookInside(c command, depth int) {
	for _, raws := range [][]string{c.assigns, c.words} {
		for _, raw := range raws {
			for _, body := range substitutions(raw) {
				for _, inner := range parse(body) {
					r.noteFlagsFiles(inner)
					if len(inner.words) > 0 {
						call := r.call(inner)
						if path, id := r.program(call); path != "" && r.isSelf(id) && r.callsAgain(call) {
							r.hop.loops = true
						}
					}
					if depth < 2 {
						r.lookInside(inner, depth+1)
					}
				}
			}
		}
	}
}

// substitutions lists the bodies of the outermost $(...) and `...` of a word.
func substitutions(raw string) []string {
	if !strings.Contains(raw, "$(") && !strings.Contains(raw, "`") {
		return nil
	}
	var bodies []string
	for i := 0; i < len(raw); {
		end := skip(raw, i, 0)
		switch {
		case raw[i] == '`':
			bodies = append(bodies, strings.TrimSuffix(raw[i+1:end], "`"))
		case strings.HasPrefix(raw[i:], "$(") && !strings.HasPrefix(raw[i:], "$(("):
			bodies = append(bodies, strings.TrimSuffix(raw[i+2:end], ")"))
		case raw[i] == '"':
			end = i + 1
		case strings.HasPrefix(raw[i:], "${"):
			end = i + 2
		}
		i = end
	}
	return bodies
}

// readSourced reads a file that a script reads into itself; "" if it cannot.
func readSourced(path string) string {
	f, err := openRegular(path, 0)
	if err != nil {
		return ""
	}
	defer f.Close()
	return string(f.head(maxScript))
}
