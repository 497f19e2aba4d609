package target

import (
	"slices"
	"strings"
)

// Bounds on the reader: a wrapper script is small, and a hostile one may not
// cost a launch more than a wrapper script does.
const (
	maxCommands = 2000
	maxNesting  = 32
)

// command is one simple command of a script (POSIX.1-2024, XCU 2.9.1), its
// words as written, quotes and all.
type command struct {
	assigns []string // NAME=value before the command word
	words   []string
	files   []string // redirections
	maybe   bool     // in a branch, loop or function, or after && or ||
	forks   bool     // in a subshell, a pipeline or the background
}

// parser splits a script into its simple commands, in the order they are
// written. It is a reader, not a shell: what it does not understand it steps
// over, and it ends on any input.
type parser struct {
	text     string
	pos      int
	nest     []byte // open constructs: i(f) c(ase) l(oop) f(unction) { (
	cur      command
	out      []command
	after    bool // && or || stands before cur
	piped    bool // | stands before cur
	function bool // name() was read, its body comes
	heredocs []string
}

func parse(text string) []command {
	p := parser{text: text}
	for p.pos < len(p.text) && len(p.out) < maxCommands {
		p.step()
	}
	p.end()
	return p.out
}

// step reads one operator or one word.
func (p *parser) step() {
	rest := p.text[p.pos:]
	switch rest[0] {
	case ' ', '\t', '\r':
		p.pos++
	case '#':
		p.skipLine()
	case '\n':
		p.pos++
		p.end()
		p.skipHeredocs()
	case ';':
		p.end()
		p.pos++
		if len(rest) > 1 && (rest[1] == ';' || rest[1] == '&') {
			p.pos++
			p.pattern()
		}
	case '&', '|':
		p.join(rest)
	case '(':
		p.open(rest)
	case ')':
		p.end()
		p.pos++
		p.pop('(')
	case '<', '>':
		p.redirect()
	default:
		if strings.HasPrefix(rest, "\\\n") {
			p.pos += 2
			return
		}
		p.word()
	}
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
		p.after = true
	case rest[0] == '&':
		p.pos++
		p.cur.forks = true
		p.end()
	default:
		p.pos++
		if strings.HasPrefix(rest, "|&") {
			p.pos++
		}
		p.cur.forks = true
		p.end()
		p.piped = true
	}
}

// open reads a parenthesis: a function's, an arithmetic command, a subshell.
func (p *parser) open(rest string) {
	atStart := len(p.cur.words) == 0 && len(p.cur.assigns) == 0
	switch {
	case strings.HasPrefix(strings.TrimLeft(rest[1:], " \t"), ")") && len(p.cur.words) == 1:
		p.pos += strings.IndexByte(rest, ')') + 1
		p.cur = command{}
		p.function = true
	case atStart && !strings.HasPrefix(rest, "(("):
		p.pos++
		p.function = false
		p.nest = append(p.nest, '(')
	default:
		p.pos = skipUntil(p.text, p.pos+1, ')', 0)
	}
}

// redirect reads < > >> << <<- <<< >& <& >| <> and the word after.
func (p *parser) redirect() {
	start := p.pos
	for p.pos < len(p.text) && strings.IndexByte("<>&|-", p.text[p.pos]) >= 0 {
		p.pos++
	}
	op := p.text[start:p.pos]
	if strings.HasPrefix(p.text[p.pos:], "(") { // process substitution
		p.pos = skipUntil(p.text, p.pos+1, ')', 0)
		return
	}
	p.skipBlanks()
	word := p.scanWord()
	switch {
	case word == "":
	case op == "<<" || op == "<<-":
		p.heredocs = append(p.heredocs, strings.Trim(strings.ReplaceAll(word, `\`, ""), `'"`))
	case op == "<" || op == ">" || op == ">>":
		p.cur.files = append(p.cur.files, word)
	}
}

// word reads one word and, where a command may begin, heeds reserved words.
func (p *parser) word() {
	raw := p.scanWord()
	if p.pos < len(p.text) && (p.text[p.pos] == '<' || p.text[p.pos] == '>') && isNumber(raw) {
		return // a file descriptor: 2>
	}
	if len(p.cur.words) > 0 {
		p.cur.words = append(p.cur.words, raw)
		return
	}
	if len(p.cur.assigns) == 0 && p.reserved(raw) {
		return
	}
	if _, _, ok := assignment(raw); ok {
		p.cur.assigns = append(p.cur.assigns, raw)
		return
	}
	p.cur.words = append(p.cur.words, raw)
}

// reserved acts on a reserved word and says whether raw was one.
func (p *parser) reserved(raw string) bool {
	switch raw {
	case "if":
		p.nest = append(p.nest, 'i')
	case "while", "until":
		p.nest = append(p.nest, 'l')
	case "then", "else", "elif", "do", "!", "time":
	case "fi":
		p.pop('i')
	case "done":
		p.pop('l')
	case "esac":
		p.pop('c')
	case "}":
		p.pop('f', '{')
	case "{":
		kind := byte('{')
		if p.function {
			p.function, kind = false, 'f'
		}
		p.nest = append(p.nest, kind)
	case "case":
		p.skipBlanks()
		p.scanWord()
		p.skipBlanks()
		p.scanWord() // in
		p.nest = append(p.nest, 'c')
		p.pattern()
	case "for", "select": // stays a command, so that its name is seen
		p.cur.words = append(p.cur.words, raw)
		p.nest = append(p.nest, 'l')
	case "function":
		p.skipBlanks()
		p.scanWord()
		p.function = true
		if p.skipBlanks(); strings.HasPrefix(p.text[p.pos:], "()") {
			p.pos += 2
		}
	case "[[":
		p.skipTest()
	default:
		return false
	}
	return true
}

// pattern steps over a case pattern, or ends the case.
func (p *parser) pattern() {
	if len(p.nest) == 0 || p.nest[len(p.nest)-1] != 'c' {
		return
	}
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == '#':
			p.skipLine()
		case c == ')':
			p.pos++
			return
		case strings.IndexByte(" \t\r\n|(;&<>", c) >= 0:
			p.pos++
		default:
			if p.scanWord() == "esac" {
				p.pop('c')
				return
			}
		}
	}
}

// skipTest steps over [[ ... ]], where < ( && and the like are no operators.
func (p *parser) skipTest() {
	p.cur.words = append(p.cur.words, "[[")
	for p.pos < len(p.text) && p.text[p.pos] != '\n' {
		if strings.HasPrefix(p.text[p.pos:], "]]") {
			p.pos += 2
			return
		}
		p.pos = skip(p.text, p.pos, 0)
	}
}

// end closes the current command.
func (p *parser) end() {
	c := p.cur
	p.cur = command{}
	if len(c.words) == 0 && len(c.assigns) == 0 && len(c.files) == 0 {
		return
	}
	c.maybe = c.maybe || p.after || slices.ContainsFunc(p.nest, func(k byte) bool { return k != '(' && k != '{' })
	c.forks = c.forks || p.piped || slices.Contains(p.nest, '(')
	p.after, p.piped = false, false
	p.out = append(p.out, c)
}

// pop closes the innermost construct if it is of one of the kinds.
func (p *parser) pop(kinds ...byte) {
	if n := len(p.nest); n > 0 && slices.Contains(kinds, p.nest[n-1]) {
		p.nest = p.nest[:n-1]
	}
}

func (p *parser) skipBlanks() {
	for p.pos < len(p.text) && (p.text[p.pos] == ' ' || p.text[p.pos] == '\t') {
		p.pos++
	}
}

func (p *parser) skipLine() {
	if n := strings.IndexByte(p.text[p.pos:], '\n'); n >= 0 {
		p.pos += n
		return
	}
	p.pos = len(p.text)
}

// skipHeredocs steps over the texts that << announced on the line before.
func (p *parser) skipHeredocs() {
	for _, mark := range p.heredocs {
		for p.pos < len(p.text) {
			start := p.pos
			p.skipLine()
			line := p.text[start:p.pos]
			p.pos = min(p.pos+1, len(p.text))
			if strings.TrimLeft(line, "\t") == mark {
				break
			}
		}
	}
	p.heredocs = nil
}
