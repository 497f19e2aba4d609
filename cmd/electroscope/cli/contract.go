package cli

import "electroscope/launcher"

// What a script may rely on: where each kind of output goes, how a message begins, and the
// exit statuses. The man page prints it, and contract_test.go holds the binary to it.

const outputContract = `
stdout has what a command was asked for, and nothing else: with --json one JSON
text. The names of its keys stay as they are. Under an app's name, and of run and
shell, stdout is the program's; electroscope writes there only what a dry run
shows.

stderr has messages. The first line of each begins with one of

    electroscope: error:    the launch or the command fails
    electroscope: note:     it goes on; what it goes on without, or a remark

and lines indented by two blanks below it say what to do about it. A launch that
goes on has one line at most, with the remedy in brackets. It never waits for
stderr: if that cannot take the line at once, the line is lost. What an app runs
without is in the journal too (journalctl -t electroscope). If stderr is not a
terminal, a launch that fails or goes on without a limit also shows a desktop
notification. electroscope without a command prints its help on stderr.

Control characters in names, paths and other text that electroscope did not write
are escaped in both.`

// A statusText is an exit status of electroscope's own, and what it means.
type statusText struct {
	status int
	text   string
}

const statusIntro = `
Under an app's name, and of run and shell, the status is the program's own. If
none was run:`

var launchStatuses = []statusText{
	{launcher.ExitRefused, `Electroscope refused (on-failure = "refuse") or failed.`},
	{launcher.ExitNotExecutable, "The program may not be executed."},
	{launcher.ExitNotFound, "The program was not found."},
}

const commandIntro = "Of the other commands, of a dry run, and of an invalid command line:"

var commandStatuses = []statusText{
	{0, "All is well."},
	{statusFailed, "Something is wrong or out of date, or could not be done; the output says what."},
	{statusUsage, "The command line is invalid, or the command must not run here; nothing was changed."},
}

// statusOutro is about statuses that electroscope does not choose.
const statusOutro = `
If a file system does not answer, the program is a child of electroscope, which
then ends with its status, or with 128+N if signal N ended it. If Go's runtime
cannot start, for want of threads or of address space, it prints a dump and ends
with status 2.`
