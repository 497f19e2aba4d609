package cli

import (
	"flag"
	"fmt"
	"strconv"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher/catalog"
	"electroscope/monitor"
	"electroscope/monitor/control"
)

func reclaimCommand() *command {
	all := false
	return &command{
		name: "reclaim", args: "[--all] " + launchArgs + " [SIZE]",
		summary: "Take memory from a running app that it does not need now",
		details: `
The kernel drops pages of files and moves others to swap, SIZE of them or all
that it can find. What the app needs again comes back, and it waits for that: do
it to one that stands in the background, or that is frozen. With zram as swap,
what is moved there still takes some of the RAM.` + whichLaunch,
		flags: func(fs *flag.FlagSet) { fs.BoolVar(&all, "all", false, "each of several launches") },
		run: func(inv *invocation, args []string) error {
			bytes := uint64(0)
			if len(args) > 1 {
				var wrong string
				if bytes, wrong = catalog.ParseSize(args[1]); wrong != "" || bytes == 0 {
					return &usageError{strconv.Quote(args[1]) + " is not a size to take", `write a size such as "512M" or "1.5G", or none for all that can be had`}
				}
			}
			return onEach(inv, args[0], all, "reclaim memory from", func(c control.Control, a monitor.App) error {
				return reclaim(inv, c, a, bytes)
			})
		},
	}
}

func reclaim(inv *invocation, c control.Control, a monitor.App, bytes uint64) error {
	r, err := c.Reclaim(a, bytes)
	if err != nil {
		return err
	}
	fmt.Fprintf(inv.out, "%s: %s came back, memory %s -> %s, swap %s -> %s\n", title(a), render.Size(monitor.Known(r.Taken())),
		render.Size(r.Before.Current), render.Size(r.After.Current), render.Size(r.Before.Swap), render.Size(r.After.Swap))
	if r.Short && bytes > 0 {
		inv.note("the kernel found no more to take in time", "")
	}
	noteEscape(inv, a, "its memory stays as it is")
	return nil
}
