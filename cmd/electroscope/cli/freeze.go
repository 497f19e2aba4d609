package cli

import (
	"flag"
	"fmt"

	"electroscope/monitor"
	"electroscope/monitor/control"
)

func freezeCommand() *command {
	all := false
	return &command{
		name: "freeze", args: "[--all] " + launchArgs,
		summary: "Stop a running app where it is, until thaw",
		details: `
All processes of the app stand still: they use no CPU, and keep their memory,
which electroscope reclaim then gets back nearly whole. Its windows do not
answer, its sound stops, and servers may take it for gone.` + whichLaunch,
		flags: func(fs *flag.FlagSet) { fs.BoolVar(&all, "all", false, "each of several launches") },
		run: func(inv *invocation, args []string) error {
			return onEach(inv, args[0], all, "freeze", func(c control.Control, a monitor.App) error {
				if err := outsideOf(inv.process, a); err != nil {
					return err
				}
				if err := c.Freeze(a); err != nil {
					return err
				}
				fmt.Fprintf(inv.out, "%s is frozen; electroscope thaw %s lets it run on\n", title(a), handle(a))
				noteEscape(inv, a, "it runs on")
				return nil
			})
		},
	}
}

func thawCommand() *command {
	return &command{
		name: "thaw", args: launchArgs,
		summary: "Let a frozen app run on",
		details: `
It goes on where it stood. What the network did meanwhile it has yet to find
out.` + whichLaunch,
		run: func(inv *invocation, args []string) error {
			return onEach(inv, args[0], true, "thaw", func(c control.Control, a monitor.App) error {
				if err := c.Thaw(a); err != nil {
					return err
				}
				fmt.Fprintf(inv.out, "%s runs\n", title(a))
				return nil
			})
		},
	}
}
