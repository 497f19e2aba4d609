package install

import (
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/runner"
)

// What of a command's arguments makes it another app than its program alone is, here its
// identity: a web app's address, a profile, an interpreter's script.

// own are the options that choose a web app or a profile, and how much each says. Chromium's
// are those of chrome/common/chrome_switches.cc; profile is Mozilla's and VS Code's too, P
// Mozilla's, customUserDir that of teams-for-linux.
var own = map[string]int{
	"app": 4, "app-id": 4,
	"user-data-dir": 2, "customUserDir": 2, "profile": 2, "P": 2,
	"profile-directory": 1,
}

// Identity gives those of a program's options that make it another app. Each is spelled
// as "--NAME=VALUE".
func Identity(args []string) []string {
	words := canonical(args)
	if end := slices.Index(words, "--"); end >= 0 {
		words = words[:end]
	}
	return slices.DeleteFunc(words, func(word string) bool { return !isOwn(word) })
}

// canonical joins such an option with its value; other words stay.
func canonical(args []string) []string {
	var list []string
	for i := 0; i < len(args); i++ {
		if args[i] == "--" {
			return append(list, args[i:]...)
		}
		name, value, joined := strings.Cut(strings.TrimLeft(args[i], "-"), "=")
		if own[name] == 0 || !strings.HasPrefix(args[i], "-") {
			list = append(list, args[i])
			continue
		}
		if !joined && i+1 < len(args) {
			i++
			value = args[i]
		}
		list = append(list, "--"+name+"="+value)
	}
	return list
}

// isOwn reports whether a word is such an option, in the form that canonical gives it.
func isOwn(word string) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(word, "--"), "=")
	return own[name] != 0 && strings.HasPrefix(word, "--"+name+"=")
}

// identityOf is the identity of a command. To an interpreter all words are the app's.
func identityOf(program string, args []string) []string {
	if !isInterpreter(program) {
		return Identity(args)
	}
	return slices.DeleteFunc(slices.Clone(args), func(word string) bool {
		return len(word) == 2 && word[0] == '%' // a field code
	})
}

// contains reports whether a command has all the words of an app's, with or without more.
func contains(command, app []string) bool {
	words := append(canonical(command), command...)
	return !slices.ContainsFunc(canonical(app), func(word string) bool { return !slices.Contains(words, word) })
}

// contradict reports whether a command is another app's than that with those words: it has
// one of its options with another value, or to an interpreter other words.
func contradict(c command, app []string) bool {
	if isInterpreter(c.program) {
		return len(app) > 0 && len(identityOf(c.program, c.args)) > 0 && !contains(c.args, app)
	}
	words := Identity(c.args)
	for _, word := range Identity(app) {
		option, _, _ := strings.Cut(word, "=")
		if !slices.Contains(words, word) && slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, option+"=") }) {
			return true
		}
	}
	return false
}

// weight is how much an app's words say; one that is no option of those above says most.
func weight(app []string) int {
	sum := 0
	for _, word := range canonical(app) {
		name, _, _ := strings.Cut(strings.TrimPrefix(word, "--"), "=")
		if isOwn(word) {
			sum += own[name]
		} else {
			sum += 4
		}
	}
	return sum
}

// interpreters are what a program's arguments make the app, by their base names without a
// version.
var interpreters = []string{
	"python", "pypy", "perl", "ruby", "php", "lua", "luajit", "tclsh", "wish", "guile", "Rscript", "julia",
	"java", "javaw", "dotnet", "mono", "node", "nodejs", "deno", "bun", "gjs", "qml", "fish",
	"electron", "wine", "wine-stable", "wine-staging", "wine-devel",
}

func isInterpreter(program string) bool {
	base := filepath.Base(program)
	return runner.IsShell(base) || slices.Contains(interpreters, strings.TrimRight(base, "0123456789.-"))
}
