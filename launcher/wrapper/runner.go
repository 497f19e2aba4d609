package wrapper

import (
	"slices"
	"strings"
)

// runner says whether a command runs the command in its arguments, and whether
// that keeps its PID. Sandboxes are not here: what they start is out of sight.
func runner(name string) (runs, stays bool) {
	switch name {
	case "exec", "command", "env", "nohup", "nice", "ionice", "chrt", "taskset", "stdbuf",
		"gamemoderun", "sh", "bash", "dash":
		return true, true
	case "setsid", "dbus-run-session", "systemd-inhibit", "timeout", "prime-run":
		return true, false
	}
	return false, false
}

// operands says how many words stand between a runner's options and the command.
func operands(name string) int {
	switch name {
	case "timeout", "taskset", "chrt":
		return 1
	}
	return 0
}

// skipOptions steps over a runner's options, operands and NAME=value.
func (c *call) skipOptions(name string) {
	left := operands(name)
	for len(c.words) > 0 && len(c.words[0].alts) > 0 {
		word := c.words[0].alts[0]
		_, _, assign := assignment(word)
		c.clears(name, c.words[0], c.words[1:])
		switch {
		case name == "exec" && strings.HasPrefix(word, "-") && strings.HasSuffix(word, "a"):
			c.named, c.argv0 = true, append(slices.Clone(c.words), value{})[1]
			c.drop(2)
			continue
		case word == "-u" && name == "env":
			c.drop(2)
			continue
		case hidesCommand(name, word):
			c.unsure = true
		case assign:
			c.note(word)
		case strings.HasPrefix(word, "-"):
		case isNumber(word):
			left--
		case left > 0:
			left--
		default:
			return
		}
		c.drop(1)
	}
}

// hidesCommand reports whether an option holds a command, or says that one is
// read from somewhere: env -S, sh -c, sh -s.
func hidesCommand(runner, option string) bool {
	short := strings.HasPrefix(option, "-") && !strings.HasPrefix(option, "--")
	switch {
	case runner == "env":
		return short && strings.Contains(option, "S") || strings.HasPrefix(option, "--s")
	case isShell(runner):
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
