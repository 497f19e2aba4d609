package entry

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/runner"
)

// A Match is what a command is to an app.
type Match int

const (
	Other  Match = iota // it starts another program
	Shared              // it starts the app's program, but not as the app: another profile, a web app, a script
	Own                 // it starts the app
)

// Starts compares a command with an app: its program, as an Exec line names it, and the
// words behind it. They are nil if only the program is asked about.
type Starts func(program string, args []string) Match

// A search looks for the app's program in commands.
type search struct {
	starts  Starts
	runners []runner.Runner // the user's own
}

// find gives the words that name the app's program in a command, most often one.
// None and no error: the command starts something else. An error says that it
// may start the app, by a way that cannot be followed. A word may be one that names
// the program, but not as the app.
func (s search) find(words []word) ([]word, error) {
	env := false
	for i := 0; i < len(words); {
		w := words[i]
		base := filepath.Base(w.program())
		run, known := s.runner(base)
		switch {
		case w.vague && w.inner:
			return nil, s.mentioned(words, "the shell makes up the program's name")
		case s.names(w.program()):
			w.first, w.assigns = i == 0, env
			w.shared = s.starts(w.program(), texts(words[i+1:])) == Shared
			return []word{w}, nil
		case runner.IsShell(base):
			return s.inShell(words[i+1:], base)
		case known:
			next, unclear := s.skip(words, i+1, run)
			if unclear != "" {
				return nil, s.mentioned(words, unclear)
			}
			env, i = base == "env", next
		default:
			return nil, s.mentioned(words[i:], fmt.Sprintf("it starts %q", w.text()))
		}
	}
	return nil, nil
}

// names reports whether a program is the app's, whatever it is started with.
func (s search) names(program string) bool {
	return program != "" && s.starts(program, nil) != Other
}

func texts(words []word) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = w.text()
	}
	return list
}

// runner gives a program that runs the command in its arguments as the same user and
// in the same session. Sandboxes are not among them: what they start may not be able
// to reach the session's systemd.
func (s search) runner(base string) (runner.Runner, bool) {
	r, ok := runner.Find(base, s.runners)
	return r, ok && !r.Sandbox
}

// skip steps over the words of a runner, which begin at i, to its command. unclear is
// why the place where it begins is unclear: not all options of all versions are known,
// and the word after an unknown one may be its value.
func (s search) skip(words []word, i int, r runner.Runner) (next int, unclear string) {
	own := r.Words()
	option := ""
	for i < len(words) {
		text := words[i].text()
		n := own.Takes(text)
		switch {
		case r.Name == "env" && n == 1 && !isKnownOfEnv(text):
			return i, "env has the option " + text // -S splits a string
		case r.Name == "env" && text == "-a", r.Name == "exec" && text == "-a", r.Name == "env" && strings.HasPrefix(text, "--argv0"):
			return i, r.Name + " changes the name by which the app is called"
		case n == 2:
			option = ""
		case n == 1 && strings.HasPrefix(text, "-"):
			option = text
			if text == "--" {
				option = ""
			}
		case s.names(words[i].program()), s.runs(text):
			return i, ""
		case n == 1:
		case r.Name == "env" && strings.Contains(text, "="):
			n = 1
		case option == "":
			return i, ""
		default: // the option's word, unless it is the command
			rest := slices.IndexFunc(words[i:], func(w word) bool { return w.text() == "--" })
			if rest < 0 {
				return i, "the options of " + r.Name + " cannot be told from its command"
			}
			n, option = rest+1, ""
		}
		i += n
	}
	return i, ""
}

// isKnownOfEnv reports whether an option of env(1) leaves the command as it is.
func isKnownOfEnv(option string) bool {
	switch option {
	case "--", "-", "-i", "--ignore-environment", "-v", "--debug":
		return true
	}
	return strings.HasPrefix(option, "--unset=") || strings.HasPrefix(option, "--chdir=")
}

// runs reports whether find follows a program to its command.
func (s search) runs(text string) bool {
	base := filepath.Base(text)
	_, known := s.runner(base)
	return known || runner.IsShell(base)
}

// mentioned returns an error with the reason if a word names the app all the same.
func (s search) mentioned(words []word, reason string) error {
	apart := func(r rune) bool { return strings.ContainsRune(" \t\n;&|()<>'\"`$={}", r) }
	for _, w := range words {
		for _, part := range append(strings.FieldsFunc(w.text(), apart), w.program()) {
			if part != "" && s.starts(part, nil) == Own {
				return fmt.Errorf("%q is named, but %s", part, reason)
			}
		}
	}
	return nil
}

// Program is the program of the first Exec line that starts the app, as it is written there;
// "" if none does, or by a way that cannot be followed.
func (e *Entry) Program(starts Starts) string {
	s := search{starts: starts}
	for _, k := range e.keys {
		if k.name != "Exec" {
			continue
		}
		words, err := split(unescape(e.text, k.value))
		if err != nil {
			continue
		}
		found, err := s.find(words)
		if i := slices.IndexFunc(found, func(w word) bool { return !w.shared }); err == nil && i >= 0 {
			return found[i].program()
		}
	}
	return ""
}
