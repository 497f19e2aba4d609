package catalog

import (
	"errors"
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
)

// decode turns a layer's text, or an excerpt of it, into tables. If the excerpt does
// not decode, the whole text decides.
func (l *layer) decode(excerpt string) (map[string]any, *Diagnostic) {
	if l.kind == CommandLine {
		return tree(l.settings), nil
	}
	if strings.TrimSpace(excerpt) == "" {
		return nil, nil // a file of apps.d that is about another app, most often
	}
	root, diagnostic := l.decodeText(excerpt)
	if diagnostic != nil && len(excerpt) != len(l.text) {
		root, diagnostic = l.decodeText(l.text)
	}
	return root, diagnostic
}

func (l *layer) decodeText(text string) (tables map[string]any, diagnostic *Diagnostic) {
	// The decoder panics if it finds a bug of its own ("BUG in lexer"); that must not keep an
	// app from starting.
	defer func() {
		if fault := recover(); fault != nil {
			tables, diagnostic = nil, &Diagnostic{File: l.name, Reason: fmt.Sprintf("cannot be decoded: %v", fault), Remedy: leftOut}
		}
	}()
	if tooDeep(text) {
		return nil, &Diagnostic{File: l.name, Reason: "is nested too deeply", Remedy: "write plain tables"}
	}
	// Into an interface: the decoder then hands over its own map and copies nothing.
	var root any
	if _, err := toml.Decode(text, &root); err != nil {
		return nil, syntaxDiagnostic(l.name, text, err)
	}
	return root.(map[string]any), nil
}

const leftOut = "the whole layer is left out until this is fixed"

// syntaxDiagnostic reports what does not decode. The location is counted from the error's offset:
// the decoder's own line is off by one if it steps back over a CR LF, and its column if a
// line's first byte is wrong (toml v1.6.0, lex.go backup, error.go withCol).
func syntaxDiagnostic(name, text string, err error) *Diagnostic {
	m := &Diagnostic{File: name, Reason: err.Error(), Remedy: leftOut}
	var parse toml.ParseError
	if errors.As(err, &parse) {
		m.Reason = parse.Message
		m.Line, m.Col = lineColumn(text, min(max(parse.Position.Start, 0), len(text)))
	}
	return m
}

// tooDeep reports whether a text could exhaust the decoder, which recurses for each open
// bracket and, for a dotted key, handles every prefix of it.
func tooDeep(text string) bool {
	const most = 500
	depth, dots := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case '.':
			dots++
		case '\n':
			dots = 0
		}
		if depth > most || dots > most {
			return true
		}
	}
	return false
}
