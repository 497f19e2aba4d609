package cli

import (
	"fmt"
	"strconv"
	"strings"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// commandLines returns a mistake for each element of exec that is a program with arguments. A
// path may have blanks, so only the disk can tell.
func commandLines(w launcher.Process, all catalog.Catalog, layers catalog.Layers) []catalog.Diagnostic {
	var mistakes []catalog.Diagnostic
	for _, app := range all.Apps {
		for _, text := range app.Exec {
			if !isCommandLine(text, func(program string) bool { return isProgram(w, program) }) {
				continue
			}
			o := layers.Origin(app.Key, "exec")
			mistakes = append(mistakes, catalog.Diagnostic{
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

// isCommandLine reports whether a text that is not a program is one with arguments: the program
// exists, or the arguments begin with an option.
func isCommandLine(text string, there func(program string) bool) bool {
	program, arguments, found := catalog.Arguments(text)
	return found && !there(text) && (there(program) || catalog.IsOption(arguments[0]))
}

// argumentsRemedy returns where to write the arguments of a program: Chromium's switches have a
// key of their own.
func argumentsRemedy(text string) string {
	program, arguments, _ := catalog.Arguments(text)
	key := "switches"
	var quoted []string
	for _, a := range arguments {
		if strings.HasPrefix(a, "%") {
			continue // a field code of a desktop entry
		}
		if !strings.HasPrefix(a, "--") {
			key = "args"
		}
		quoted = append(quoted, catalog.Quoted(a))
	}
	if quoted == nil {
		return fmt.Sprintf("write exec = [%s]", catalog.Quoted(program))
	}
	return fmt.Sprintf("write exec = [%s] and %s = [%s]", catalog.Quoted(program), key, strings.Join(quoted, ", "))
}
