package launcher

import (
	"errors"
	"fmt"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/plan"
	"electroscope/launcher/program"
)

// Exit statuses of env(1), nice(1) and timeout(1) for a program that did not run.
const (
	ExitRefused       = 125 // electroscope itself failed or refused
	ExitNotExecutable = 126
	ExitNotFound      = 127
)

// An ExitError ends a launch without the app.
type ExitError struct {
	Status int
	Text   string
	Remedy string // on a line of its own; may be empty
}

func (e *ExitError) Error() string { return e.Text }

// An UnknownName is one that no app answers to, and no program on PATH.
type UnknownName struct{ Name string }

func (e *UnknownName) Error() string { return fmt.Sprintf("no app answers to the name %q", e.Name) }

// notFound gives the error of a search for a program its exit status.
func notFound(err error) error {
	var missing *program.NotFound
	var denied *program.NotExecutable
	switch {
	case errors.As(err, &missing):
		remedy := missing.Remedy() + withArguments(missing.Names) + "\n" + looked(missing)
		return &ExitError{Status: ExitNotFound, Text: missing.Error(), Remedy: strings.TrimSuffix(remedy, "\n")}
	case errors.As(err, &denied):
		return &ExitError{Status: ExitNotExecutable, Text: denied.Error(), Remedy: denied.Remedy()}
	}
	return err
}

// withArguments names the first of the programs not found that looks like a command line.
func withArguments(programs []string) string {
	for _, text := range programs {
		if program, arguments, found := catalog.Arguments(text); found && catalog.IsOption(arguments[0]) {
			return fmt.Sprintf("\nexec takes no arguments: %q may be %q with %q", text, program, strings.Join(arguments, " "))
		}
	}
	return ""
}

func looked(missing *program.NotFound) string {
	if len(missing.Folders()) == 0 {
		return ""
	}
	return "looked in " + strings.Join(missing.Folders(), ", ")
}

// withNotes adds to a program that was not found what may be the reason.
func withNotes(err error, notes []plan.Note) error {
	var exit *ExitError
	if errors.As(err, &exit) {
		for _, n := range plan.Failures(notes) {
			exit.Remedy += "\n" + n.String()
		}
	}
	return err
}

// diagnosticNotes says what each diagnostic of apps.toml costs: a value, or a whole
// layer. A warning costs nothing, and `electroscope config check` has it.
func diagnosticNotes(diagnostics []catalog.Diagnostic) []plan.Note {
	var notes []plan.Note
	for _, d := range diagnostics {
		if d.Warning {
			notes = append(notes, plan.Note{Text: d.Error(), Remedy: d.Remedy})
			continue
		}
		without := d.Key
		d.Key = ""
		if without == "" {
			without = "a layer of apps.toml"
		}
		notes = append(notes, plan.Note{Failure: true, Without: without, Text: d.Error(), Remedy: d.Remedy})
	}
	return notes
}
