package main

import (
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"
)

func helpCommand() *command {
	return &command{
		name: "help", args: "[COMMAND]",
		summary: "Explain a command",
		details: "Without a command, list them all.",
		run: func(t *toolbox, args []string) error {
			if len(args) == 0 {
				fmt.Fprint(t.out, usage())
				return nil
			}
			c := find(args[0])
			if c == nil {
				return &usageError{fmt.Sprintf("unknown command %q", args[0])}
			}
			fmt.Fprint(t.out, c.help())
			return nil
		},
	}
}

const usageHead = `electroscope starts desktop apps inside capped systemd scopes.

Under the name of an app it becomes that app:

    electroscope link          # links discord, signal, codium, ... in ~/.local/bin
    discord                    # runs the real Discord, inside its limits

Under its own name it is a tool:

`

const usageTail = `
Under an app's name every argument is the app's. These variables speak to
electroscope there:

    ELECTROSCOPE_DRY_RUN=1     say what would run, and run nothing
    ELECTROSCOPE_DISABLE=1     run the app as if electroscope were not there
    ELECTROSCOPE_SET=TOML      a layer over apps.toml for this launch

Example: see what Discord would run with, then start a program with limits:

    electroscope run -n discord
    electroscope run --MemoryMax=1G --CPUQuota=50% -- ./hog
`

func usage() string {
	var b strings.Builder
	b.WriteString(usageHead)
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, c := range commands() {
		fmt.Fprintf(w, "    %s\t%s\n", c.usage(), c.summary)
	}
	w.Flush()
	b.WriteString(usageTail)
	return b.String()
}

func (c *command) help() string {
	var b strings.Builder
	fmt.Fprintf(&b, "usage: %s\n\n%s.\n", c.usage(), c.summary)
	if c.details != "" {
		fmt.Fprintf(&b, "%s\n", c.details)
	}
	if c.flags != nil {
		fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
		c.flags(fs)
		b.WriteString("\nOptions:\n")
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		fs.VisitAll(func(f *flag.Flag) {
			value, text := flag.UnquoteUsage(f)
			option := "--" + f.Name
			if len(f.Name) == 1 {
				option = "-" + f.Name
			}
			if value != "" {
				option += "=" + value
			}
			fmt.Fprintf(w, "    %s\t%s\n", option, text)
		})
		w.Flush()
	}
	return b.String()
}
