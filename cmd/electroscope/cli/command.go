package cli

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"electroscope"
	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// A command is a sub-command. Its usage line decides which operands it takes, and what is
// completed.
type command struct {
	name    string
	args    string // the words after the flags, for the usage line
	summary string // one line
	details string // paragraphs for `electroscope help NAME`
	flags   func(*flag.FlagSet)
	run     func(inv *invocation, args []string) error

	launches bool   // it becomes a program, whose exit statuses it leaves room for
	hidden   string // a first operand that help does not show, with words of its own

	// words completes an operand of that kind by the words before it; nil: as of any command.
	words func(inv *invocation, kind string, before []string) []string
}

// An invocation is one call of the tool: what a command reads and writes, and its result.
type invocation struct {
	out     *render.Writer
	err     io.Writer
	style   render.Style // of err
	process launcher.Process
	status  int // of a command that ran but has to report something
}

func (inv *invocation) layers() catalog.Layers {
	return catalog.ReadLayers(inv.process.Getenv, electroscope.Apps)
}

// commands is a function because help walks the list that holds it.
func commands() []*command {
	return []*command{
		runCommand(),
		shellCommand(),
		explainCommand(),
		appsCommand(),
		statusCommand(),
		setCommand(),
		freezeCommand(),
		thawCommand(),
		reclaimCommand(),
		stopCommand(),
		whyCommand(),
		historyCommand(),
		crashesCommand(),
		suggestCommand(),
		watchCommand(),
		compareCommand(),
		topCommand(),
		pressureCommand(),
		budgetCommand(),
		baselineCommand(),
		doctorCommand(),
		addCommand(),
		removeCommand(),
		installCommand(),
		uninstallCommand(),
		linkCommand(),
		unlinkCommand(),
		configCommand(),
		completionCommand(),
		versionCommand(),
		helpCommand(),
	}
}

// A usageError ends a command before it has changed anything: an invalid command line, or
// surroundings in which it must not run.
type usageError struct {
	text   string
	remedy string // empty: the usage line
}

func (e *usageError) Error() string { return e.text }

// Exit statuses of the commands; those of a launch are in package launcher.
const (
	statusFailed = 1
	statusUsage  = 2 // as of getopt users
)

// tool runs the command that the words name.
func tool(args []string, stdout, stderr io.Writer) int {
	w := launcher.ThisProcess()
	out := render.NewWriter(stdout, w.Getenv)
	inv := &invocation{out: out, err: stderr, style: render.StyleOf(stderr, w.Getenv), process: w}
	if len(args) == 0 {
		fmt.Fprint(stderr, usage())
		return statusUsage
	}
	name, words := args[0], args[1:]
	switch name {
	case "-h", "-help", "--help":
		name = "help"
	case "-V", "-version", "--version":
		name = "version"
	}
	c := find(name)
	if c == nil {
		text, remedy := unknownCommand(name, inv.layers())
		printError(stderr, inv.style, text, remedy)
		return statusUsage
	}
	fs := c.flagSet()
	operands, err := c.parse(fs, words)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(inv.out, c.help())
		operands, err = nil, nil
	} else if err == nil {
		err = c.start(inv, operands)
	}
	if err == nil && out.Err() != nil {
		err = fmt.Errorf("cannot write to stdout: %w", reason(out.Err()))
	}
	if err != nil {
		return c.failed(inv, operands, err)
	}
	return inv.status
}

func (c *command) start(inv *invocation, operands []string) error {
	if err := c.checkOperands(operands); err != nil {
		return err
	}
	return c.run(inv, operands)
}

// failed prints why the command failed, and returns its exit status.
func (c *command) failed(inv *invocation, operands []string, err error) int {
	var wrong *usageError
	if errors.As(err, &wrong) {
		printError(inv.err, inv.style, wrong.text, cmp.Or(wrong.remedy, "usage: "+c.usage()))
		return statusUsage
	}
	var remedied *remediedError
	if errors.As(err, &remedied) {
		printError(inv.err, inv.style, remedied.text, remedied.remedy)
		return statusFailed
	}
	layers := inv.layers()
	if strings.Contains(c.args, "APP") && len(operands) > 0 {
		err = withNearApp(err, operands[0], layers)
	}
	status := failed(inv.err, inv.style, launcher.Request{Layers: layers}, err)
	if !c.launches {
		return statusFailed
	}
	return status
}

// withNearApp adds to the error of a program that was not found the app whose name is near.
func withNearApp(err error, name string, layers catalog.Layers) error {
	var missing *launcher.ExitError
	near := catalog.Nearest(name, knownNames(layers))
	if near != "" && near != name && errors.As(err, &missing) && missing.Status == launcher.ExitNotFound {
		missing.Remedy = strings.TrimSuffix(didYouMean(near)+"\n"+missing.Remedy, "\n")
	}
	return err
}

// unknownCommand returns the message for a first word that is not a command, with what was
// probably meant.
func unknownCommand(word string, layers catalog.Layers) (text, remedy string) {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	if strings.HasPrefix(word, "-") {
		near := catalog.Nearest(strings.TrimLeft(word, "-"), []string{"help", "version"})
		if near != "" {
			return fmt.Sprintf("unknown option %q", word), didYouMean("--" + near)
		}
		return fmt.Sprintf("unknown option %q", word), "options stand after the command; electroscope help lists the commands"
	}
	text = fmt.Sprintf("unknown command %q", word)
	apps := knownNames(layers)
	near, nearApp := catalog.Nearest(word, names), catalog.Nearest(word, apps)
	switch {
	case slices.Contains(apps, word):
		return text, "electroscope run " + word + " starts the app"
	case near != "":
		return text, didYouMean("electroscope " + near)
	case nearApp != "":
		return text, didYouMean("electroscope run " + nearApp)
	case word == "":
		return text, "electroscope help lists the commands"
	}
	return text, "electroscope help lists the commands; electroscope run " + word + " starts a program of that name"
}

func find(name string) *command {
	for _, c := range append(commands(), notifyCommand()) {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (c *command) usage() string {
	return strings.TrimSpace("electroscope " + c.name + " " + c.args)
}
