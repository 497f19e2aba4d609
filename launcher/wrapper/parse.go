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

// command is one simple command of a script (POSIX.1-2024, XCU 2.9.1), its
// words as written, quotes and all.
type command struct {
	assigns []string // NAME=value before the command word
	words   []string
	files   []string // redirections
	inside  []string // texts that are expanded and are no words: here-documents, the subject of a case
	maybe   bool     // in a branch, loop or function, or after && or ||
	forks   bool     // in a subshell, a pipeline or the background
	later   bool     // in a loop or function: variables may have changed by then
	body    bool     // in a function
}

// script is what is read of a text: its simple commands in the order they are
// written, and the names of its functions.
type script struct {
	commands  []command
	functions []string
	unclear   bool // something in it is not understood
}

// parser splits a script into its simple commands. It is a reader, not a shell:
// what it does not understand it steps over, and it ends on any input.
type parser struct {
	script
	text       string
	pos        int
	nest       []construct
	cur        command
	list, pipe int  // the first command of the list, and of the pipeline, that is being read
	after      bool // && or || stands before cur
	piped      bool // | stands before cur
	function   bool // name() was read, its body comes
	heredocs   []heredoc
}

func parse(text string) script {
	p := parser{text: text}
	for p.pos < len(p.text) && len(p.commands) < maxCommands {
		p.step()
	}
	p.end()
	p.unclear = p.unclear || p.pos < len(p.text) || len(p.nest) > 0 || p.function || len(p.heredocs) > 0
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
		p.cur.words = append(p.cur.words, raw)
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
	p.cur.words = append(p.cur.words, raw)
}

// reserved acts on a reserved word and says whether raw was one.
func (p *parser) reserved(raw string) bool {
	switch raw {
	case "if":
		p.push('i')
	case "while", "until":
		p.push('l')
	case "then", "else", "elif", "do", "!":
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
		p.skipBlanks()
		p.expands(p.scanWord())
		p.skipBlanks()
		p.unclear = p.unclear || p.scanWord() != "in"
		p.push('c')
		p.pattern()
	case "for", "select": // stays a command, so that its name is seen
		p.push('l')
		p.cur.words = append(p.cur.words, raw)
	case "function":
		p.skipBlanks()
		p.functions = append(p.functions, p.scanWord())
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
	if len(p.nest) == 0 || p.nest[len(p.nest)-1].kind != 'c' {
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
			word := p.scanWord()
			if word == "esac" {
				p.pop('c')
				return
			}
			p.expands(word)
		}
	}
}

// skipTest steps over [[ ... ]], where < ( && and the like are no operators.
func (p *parser) skipTest() {
	p.cur.words = append(p.cur.words, "[[")
	start := p.pos
	for p.pos < len(p.text) && p.text[p.pos] != '\n' {
		if strings.HasPrefix(p.text[p.pos:], "]]") {
			p.expands(p.text[start:p.pos])
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
