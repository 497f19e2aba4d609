package entry

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Starts tells whether a program, as an Exec line names it, is the app.
type Starts func(program string) bool

// find gives the words that name the app's program in a command, most often one.
// None and no error: the command starts something else. An error says that it
// may start the app, by a way that cannot be followed.
func find(words []word, starts Starts) ([]word, error) {
	env := false
	for i := 0; i < len(words); {
		w := words[i]
		base := filepath.Base(w.program())
		switch {
		case w.vague && w.inner:
			return nil, mentioned(words, starts, "the shell makes up the program's name")
		case starts(w.program()):
			w.first, w.assigns = i == 0, env
			return []word{w}, nil
		case isShell(base):
			return inShell(words[i+1:], base, starts)
		case base == "env":
			next, option := skipEnv(words, i+1)
			if option != "" {
				return nil, mentioned(words, starts, "env has the option "+option)
			}
			env, i = true, next
		case handsOn[base]:
			next, told := skipOptions(words, i, starts)
			if !told {
				return nil, mentioned(words, starts, "the options of "+base+" cannot be told from its command")
			}
			env, i = false, next
		default:
			return nil, mentioned(words[i:], starts, fmt.Sprintf("it starts %q", w.text()))
		}
	}
	return nil, nil
}

// handsOn are programs that run the command in their arguments as the same user
// and in the same session. Sandboxes are not here: what they start may not be
// able to reach the session's systemd.
var handsOn = map[string]bool{
	"exec": true, "command": true, "nohup": true, "nice": true, "ionice": true, "chrt": true, "taskset": true,
	"stdbuf": true, "setsid": true, "timeout": true, "time": true, "setarch": true,
	"gamemoderun": true, "mangohud": true, "prime-run": true, "optirun": true, "primusrun": true,
	"dbus-run-session": true, "dbus-launch": true, "systemd-inhibit": true, "systemd-run": true, "systemd-cat": true,
	"uwsm": true, "uwsm-app": true, "app2unit": true, "runapp": true, "kstart": true, "kstart5": true,
}

// skipEnv steps over the options of env(1) and NAME=VALUE. option is one whose
// meaning for the command is not known.
func skipEnv(words []word, i int) (next int, option string) {
	for ; i < len(words); i++ {
		switch text := words[i].text(); {
		case text == "-u" || text == "--unset" || text == "-C" || text == "--chdir":
			i++
		case text == "--":
			for i++; i < len(words) && strings.Contains(words[i].text(), "="); i++ {
			}
			return i, ""
		case text == "-" || text == "-i" || text == "--ignore-environment" ||
			strings.HasPrefix(text, "--unset=") || strings.HasPrefix(text, "--chdir="):
		case strings.HasPrefix(text, "-"):
			return i, text // -S splits a string, -a changes the name we are called by
		case !strings.Contains(text, "="):
			return i, ""
		}
	}
	return i, ""
}

// skipOptions steps over what stands between the program at words[i], which
// hands on, and the command. Which options take a word is not known: told is
// false where the next word may be either.
func skipOptions(words []word, i int, starts Starts) (next int, told bool) {
	by := filepath.Base(words[i].text())
	option := ""
	for i++; i < len(words); i++ {
		text := words[i].text()
		switch {
		case starts(words[i].program()), runs(text):
			return i, by != "exec" || option != "-a" // exec -a NAME changes the name we are called by
		case text == "--":
			return i + 1, true
		case strings.HasPrefix(text, "-"):
			option = text
			continue
		case text == "" || strings.IndexByte("0123456789", text[0]) >= 0 || strings.Contains(text, "=") || by == "uwsm" && text == "app":
		case option == "":
			return i, true
		default: // the option's word, unless it is the command
			rest := slices.IndexFunc(words[i:], func(w word) bool { return w.text() == "--" })
			return i + rest + 1, rest >= 0
		}
		option = ""
	}
	return i, true
}

// runs tells a program that find looks behind.
func runs(text string) bool {
	base := filepath.Base(text)
	return handsOn[base] || base == "env" || isShell(base)
}

// mentioned makes an error of a reason where a word names the app all the same.
func mentioned(words []word, starts Starts, reason string) error {
	apart := func(r rune) bool { return strings.ContainsRune(" \t\n;&|()<>'\"`$={}", r) }
	for _, w := range words {
		for _, part := range append(strings.FieldsFunc(w.text(), apart), w.program()) {
			if starts(part) {
				return fmt.Errorf("%q is named, but %s", part, reason)
			}
		}
	}
	return nil
}
