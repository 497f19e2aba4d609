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
	deaf          bool   // without the words that it was given
	before, after Words
	flagsFiles    []string
	children      []string // words of the commands it runs beside it
	loops         bool     // starts electroscope, or a script of the chain, again
	returns       bool     // may do so
	own           OwnScope // what takes the program out of our scope
	drops         drops
}

// reader follows a script from its first command to its last, by all ways
// through it that are not decided.
type reader struct {
	shell
	seen   []regular.Inode // scripts of the chain
	hop    hop
	rank   int
	starts []start
	paths  paths // whether every path through the script execs
	makers []makerCall
	drops  drops // of all commands: forget does not take them back
	blind  bool  // an exec was seen, of something unknown
	unseen bool  // something unknown is started, which may be the program
	again  bool  // a script of the chain was called
	mayEnd bool  // an exit or exec was seen that may not be reached
	lost   bool  // too much to follow, or nothing that a known wrapper does

	decides   bool    // a test of a variable was decided
	open      bool    // such tests are left open
	maybe     bool    // what is followed now may not run
	forked    bool    // it runs in a child
	dry       bool    // it is a function's body, where it stands
	around    command // what holds of a file that is sourced
	input     string  // what the loop around reads
	functions []string
	bodies    map[string][]function
	called    map[string]bool
	breaks    *branches         // ways that leave the loop around
	continues *branches         // ways that begin its next round
	returns   *branches         // ways that leave the function, or the sourced file
	locals    map[string]*value // variables of the function, and what they were before
	calls     int               // functions that are being followed
	steps     int
	sourced   int
	globs     int
}

// newReader is at the beginning of the script at path.
func newReader(path string, s Search, seen []regular.Inode) *reader {
	r := &reader{seen: seen, bodies: map[string][]function{}, called: map[string]bool{}}
	r.shell = shell{Search: s, zero: path, state: state{dir: text(s.Dir), args: arguments(), vars: newVariables()}}
	return r
}

// readScript tells what the shell script at path, as it was started, does.
func readScript(path, content string, s Search, seen []regular.Inode) hop {
	if marked(content) || strings.Contains(content, separator) {
		return hop{}
	}
	commands := parse(content)
	r := newReader(path, s, seen)
	r.follow(commands)
	if r.hop.loops && r.decides { // when it comes back, it may go another way
		r = newReader(path, s, seen)
		r.open = true
		r.follow(commands)
	}
	return r.hop
}

// follow reads a script to its end, and draws the conclusions.
func (r *reader) follow(s script) {
	r.read(s)
	r.uncalled()
	if r.blind && r.rank < execs || r.lost {
		r.forget()
	}
	r.hop.loops = r.hop.loops || (r.again || r.hop.returns) && r.rank == notSeen && !r.blind && len(r.makers) == 0
	r.hop.own = r.ownScope()
	r.hop.execs = r.hop.execs && r.everyPathExecs()
	r.hop.children = r.paths.children
	r.hop.drops = r.drops
	r.unite()
}

// decided takes note of what a test of a variable came to.
func (r *reader) decided(t tri) tri {
	if r.open {
		return unknown
	}
	r.decides = r.decides || t != unknown
	return t
}

// separator is the byte that ends a string to the kernel.
const separator = "\x00"

// forget takes back what a command seemed to start.
func (r *reader) forget() {
	r.rank = notSeen
	r.hop = hop{flagsFiles: r.hop.flagsFiles, loops: r.hop.loops, returns: r.hop.returns}
}

// read follows the script, or a file that is sourced into it.
func (r *reader) read(s script) {
	r.functions = append(r.functions, s.functions...)
	r.paths.unclear = r.paths.unclear || s.unclear
	r.lost = r.lost || s.foreign
	r.run(s, 0, len(s.commands))
}

// simple follows a simple command.
func (r *reader) simple(c command) {
	c.forks = c.forks || r.forked
	c.later, c.body = c.later || r.around.later, c.body || r.around.body
	r.noteFlagsFiles(c)
	r.lookInside(c, 0)
	if len(c.words) > 0 {
		r.command(c)
		return
	}
	r.status = yes
	for _, raw := range c.assigns {
		r.assign(raw)
		if strings.ContainsAny(raw, "$`") && len(substitutions(raw)) > 0 {
			r.status = unknown
		}
	}
}

// command follows one command: what it does to the state, or what it starts.
func (r *reader) command(c command) {
	if r.rank == lastCommand && c.words[0] != "exit" && !r.dry {
		r.forget()
	}
	r.paths.note(c)
	bodies := r.bodies[c.words[0]]
	if specialBuiltin(c.words[0]) || len(bodies) > 0 {
		for _, raw := range c.assigns { // stays set behind these (POSIX.1-2024, XCU 2.9.1)
			r.assign(raw)
		}
	}
	if len(bodies) > 0 {
		r.called[c.words[0]] = true
		r.invoke(c, bodies)
		return
	}
	if !r.builtin(c) {
		r.status = unknown
		r.start(c)
	}
}

// globbed are the files that a word with a star in its last part stands for.
func (r *reader) globbed(v value) []value {
	item, ok := v.known()
	dir, last := filepath.Split(item)
	if !ok || !strings.Contains(last, "*") || strings.ContainsAny(dir, "*?[") {
		return []value{v}
	}
	if r.globs++; r.globs > maxGlobs {
		r.paths.unclear = true
		return []value{{}}
	}
	found, _ := filepath.Glob(item)
	var out []value
	for _, path := range found {
		if !marked(path) {
			out = append(out, text(path))
		}
	}
	if len(found) == 0 {
		return []value{v}
	}
	return out
}

// flagsName is how the names of flags files end.
const flagsName = "flags.conf"

// noteFlagsFiles keeps the paths a script mentions that end in flags.conf.
func (r *reader) noteFlagsFiles(c command) {
	if !c.deep {
		return
	}
	for _, raws := range [][]string{c.assigns, c.words, c.files} {
		for _, raw := range raws {
			if !strings.Contains(raw, flagsName) {
				continue
			}
			if _, word, ok := assignment(raw); ok {
				raw = word
			}
			for _, path := range r.expand(raw).plain().alts {
				if strings.HasSuffix(path, flagsName) && filepath.IsAbs(path) && !slices.Contains(r.hop.flagsFiles, path) {
					r.hop.flagsFiles = append(r.hop.flagsFiles, path)
				}
			}
		}
	}
}
