package main

import (
	"strconv"
	"strings"
)

// A style is what SGR sequences have set (ECMA-48, 8.3.117).
type style struct {
	bold   bool
	colour string // a class of the picture, "" for the terminal's own
}

// A span is text of one style.
type span struct {
	style
	text string
}

// colours are the classes of the basic colours, 30 to 37 and 90 to 97.
var colours = []string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", ""}

// parse cuts a line into spans, from the style that the line before it left. It
// drops other escape sequences and the carriage return that a terminal adds.
func parse(line string, s style) ([]span, style) {
	var spans []span
	add := func(text string) {
		if text = strings.ReplaceAll(text, "\r", ""); text != "" {
			spans = append(spans, span{s, text})
		}
	}
	for {
		text, rest, found := strings.Cut(line, "\x1b")
		add(text)
		if !found {
			return spans, s
		}
		var parameters string
		var final byte
		parameters, final, line = sequence(rest)
		if final == 'm' {
			s = s.apply(parameters)
		}
	}
}

// sequence splits off the rest of an escape sequence: a control sequence with its
// final byte, an operating system command, which systemctl uses for links, up to
// its terminator, or a sequence of two bytes.
func sequence(text string) (parameters string, final byte, rest string) {
	switch {
	case strings.HasPrefix(text, "["):
		end := strings.IndexFunc(text[1:], func(r rune) bool { return r >= '@' && r <= '~' })
		if end < 0 {
			return "", 0, ""
		}
		return text[1 : 1+end], text[1+end], text[2+end:]
	case strings.HasPrefix(text, "]"):
		end := strings.IndexAny(text, "\a\x1b")
		if end < 0 {
			return "", 0, ""
		}
		return "", 0, strings.TrimPrefix(text[end+1:], `\`)
	case text == "":
		return "", 0, ""
	default:
		return "", 0, text[1:]
	}
}

// apply is the style after the parameters of an SGR sequence.
func (s style) apply(parameters string) style {
	codes := strings.Split(strings.ReplaceAll(parameters, ":", ";"), ";") // both forms are in use
	for i := 0; i < len(codes); i++ {
		code, _ := strconv.Atoi(codes[i]) // an empty one is 0
		switch {
		case code == 0:
			s = style{}
		case code == 1:
			s.bold = true
		case code >= 30 && code <= 37:
			s.colour = colours[code-30]
		case code >= 90 && code <= 97:
			s.colour = colours[code-90]
		case code == 38: // one of 256 or of 16 million: systemd has greys and an orange
			s.colour = "grey"
			if i+1 < len(codes) && codes[i+1] == "2" {
				i += 2
			}
			i += 2
		case code == 39:
			s.colour = ""
		}
	}
	return s
}
