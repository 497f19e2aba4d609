package cli

import (
	"errors"
	"flag"
	"fmt"
	"strconv"
	"time"

	"electroscope/monitor"
	"electroscope/monitor/control"
)

// stopPatience is how long an app has for each step of its end: as much as it takes to save
// what is open, and less than people wait.
const stopPatience = 10

func stopCommand() *command {
	all, seconds := false, stopPatience
	return &command{
		name: "stop", args: "[OPTIONS] " + launchArgs,
		summary: "End a running app: politely, then by force",
		details: `
The main process gets SIGTERM, at which apps save what is open and end. If
something of the app is left after a while, all of it gets SIGTERM, and in the
end SIGKILL. What it took is printed.` + whichLaunch,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&all, "all", false, "each of several launches")
			fs.Func("timeout", "`SECONDS`: how long each step may take; default: "+strconv.Itoa(stopPatience), func(text string) error {
				n, err := strconv.Atoi(text)
				if err != nil || n < 1 || n > 3600 {
					return errors.New("not a whole number from 1 to 3600")
				}
				seconds = n
				return nil
			})
		},
		run: func(inv *invocation, args []string) error {
			return onEach(inv, args[0], all, "stop", func(c control.Control, a monitor.App) error {
				return stop(inv, c, a, time.Duration(seconds)*time.Second)
			})
		},
	}
}

func stop(inv *invocation, c control.Control, a monitor.App, after time.Duration) error {
	if err := outsideOf(inv.process, a); err != nil {
		return err
	}
	begun := time.Now()
	ending := c.Stop(a, after, func(step control.Ending) {
		if step > control.Asked { // the first one is what was asked for
			fmt.Fprintf(inv.out, "%s: %s\n", title(a), progress(step))
		}
	})
	if ending == control.Alive {
		return errors.New("something of it is left even after SIGKILL: it waits in the kernel, for a disk or a network, say")
	}
	fmt.Fprintf(inv.out, "%s ended after %.1f s, %s\n", title(a), time.Since(begun).Seconds(), how(ending))
	return nil
}

// progress says why the next step is taken, and what it is.
func progress(step control.Ending) string {
	if step == control.Killed {
		return "some of it has not ended; SIGKILL to what is left"
	}
	return "not all of it ended with the main process; SIGTERM to what is left"
}

func how(ending control.Ending) string {
	switch ending {
	case control.Asked:
		return "by itself at SIGTERM"
	case control.Told:
		return "at SIGTERM to all of its processes"
	}
	return "killed"
}
