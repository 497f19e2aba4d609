package entry

import (
	"errors"
	"slices"
	"strings"
)

// inShell finds the app's program in the script of a shell's -c.
func (s search) inShell(args []word, shell string) ([]word, error) {
	option := slices.IndexFunc(args, func(w word) bool {
		text := w.text()
		return strings.HasPrefix(text, "-") && !strings.HasPrefix(text, "--") && strings.HasSuffix(text, "c")
	})
	file := slices.IndexFunc(args, func(w word) bool { return !strings.HasPrefix(w.text(), "-") })
	if option < 0 || file != option+1 {
		return nil, s.mentioned(args, "it starts "+shell)
	}
	commands, err := parseScript(args[file])
	if err != nil {
		return nil, s.mentioned(args, "the script of "+shell+" "+err.Error())
	}
	var found []word
	var unclear error
	for _, c := range commands {
		sites, err := s.find(c)
		found = append(found, sites...)
		if unclear == nil {
			unclear = err
		}
	}
	switch {
	case found != nil:
		return found, nil
	case unclear != nil:
		return nil, unclear
	}
	return nil, s.mentioned(args, "the script of "+shell+" does not start it by name")
}

var errScript = errors.New("is more than a list of commands")

// parseScript splits a script into its simple commands, without assignments,
// redirections and reserved words. It is not a shell: an error says that the script
// has something that it does not read.
func parseScript(script word) ([][]word, error) {
	in := script.chars
	var commands [][]word
	var current []word
	end := func() {
		if current != nil {
			commands, current = append(commands, current), nil
		}
	}
	for i := 0; i < len(in); {
		switch c := in[i].byte; {
		case c == ' ' || c == '\t':
			i++
		case c == '#':
			for i < len(in) && in[i].byte != '\n' {
				i++
			}
		case c == '<' || c == '>':
			next, err := skipRedirection(in, i)
			if err != nil {
				return nil, err
			}
			i = next
		case endsWord(c):
			end()
			i++
		default:
			w, next, err := scanWord(in, i, endsWord)
			switch {
			case err != nil:
				return nil, err
			case isNumber(w.text()) && next < len(in) && (in[next].byte == '<' || in[next].byte == '>'): // 2>
			case slices.Contains(notRead, w.text()), w.substitutes(in, next):
				return nil, errScript
			case current == nil && w.leads():
			default:
				w.inner = true
				current = append(current, w)
			}
			i = next
		}
	}
	end()
	return commands, nil
}

// notRead are the reserved words after which a word is not the first of a command.
var notRead = []string{"case", "esac", "function", "select", "[[", "(("}

// leads reports whether a word stands before a command: reserved, or an assignment.
func (w word) leads() bool {
	switch text := w.text(); text {
	case "if", "then", "else", "elif", "while", "until", "do", "!", "{", "time":
		return true
	default:
		name, _, found := strings.Cut(text, "=")
		return found && name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
	}
}

// substitutes reports whether another command's output goes into a word that ends
// at in[next]: `...` or $(...).
func (w word) substitutes(in chars, next int) bool {
	text := w.text()
	return w.vague && (strings.ContainsRune(text, '`') || strings.Contains(text, "$(") ||
		strings.HasSuffix(text, "$") && next < len(in) && in[next].byte == '(')
}

func endsWord(c byte) bool { return strings.IndexByte(" \t\r\n;&|()<>", c) >= 0 }

func isNumber(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// skipRedirection steps over < > >> >& and the word after it.
func skipRedirection(in chars, i int) (int, error) {
	start := i
	for i < len(in) && strings.IndexByte("<>&", in[i].byte) >= 0 {
		i++
	}
	if strings.HasPrefix(in[start:i].text(), "<<") || i < len(in) && in[i].byte == '(' {
		return i, errScript // a text that follows, or a process
	}
	for i < len(in) && (in[i].byte == ' ' || in[i].byte == '\t') {
		i++
	}
	if i == len(in) || endsWord(in[i].byte) {
		return i, errors.New("has a redirection without a file")
	}
	_, next, err := scanWord(in, i, endsWord)
	return next, err
}
