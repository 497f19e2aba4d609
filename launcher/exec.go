package launcher

import (
	"errors"
	"fmt"
	"syscall"

	"electroscope/launcher/program"
)

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
	return &ExitError{Status: status, Text: fmt.Sprintf("cannot run %q: %v", path, err), Remedy: remedy}
}
