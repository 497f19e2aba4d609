package wrapper

import "strings"

// heredoc is a here-document whose text begins on the next line.
type heredoc struct {
	mark   string
	tabs   bool // <<-: its lines may be indented
	quoted bool // nothing in it is expanded
}

// redirect reads < > >> << <<- <<< >& <& >| <> and the word after.
func (p *parser) redirect() {
	start := p.pos
	for p.pos < len(p.text) && strings.IndexByte("<>&|-", p.text[p.pos]) >= 0 {
		p.pos++
	}
	op := p.text[start:p.pos]
	if strings.HasPrefix(p.text[p.pos:], "(") { // process substitution
		open := p.pos
		p.pos = skipUntil(p.text, p.pos+1, ')', 0)
		body := "$" + p.text[open:p.pos]
		p.expands(body)
		if strings.Contains(op, "<") {
			p.cur.input = body
		}
		return
	}
	p.skipBlanks()
	word := p.scanWord()
	switch {
	case word == "":
	case op == "<<" || op == "<<-":
		mark := strings.Trim(strings.ReplaceAll(word, `\`, ""), `'"`)
		p.heredocs = append(p.heredocs, heredoc{mark, op == "<<-", strings.ContainsAny(word, `\'"`)})
	case op == "<" || op == ">" || op == ">>":
		p.cur.files = append(p.cur.files, word)
		if op == "<" {
			p.cur.input = word
		}
	default:
		p.expands(word)
	}
}

// readHeredocs steps over the texts that << announced on the line before.
func (p *parser) readHeredocs() {
	for _, h := range p.heredocs {
		start := p.pos
		for p.pos < len(p.text) {
			begin := p.pos
			p.skipLine()
			line := p.text[begin:p.pos]
			p.pos = min(p.pos+1, len(p.text))
			if h.tabs {
				line = strings.TrimLeft(line, "\t")
			}
			if line == h.mark {
				break
			}
		}
		if !h.quoted {
			p.expands(p.text[start:p.pos])
		}
	}
	p.heredocs = nil
	joint, piped := p.joint, p.piped
	p.end()
	p.joint, p.piped = joint, piped
}
