package entry

import (
	"errors"
	"strings"
)

// A char is a byte of a value after a reader, and where in the entry's text it
// comes from: an escape or several bytes become one.
type char struct {
	byte
	span
	quote byte // the quotes it stands in: ", ' or 0
}

type chars []char

func (c chars) text() string {
	b := make([]byte, len(c))
	for i := range c {
		b[i] = c[i].byte
	}
	return string(b)
}

// A word is one word of a command. Its span is that of all of it, quotes included.
type word struct {
	chars
	span
	vague bool // a shell would still expand something in it

	inner bool // it is one of a script, which stands in a word of the value:
	outer byte // in these quotes there
	mixed bool // or in several

	shared  bool // it names the app's program, but the command is another app's
	first   bool // it is the command's first word
	assigns bool // env(1) stands before it, which takes NAME=VALUE for no program
}

// unescape undoes the escapes of values of type string. What is not an escape stays.
func unescape(text string, at span) chars {
	const codes, means = `sntr\`, " \n\t\r\\"
	out := make(chars, 0, at.end-at.start)
	for i := at.start; i < at.end; i++ {
		c := char{text[i], span{i, i + 1}, 0}
		if text[i] == '\\' && i+1 < at.end {
			if code := strings.IndexByte(codes, text[i+1]); code >= 0 {
				i++
				c.byte, c.end = means[code], i+1
			}
		}
		out = append(out, c)
	}
	return out
}

var errQuote = errors.New("has a quote that is not closed")

// split makes words of an Exec value. The specification knows double quotes
// only; single ones, and backslashes outside of quotes, are read as GLib and KDE
// do (g_shell_parse_argv, KShell::splitArgs).
func split(value chars) ([]word, error) {
	var words []word
	for i := 0; i < len(value); {
		if isBlank(value[i].byte) {
			i++
			continue
		}
		w, next, err := scanWord(value, i, isBlank)
		if err != nil {
			return nil, err
		}
		words, i = append(words, w), next
	}
	return words, nil
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// scanWord reads the word that begins at in[i], up to a byte that ends it.
func scanWord(in chars, i int, ends func(byte) bool) (word, int, error) {
	w := word{span: span{in[i].start, in[i].end}, outer: in[i].quote}
	var quote byte
	for ; i < len(in); i++ {
		c := in[i]
		switch {
		case quote == 0 && ends(c.byte):
			return w, i, nil
		case quote == 0 && (c.byte == '"' || c.byte == '\''):
			quote = c.byte
		case quote != 0 && c.byte == quote:
			quote = 0
		case c.byte == '\\' && i+1 < len(in) && escapes(quote, in[i+1].byte):
			i++
			if in[i].byte != '\n' { // which joins lines
				w.chars = append(w.chars, char{in[i].byte, span{c.start, in[i].end}, quote})
			}
		case quote != '\'' && (c.byte == '$' || c.byte == '`'):
			w.vague = true
			fallthrough
		default:
			w.chars = append(w.chars, char{c.byte, c.span, quote})
		}
		w.end = in[i].end
		w.mixed = w.mixed || in[i].quote != w.outer
	}
	if quote != 0 {
		return w, i, errQuote
	}
	return w, i, nil
}

// escapes reports whether a backslash before c is an escape in those quotes.
func escapes(quote, c byte) bool {
	switch quote {
	case '"':
		return strings.IndexByte("\"$`\\\n", c) >= 0
	case '\'':
		return false
	}
	return true
}

// program is the word as a program's name: field codes expanded by nothing, %%
// being a per cent sign. "" if it holds another field code.
func (w word) program() string {
	text := w.text()
	if strings.Contains(strings.ReplaceAll(text, "%%", ""), "%") {
		return ""
	}
	return strings.ReplaceAll(text, "%%", "%")
}
