package catalog

import (
	"slices"
	"strconv"
	"strings"

	"electroscope/launcher/unitname"
)

// The checks of texts: each returns what is wrong with a text, or "".

// checkNUL refuses what execve(2) cannot pass on.
func checkNUL(text string) string {
	if strings.IndexByte(text, 0) >= 0 {
		return strconv.Quote(text) + " holds a NUL"
	}
	return ""
}

func checkText(text string) string {
	if text == "" {
		return "holds an empty string"
	}
	return checkNUL(text)
}

func checkName(name string) string {
	switch {
	case name == "":
		return "a name is empty"
	case strings.IndexByte(name, '/') >= 0:
		return strconv.Quote(name) + " is a path, not a name"
	case name == "." || name == "..":
		return strconv.Quote(name) + " is a folder, not a name"
	case name == "electroscope":
		return `"electroscope" is this program's own name`
	}
	return checkNUL(name)
}

// checkRunner is of a base name, which may end in * for all that begin so.
func checkRunner(name string) string {
	begin, all := strings.CutSuffix(name, "*")
	switch {
	case all && begin == "":
		return `"*" is every program`
	case strings.Contains(begin, "*"):
		return strconv.Quote(name) + " has a * before its end"
	}
	return checkName(begin)
}

func checkOption(option string) string {
	switch {
	case len(option) < 2 || option[0] != '-':
		return strconv.Quote(option) + " is not an option"
	case strings.Contains(option, "="):
		return strconv.Quote(option) + " has its value with it"
	}
	return checkNUL(option)
}

func checkExec(program string) string {
	switch {
	case program == "":
		return "a program is empty"
	case program[0] == '~' && !isBelowHome(program):
		return strconv.Quote(program) + " names the home of a user, which is not looked up: only ~/ is, your own"
	case holdsArguments(program):
		return strconv.Quote(program) + " is a program with arguments"
	case program[0] != '/' && !isBelowHome(program) && strings.IndexByte(program, '/') >= 0:
		return strconv.Quote(program) + " is a relative path"
	}
	return checkNUL(program)
}

// holdsArguments reports whether a text can only be meant as a command line: a name on PATH
// with words after it, one of which is an option, a field code of a desktop entry or a path. A
// path may have blanks, so only the disk can tell what it is ([Arguments]).
func holdsArguments(program string) bool {
	_, words, found := Arguments(program)
	if !found || program[0] == '/' || isBelowHome(program) {
		return false
	}
	return slices.ContainsFunc(words, func(word string) bool {
		return IsOption(word) || strings.IndexByte(word, '/') >= 0
	})
}

// Arguments takes a text apart that may be a program with arguments: at the first option or
// field code, or else at the first blank. found is false for one word.
func Arguments(text string) (program string, arguments []string, found bool) {
	words := strings.Fields(text)
	if len(words) < 2 {
		return text, nil, false
	}
	first := 1 + max(0, slices.IndexFunc(words[1:], IsOption))
	return strings.Join(words[:first], " "), words[first:], true
}

// IsOption reports whether a word of a command line is an option, or a field code as desktop
// entries have it.
func IsOption(word string) bool { return len(word) > 1 && (word[0] == '-' || word[0] == '%') }

func checkSwitch(text string) string {
	switch {
	case text == "--":
		return `"--" would end the switches`
	case !strings.HasPrefix(text, "-"):
		return strconv.Quote(text) + " is not a switch: it does not begin with -"
	}
	return checkNUL(text)
}

// checkSlice refuses what cannot be a slice's name; empty is allowed: the launch chooses.
func checkSlice(name string) string {
	if name == "" {
		return ""
	}
	return unitname.CheckSlice(name)
}

func checkVariable(name string) string {
	switch {
	case name == "":
		return "a variable's name is empty"
	case strings.IndexByte(name, '=') >= 0:
		return "the variable's name " + strconv.Quote(name) + " holds a ="
	}
	return checkNUL(name)
}
