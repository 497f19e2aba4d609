package entry

import (
	"errors"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// A Command is what an entry starts, without its field codes.
type Command struct {
	Env   []string // NAME=value, as env(1) in front of it sets them
	Words []string // the program, and its arguments
}

// Command is the one of the main group's Exec, as a desktop would run it without a file.
func (e *Entry) Command() (Command, error) {
	var value chars
	for _, k := range e.keys {
		if k.group == mainGroup && k.name == "Exec" {
			value = unescape(e.text, k.value)
		}
	}
	words, err := split(value)
	if err != nil {
		return Command{}, errors.New("has an Exec that " + err.Error())
	}
	list := e.expand(words)
	if len(list) == 0 {
		return Command{}, errors.New("has no Exec")
	}
	if filepath.Base(list[0]) != "env" {
		return Command{Words: list}, nil
	}
	n := 1
	for n < len(list) && list[n] != "" && strings.IndexByte(list[n], '=') > 0 && list[n][0] != '-' {
		n++
	}
	if n == len(list) || strings.HasPrefix(list[n], "-") {
		return Command{Words: list}, nil // options of env's own: it is the program
	}
	return Command{Env: list[1:n], Words: list[n:]}, nil
}

// expand gives the words with the field codes expanded that do not depend on a file
// ("The Exec key"); the others become nothing.
func (e *Entry) expand(words []word) []string {
	var list []string
	for _, w := range words {
		text := w.text()
		switch text {
		case "%i":
			if icon := e.Value("Icon"); icon != "" {
				list = append(list, "--icon", icon)
			}
			continue
		case "@@", "@@u": // flatpak's marks around the files, flatpak-run(1) --file-forwarding
			continue
		}
		var b strings.Builder
		codes := false
		for i := 0; i < len(text); i++ {
			if text[i] != '%' || i+1 == len(text) {
				b.WriteByte(text[i])
				continue
			}
			code, size := utf8.DecodeRuneInString(text[i+1:])
			i += size
			switch code {
			case '%':
				b.WriteByte('%')
			case 'c':
				b.WriteString(e.Value("Name"))
			default:
				codes = true
			}
		}
		if b.Len() > 0 || !codes {
			list = append(list, b.String())
		}
	}
	return list
}
