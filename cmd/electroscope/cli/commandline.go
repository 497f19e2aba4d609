package cli

import (
	"fmt"
	"strconv"
	"strings"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// commandLines are the elements of exec that are no programs, but a program with arguments. A
// path may have blanks, so it takes a look at the disk to tell.
func commandLines(w launcher.Process, all catalog.Catalog, layers catalog.Layers) []catalog.Mistake {
	var mistakes []catalog.Mistake
	for _, app := range all.Apps {
		for _, text := range app.Exec {
			if !isCommandLine(text, func(program string) bool { return isProgram(w, program) }) {
				continue
			}
			o := layers.Origin(app.Key, "exec")
			mistakes = append(mistakes, catalog.Mistake{
				File: o.File, Line: o.Line, Col: o.Col, Key: o.Key,
				Reason: strconv.Quote(text) + " is a program with arguments",
				Remedy: argumentsRemedy(text),
			})
		}
	}
	return mistakes
}

func isProgram(w launcher.Process, program string) bool {
	_, err := launcher.Locate(w, catalog.App{Exec: []string{program}})
	return err == nil
}

// isCommandLine reports whether a text that is no program is one with arguments: the program is
// there, or the arguments begin as an option does.
func isCommandLine(text string, there func(program string) bool) bool {
	program, arguments, found := catalog.Arguments(text)
	return found && !there(text) && (there(program) || catalog.IsOption(arguments[0]))
}

// argumentsRemedy says where the arguments of a program go: Chromium's switches have a key, and
// all others take a script.
func argumentsRemedy(text string) string {
	program, arguments, _ := catalog.Arguments(text)
	quoted := make([]string, len(arguments))
	for i, a := range arguments {
		if !strings.HasPrefix(a, "--") {
			return fmt.Sprintf("write a script that runs %s, and name it in exec", text)
		}
		quoted[i] = catalog.Quoted(a)
	}
	return fmt.Sprintf("write exec = [%s] and switches = [%s]", catalog.Quoted(program), strings.Join(quoted, ", "))
}
