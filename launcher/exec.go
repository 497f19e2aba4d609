package launcher

import (
	"errors"
	"fmt"
	"syscall"

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

// become turns this process into the program. It returns only to say why not.
func become(path string, argv, env []string) error {
	restoreSignals()
	err := syscall.Exec(path, argv, env)
	if errors.Is(err, syscall.ENOEXEC) && program.IsText(path) {
		// A script without #!: what execvp(3) and every shell do.
		err = syscall.Exec("/bin/sh", append([]string{"sh", path}, argv[1:]...), env)
	}
	status := ExitNotExecutable
	remedy := ""
	switch {
	case errors.Is(err, syscall.ENOENT):
		status, remedy = ExitNotFound, "its interpreter (the #! line, or the ELF loader) may be missing"
	case errors.Is(err, syscall.E2BIG):
		remedy = "arguments and environment together are more than execve(2) takes"
	}
	return &ExitError{Status: status, Text: fmt.Sprintf("run %q: %v", path, err), Remedy: remedy}
}
