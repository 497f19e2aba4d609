package top

import (
	"strings"
	"unicode/utf8"
)

// A Key is a character, or the name of a key that has none.
type Key string

const (
	Up        Key = "up"
	Down      Key = "down"
	PageUp    Key = "page up"
	PageDown  Key = "page down"
	Home      Key = "home"
	End       Key = "end"
	Enter     Key = "enter"
	Escape    Key = "escape"
	Interrupt Key = "interrupt" // Ctrl-C
	Suspend   Key = "suspend"   // Ctrl-Z
	Redraw    Key = "redraw"    // Ctrl-L
)

// sequences are what terminals send for keys (xterm's ctlseqs, "PC-Style Function Keys"), in
// cursor and in application mode, after ESC.
var sequences = []struct {
	text string
	key  Key
}{
	{"[A", Up}, {"OA", Up}, {"[B", Down}, {"OB", Down},
	{"[H", Home}, {"OH", Home}, {"[1~", Home}, {"[7~", Home},
	{"[F", End}, {"OF", End}, {"[4~", End}, {"[8~", End},
	{"[5~", PageUp}, {"[6~", PageDown},
}

var controls = map[byte]Key{
	'\r': Enter, '\n': Enter, 0x03: Interrupt, 0x1a: Suspend, 0x0c: Redraw, 0x10: Up, 0x0e: Down, 0x02: PageUp, 0x06: PageDown,
}

// Keys reads what the terminal sent at once. A sequence that no key here has is left out whole:
// its letters were not typed.
func Keys(sent string) []Key {
	var list []Key
	for sent != "" {
		var key Key
		switch {
		case sent[0] == 0x1b:
			key, sent = sequence(sent[1:])
		case sent[0] < ' ' || sent[0] == 0x7f:
			key, sent = controls[sent[0]], sent[1:]
		default:
			_, size := utf8.DecodeRuneInString(sent)
			key, sent = Key(sent[:size]), sent[size:]
		}
		if key != "" {
			list = append(list, key)
		}
	}
	return list
}

// sequence reads what follows ESC: a known key, an unknown one, or nothing.
func sequence(text string) (key Key, rest string) {
	for _, s := range sequences {
		if rest, ok := strings.CutPrefix(text, s.text); ok {
			return s.key, rest
		}
	}
	switch {
	case strings.HasPrefix(text, "["): // parameters, then a final byte (ECMA-48, 5.4)
		end := strings.IndexFunc(text[1:], func(r rune) bool { return r >= '@' && r <= '~' })
		if end < 0 {
			return "", ""
		}
		return "", text[end+2:]
	case strings.HasPrefix(text, "O") && len(text) > 1:
		return "", text[2:]
	}
	return Escape, text
}
