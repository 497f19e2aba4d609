package wrapper

import "strings"

// construct is a compound command that is open, or a function's body.
type construct struct {
	kind       byte // i(f) c(ase) l(oop) { (
	command         // what holds of every command in it
	at, part   int  // its first part, and the last that was read
	function   int  // the command that names the function whose body it is; -1 for none
	list, pipe int  // where the list and the pipeline begin that it is in
}

// join reads && || & | |& &> and what they say of the commands around them.
func (p *parser) join(rest string) {
	switch {
	case strings.HasPrefix(rest, "&>"):
		p.pos++
		p.redirect()
	case strings.HasPrefix(rest, "&&"), strings.HasPrefix(rest, "||"):
		p.pos += 2
		p.end()
		p.joint, p.pipe = rest[0], len(p.commands)
	case rest[0] == '&':
		p.pos++
		p.end()
		p.fork(p.list) // the whole of a && b & is one list
		p.endList()
	default:
		p.pos++
		if strings.HasPrefix(rest, "|&") {
			p.pos++
		}
		p.end()
		p.fork(p.pipe) // also what stands in { } | or in if ... fi |
		p.piped = true
	}
}

// fork says of the commands from the given one on that they run in a child.
func (p *parser) fork(from int) {
	for i := from; i < len(p.commands); i++ {
		p.commands[i].forks = true
		p.commands[i].child = p.commands[i].child || p.commands[i].level == len(p.nest)
	}
}

// open reads a parenthesis: a function's, a subshell, an arithmetic command.
func (p *parser) open(rest string) {
	atStart := len(p.cur.words) == 0 && len(p.cur.assigns) == 0
	switch {
	case strings.HasPrefix(strings.TrimLeft(rest[1:], " \t"), ")") && len(p.cur.words) == 1:
		p.pos += strings.IndexByte(rest, ')') + 1
		p.function = p.cur.words[0]
		p.functions = append(p.functions, p.function)
		p.cur = command{}
	case atStart && !strings.HasPrefix(rest, "(("):
		p.pos++
		p.push('(')
	default: // dash takes (( for two subshells
		p.pos = skipUntil(p.text, p.pos+1, ')', 0)
		p.unclear = true
		if atStart {
			p.add("((")
		}
	}
}

// end closes the current command.
func (p *parser) end() {
	c := p.cur
	p.cur = command{}
	if len(c.words) == 0 && len(c.assigns) == 0 && len(c.files) == 0 && len(c.inside) == 0 {
		return
	}
	if len(c.words) > 2 && c.words[0] == "for" && c.words[2] != "in" {
		p.unclear = true // for x do
	}
	if n := len(p.commands); len(c.words) == 0 && c.input != "" && n > 0 && p.commands[n-1].op == opEnd {
		p.commands[p.commands[n-1].end].input = c.input // done < file
	}
	if n := len(p.commands); len(c.words)+len(c.assigns) == 0 && n > 0 && p.commands[n-1].op == opEnd && p.joint == 0 {
		c.redirects = true
	}
	p.commands = append(p.commands, p.context(c))
	p.joint, p.not, p.piped = 0, false, false
}

// endList closes the current list of commands. A line may end behind && and |.
func (p *parser) endList() {
	p.end()
	if p.joint == 0 && !p.piped {
		p.list, p.pipe = len(p.commands), len(p.commands)
	}
}

// context adds to a command what stands before it, and what the constructs
// around it say.
func (p *parser) context(c command) command {
	c.joint, c.not, c.deep = p.joint, p.not, c.isDeep()
	c.forks = c.forks || p.piped
	c.child, c.level = p.piped, len(p.nest)
	if n := len(p.nest); n > 0 {
		around := p.nest[n-1].command
		c.forks = c.forks || around.forks
		c.later, c.body = around.later, around.body
	}
	return c
}

// isDeep says of a command, once for all ways that it is followed by, whether there
// is anything to look for in its texts.
func (c *command) isDeep() bool {
	for _, raws := range [...][]string{c.assigns, c.words, c.files, c.inside} {
		for _, raw := range raws {
			if strings.Contains(raw, "$(") || strings.Contains(raw, "`") || strings.Contains(raw, flagsName) {
				return true
			}
		}
	}
	return false
}

// push opens a construct.
func (p *parser) push(kind byte) {
	first := map[byte]op{'i': opIf, 'c': opCase, 'l': opLoop, '{': opBrace, '(': opParen}[kind]
	n := construct{kind: kind, function: -1, list: p.list, pipe: p.pipe}
	if p.function != "" {
		n.function = len(p.commands)
		p.commands = append(p.commands, p.context(command{op: opFunction, words: []string{p.function}}))
		p.joint, p.not, p.piped = 0, false, false
	}
	n.at, n.part = len(p.commands), len(p.commands)
	p.commands = append(p.commands, p.context(command{op: first, inside: p.cur.inside}))
	p.cur.inside = nil
	in := p.context(command{forks: kind == '('})
	n.command = command{forks: in.forks, later: in.later || kind == 'l' || p.function != "", body: in.body || p.function != ""}
	p.nest = append(p.nest, n)
	p.list, p.pipe = len(p.commands), len(p.commands)
	p.joint, p.not, p.piped, p.function = 0, false, false, ""
}

// part begins the next part of the innermost construct, if it is of that kind.
func (p *parser) part(kind byte, o op) {
	n := len(p.nest) - 1
	if n < 0 || p.nest[n].kind != kind {
		p.unclear = true
		return
	}
	p.commands[p.nest[n].part].next = len(p.commands)
	p.nest[n].part = len(p.commands)
	p.commands = append(p.commands, p.context(command{op: o, inside: p.cur.inside}))
	p.cur.inside = nil
	p.list, p.pipe = len(p.commands), len(p.commands)
}

// pop closes the innermost construct, if it is of that kind.
func (p *parser) pop(kind byte) {
	n := len(p.nest)
	if n == 0 || p.nest[n-1].kind != kind {
		p.unclear = true
		return
	}
	c := p.nest[n-1]
	p.part(kind, opEnd)
	end := len(p.commands) - 1
	p.commands[end].end = c.at
	p.commands[c.at].end = end
	p.nest = p.nest[:n-1]
	if c.function >= 0 {
		p.commands[c.function].end = end
	}
	p.list, p.pipe = c.list, c.pipe
}
