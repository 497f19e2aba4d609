package wrapper

import (
	"slices"
	"strings"

	"electroscope/launcher/runner"
)

// runner gives what is known of a command that runs the one in its arguments. What
// makes a unit, or a sandbox, is not among them: what that starts is out of sight.
func (s Search) runner(name string) (runner.Runner, bool) {
	if runner.IsShell(name) {
		return runner.Runner{Name: name, Execs: true}, true
	}
	r, ok := runner.Find(name, s.Runners)
	return r, ok && !r.Unit && !r.Sandbox
}

// skipOptions steps over a runner's options, operands and NAME=value.
func (c *call) skipOptions(r runner.Runner) {
	own := r.Words()
	for len(c.words) > 0 && len(c.words[0].alts) > 0 {
		word := c.words[0].alts[0]
		c.clears(r.Name, c.words[0], c.words[1:])
		if r.Name == "exec" && strings.HasPrefix(word, "-") && strings.HasSuffix(word, "a") {
			c.named, c.argv0 = true, append(slices.Clone(c.words), value{})[1]
			c.drop(2)
			continue
		}
		c.unsure = c.unsure || hidesCommand(r.Name, word)
		n := own.Takes(word)
		if _, _, assign := assignment(word); n == 0 && assign {
			c.note(word)
			n = 1
		}
		if n == 0 {
			break
		}
		c.drop(n)
	}
	if len(c.words) == 0 && runner.IsShell(r.Name) || !own.Runs() {
		c.unsure = true // it reads its commands from somewhere, or the command's place is not known
		c.words = []value{{}}
	}
}

// hidesCommand reports whether an option holds a command, or says that one is
// read from somewhere: env -S, sh -c, sh -s.
func hidesCommand(name, option string) bool {
	short := strings.HasPrefix(option, "-") && !strings.HasPrefix(option, "--")
	switch {
	case name == "env":
		return short && strings.Contains(option, "S") || strings.HasPrefix(option, "--s")
	case runner.IsShell(name):
		return short && strings.ContainsAny(option, "cs")
	}
	return false
}

// drop steps over n words.
func (c *call) drop(n int) {
	n = min(n, len(c.words))
	for _, v := range c.words[:n] {
		c.unsure = c.unsure || v.doubtful()
		c.varies = c.varies || v.varies
	}
	c.words = c.words[n:]
}
