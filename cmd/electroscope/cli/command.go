package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"electroscope"
	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// A command is a sub-command. Its flags stop at the first word that is none, so
// that those of an app stay the app's.
type command struct {
	name    string
	args    string // the words after the flags, for the usage line
	summary string // one line
	details string // paragraphs for `electroscope help NAME`
	flags   func(*flag.FlagSet)
	run     func(t *toolbox, args []string) error

	launches bool // it becomes a program, whose exit statuses it leaves room for
}

// A toolbox is what every command works with.
type toolbox struct {
	out    *render.Writer
	err    io.Writer
	style  render.Style // of err
	world  launcher.Process
	status int // of a command that ran but has to report something
}

func (t *toolbox) layers() catalog.Layers {
	return catalog.ReadLayers(t.world.Getenv, electroscope.Apps)
}

// commands is a function because help walks the list that holds it.
func commands() []*command {
	return []*command{runCommand(), shellCommand(), explainCommand(), appsCommand(), installCommand(), uninstallCommand(), linkCommand(), unlinkCommand(), configCommand(), completionCommand(), versionCommand(), helpCommand()}
}

// A usageError is a command line that cannot be meant.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// statusUsage is the exit status for a wrong command line, as of getopt users.
const statusUsage = 2

// tool runs electroscope under its own name.
func tool(args []string, stdout, stderr io.Writer) int {
	w := launcher.ThisProcess()
	t := &toolbox{out: render.NewWriter(stdout, w.Getenv), err: stderr, style: render.StyleOf(stderr, w.Getenv), world: w}
	if len(args) == 0 {
		fmt.Fprint(stderr, usage())
		return statusUsage
	}
	switch args[0] {
	case "-h", "-help", "--help":
		args[0] = "help"
	case "-V", "-version", "--version":
		args[0] = "version"
	}
	c := find(args[0])
	if c == nil {
		printError(stderr, fmt.Sprintf("unknown command %q", args[0]), "electroscope help lists them; electroscope run "+args[0]+" starts a program of that name")
		return statusUsage
	}
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	if c.flags != nil {
		c.flags(fs)
	}
	if err := fs.Parse(args[1:]); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(stdout, c.help())
			return 0
		}
		printError(stderr, err.Error(), "see electroscope help "+c.name)
		return statusUsage
	}
	err := c.run(t, fs.Args())
	var wrong *usageError
	if errors.As(err, &wrong) {
		printError(stderr, wrong.text, "usage: "+c.usage())
		return statusUsage
	}
	var refused *refusal
	if errors.As(err, &refused) {
		printError(stderr, refused.text, refused.remedy)
		return statusUsage
	}
	if err != nil {
		status := failed(stderr, launcher.Request{Layers: t.layers()}, err)
		if !c.launches {
			status = 1
		}
		return status
	}
	return t.status
}

func find(name string) *command {
	for _, c := range commands() {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (c *command) usage() string {
	return strings.TrimSpace("electroscope " + c.name + " " + c.args)
}
