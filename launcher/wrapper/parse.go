package wrapper

import "strings"

// Bounds on the reader: a wrapper script is small, and a hostile one may not
// cost a launch more than a wrapper script does.
const (
	maxCommands = 2000
	maxNesting  = 32

	// maxLooks is how often the commands of one script may look at the file
	// system: a name costs one for each folder in PATH that lacks it. Debian's
	// chromium takes 20; at 2 microseconds each this is 4 milliseconds.
	maxLooks = 2000
)

// An op says which part of a compound command stands at a place in a script.
type op byte

const (
	simple op = iota // a command of words
	opIf
	opThen
	opElif
	opElse
	opCase    // its word is the subject
	opPattern // its words are the patterns
	opLoop    // for or while; the command behind it says which of them
	opDo
	opBrace
	opParen
	opFunction // its word is the name; what stands up to its end is the body
	opEnd      // of any of these
)

// command is one simple command of a script (POSIX.1-2024, XCU 2.9.1), its
// words as written, quotes and all, or a part of a compound one (2.9.4).
type command struct {
	op        op
	next      int      // of a part: the index of the next part of the same compound command
	end       int      // of the first part: the index of the last
	assigns   []string // NAME=value before the command word
	words     []string
	files     []string // redirections
	input     string   // what stands behind <, a process substitution as $(...)
	inside    []string // texts that are expanded and are no words: here-documents, the subject of a case
	test      string   // what stands between [[ and ]]
	joint     byte     // '&' behind &&, '|' behind ||
	not       bool     // ! stands before it
	forks     bool     // in a subshell, a pipeline or the background
	redirects bool     // it is but the redirection of the compound command before it
	child     bool     // it is itself a part of the pipeline, or of what runs in the background
	level     int      // how many constructs are around it
	later     bool     // in a loop or function: variables may have changed by then
	body      bool     // in a function
	deep      bool     // a command substitution stands in it, or a flags file's name
}

// script is what is read of a text: its commands in the order they are written,
// and the names of its functions.
type script struct {
	commands  []command
	functions []string
	unclear   bool // something in it is not understood
	foreign   bool // and no wrapper that is known has it, so all of it is left unread: select, until, ;&
}

// parser splits a script into its commands. It is a reader, not a shell:
// what it does not understand it steps over, and it ends on any input.
type parser struct {
	script
	text       string
	pos        int
	nest       []construct
	cur        command
	list, pipe int    // the first command of the list, and of the pipeline, that is being read
	joint      byte   // && or || stands before cur
	not        bool   // ! does
	piped      bool   // | stands before cur
	function   string // name() was read, its body comes
	heredocs   []heredoc
	words      []string // of all commands, each of which has a part
}

func parse(text string) script {
	p := parser{text: text}
	p.commands = make([]command, 0, min(1+len(text)/32, maxCommands))
	for p.pos < len(p.text) && len(p.commands) < maxCommands {
		p.step()
	}
	p.end()
	p.unclear = p.unclear || p.pos < len(p.text) || len(p.nest) > 0 || p.function != "" || len(p.heredocs) > 0
	for len(p.nest) > 0 {
		p.pop(p.nest[len(p.nest)-1].kind)
	}
	return p.script
}

// step reads one operator or one word.
func (p *parser) step() {
	rest := p.text[p.pos:]
	switch rest[0] {
	case ' ', '\t':
		p.pos++
	case '\r': // no blank to a shell
		p.pos++
		p.unclear = true
	case '#':
		p.skipLine()
	case '\n':
		p.pos++
		p.endList()
		p.readHeredocs()
	case ';':
		p.endList()
		p.pos++
		if len(rest) > 1 && (rest[1] == ';' || rest[1] == '&') {
			p.pos++
			p.foreign = p.foreign || strings.Contains(rest[:min(len(rest), 3)], "&")
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

// word reads one word and, where a command may begin, heeds reserved words.
func (p *parser) word() {
	raw := p.scanWord()
	if p.pos < len(p.text) && (p.text[p.pos] == '<' || p.text[p.pos] == '>') && isNumber(raw) {
		return // a file descriptor: 2>
	}
	if len(p.cur.words) > 0 {
		p.add(raw)
		return
	}
	p.unclear = p.unclear || strings.Contains(raw, "\\\n") // a reserved word over two lines
	if len(p.cur.assigns) == 0 && p.reserved(raw) {
		return
	}
	if _, _, ok := assignment(raw); ok {
		p.cur.assigns = append(p.cur.assigns, raw)
		return
	}
	p.add(raw)
}

// add adds a word to the command that is being read.
func (p *parser) add(raw string) {
	from := len(p.words) - len(p.cur.words)
	p.words = append(p.words, raw)
	p.cur.words = p.words[from:len(p.words):len(p.words)]
}

// reserved acts on a reserved word and says whether raw was one.
func (p *parser) reserved(raw string) bool {
	switch raw {
	case "if":
		p.push('i')
	case "while", "until", "select":
		p.push('l')
		p.foreign = p.foreign || raw != "while"
	case "then":
		p.part('i', opThen)
	case "elif":
		p.part('i', opElif)
	case "else":
		p.part('i', opElse)
	case "do":
		p.part('l', opDo)
	case "!":
		p.not = !p.not
	case "time":
		p.unclear = true // a command to dash
	case "fi":
		p.pop('i')
	case "done":
		p.pop('l')
	case "esac":
		p.pop('c')
	case "}":
		p.pop('{')
	case "{":
		p.push('{')
	case "case":
		p.caseHead()
	case "for": // stays a command, so that its name is seen
		p.push('l')
		p.add(raw)
	case "function":
		p.functionHead()
	case "[[":
		p.skipTest()
	default:
		return false
	}
	return true
}

// caseHead reads the subject of a case, and in.
func (p *parser) caseHead() {
	p.skipBlanks()
	subject := p.scanWord()
	p.expands(subject)
	p.skipBlanks()
	p.unclear = p.unclear || p.scanWord() != "in"
	p.push('c')
	p.commands[p.nest[len(p.nest)-1].at].words = []string{subject}
	p.pattern()
}

// functionHead reads the name behind function, bash's own word.
func (p *parser) functionHead() {
	p.skipBlanks()
	p.function = p.scanWord()
	p.functions = append(p.functions, p.function)
	if p.skipBlanks(); strings.HasPrefix(p.text[p.pos:], "()") {
		p.pos += 2
	}
}

// pattern reads a case pattern, or ends the case.
func (p *parser) pattern() {
	if len(p.nest) == 0 || p.nest[len(p.nest)-1].kind != 'c' {
		return
	}
	var patterns []string
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == '#':
			p.skipLine()
		case c == ')':
			p.pos++
			p.part('c', opPattern)
			p.commands[len(p.commands)-1].words = patterns
			return
		case strings.IndexByte(" \t\r\n|(;&<>", c) >= 0:
			p.pos++
		default:
			word := p.scanWord()
			if word == "esac" && len(patterns) == 0 {
				p.pop('c')
				return
			}
			patterns = append(patterns, word)
			p.expands(word)
		}
	}
}

// skipTest steps over [[ ... ]], where < ( && and the like are no operators.
func (p *parser) skipTest() {
	p.add("[[")
	start := p.pos
	for p.pos < len(p.text) && p.text[p.pos] != '\n' {
		if strings.HasPrefix(p.text[p.pos:], "]]") {
			p.cur.test = p.text[start:p.pos]
			p.expands(p.cur.test)
			p.pos += 2
			return
		}
		p.pos = skip(p.text, p.pos, 0)
	}
	p.unclear = true
}

// expands keeps a text that is no word but may hold a command.
func (p *parser) expands(text string) {
	if strings.ContainsAny(text, "$`") {
		p.cur.inside = append(p.cur.inside, text)
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
