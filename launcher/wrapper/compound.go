package wrapper

import "strings"

// construct is a compound command that is open, or a function's body.
type construct struct {
	kind       byte // i(f) c(ase) l(oop) f(unction) { (
	command         // what holds of every command in it
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
		p.after, p.pipe = true, len(p.commands)
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
	}
}

// open reads a parenthesis: a function's, a subshell, an arithmetic command.
func (p *parser) open(rest string) {
	atStart := len(p.cur.words) == 0 && len(p.cur.assigns) == 0
	switch {
	case strings.HasPrefix(strings.TrimLeft(rest[1:], " \t"), ")") && len(p.cur.words) == 1:
		p.pos += strings.IndexByte(rest, ')') + 1
		p.functions = append(p.functions, p.cur.words[0])
		p.cur = command{}
		p.function = true
	case atStart && !strings.HasPrefix(rest, "(("):
		p.pos++
		p.push('(')
	default: // dash takes (( for two subshells
		p.pos = skipUntil(p.text, p.pos+1, ')', 0)
		p.unclear = true
	}
}

// end closes the current command.
func (p *parser) end() {
	c := p.cur
	p.cur = command{}
	if len(c.words) == 0 && len(c.assigns) == 0 && len(c.files) == 0 && len(c.inside) == 0 {
		return
	}
	if len(c.words) > 2 && (c.words[0] == "for" || c.words[0] == "select") && c.words[2] != "in" {
		p.unclear = true // for x do
	}
	p.commands = append(p.commands, p.context(c))
	p.after, p.piped = false, false
}

// endList closes the current list of commands. A line may end behind && and |.
func (p *parser) endList() {
	p.end()
	if !p.after && !p.piped {
		p.list, p.pipe = len(p.commands), len(p.commands)
	}
}

// context adds to a command what the constructs around it say.
func (p *parser) context(c command) command {
	c.maybe = c.maybe || p.after
	c.forks = c.forks || p.piped
	if n := len(p.nest); n > 0 {
		around := p.nest[n-1].command
		c.maybe, c.forks = c.maybe || around.maybe, c.forks || around.forks
		c.later, c.body = around.later, around.body
	}
	return c
}

// push opens a construct.
func (p *parser) push(kind byte) {
	in := p.context(command{maybe: kind != '(' && kind != '{' || p.function, forks: kind == '('})
	in.later = in.later || kind == 'l' || p.function
	in.body = in.body || p.function
	p.nest = append(p.nest, construct{kind, in, p.list, p.pipe})
	p.list, p.pipe = len(p.commands), len(p.commands)
	p.after, p.piped, p.function = false, false, false
}

// pop closes the innermost construct, if it is of that kind.
func (p *parser) pop(kind byte) {
	n := len(p.nest)
	if n == 0 || p.nest[n-1].kind != kind {
		p.unclear = true
		return
	}
	p.list, p.pipe = p.nest[n-1].list, p.nest[n-1].pipe
	p.nest = p.nest[:n-1]
}
