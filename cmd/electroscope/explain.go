package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

func explainCommand() *command {
	return &command{
		name: "explain", args: "APP [ARGUMENTS]",
		summary: "Show where each value of a launch comes from, and why",
		details: `
Each row is a value, the key it comes from, and the file and line that set it
last. Below stand the program, what lies behind its wrapper scripts, and the
notes that a launch would go by.`,
		run: func(t *toolbox, args []string) error {
			if len(args) == 0 {
				return &usageError{"explain what?"}
			}
			r := request(t.layers(), args, nil)
			p, err := launcher.Prepare(t.world, r)
			if err != nil {
				return err
			}
			printOrigins(t.out, p, r.Layers)
			printProgram(t, p)
			printScore(t, p)
			if note := p.Settings.App.Note; note != "" {
				fmt.Fprintf(t.out, "\n%s\n", strings.TrimSpace(note))
			}
			fmt.Fprintln(t.out)
			printPlan(t.out, p, p.Engine)
			return nil
		},
	}
}

// printOrigins walks the schema, so that no key can be forgotten.
func printOrigins(out io.Writer, p launcher.Plan, layers catalog.Layers) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	app := p.Settings.App.Key
	for _, k := range catalog.Keys() {
		for _, table := range k.Tables {
			owner, path := app, []string{"budget", k.Name}
			if table == "budget" {
				owner = ""
			} else if path = inApp(table, k.Name); path == nil {
				continue
			}
			origin := layers.Origin(owner, path...)
			if origin.Source == "" {
				continue
			}
			fmt.Fprintf(w, "%s\t%s\t%s\n", origin.Key, oneLine(origin.Source), origin)
			break
		}
	}
	w.Flush()
}

// inApp is a key's path inside an app's table; nil where it is no key of an app.
func inApp(table, name string) []string {
	inside, ok := strings.CutPrefix(table, "apps.*")
	if !ok {
		return nil
	}
	path := []string{name}
	if inside != "" {
		path = append(strings.Split(inside[1:], "."), name)
	}
	return path
}

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	const width = 60
	if len(s) > width {
		s = s[:width] + "…"
	}
	return s
}

func printProgram(t *toolbox, p launcher.Plan) {
	fmt.Fprintf(t.out, "\nprogram  %s\n", p.Target)
	for _, script := range p.Chain.Scripts {
		if script != p.Target {
			fmt.Fprintf(t.out, "  behind it the script %s\n", script)
		}
	}
	switch program := p.Chain.Program; {
	case program == "":
		fmt.Fprintln(t.out, "  what it runs in the end cannot be seen from outside")
	case program != p.Target:
		fmt.Fprintf(t.out, "  behind it the program %s\n", program)
	}
	if !p.Chain.Execs {
		fmt.Fprintln(t.out, "  its main process may have another PID than the scope's name says")
	}
}

// printScore tells what comes of OOMScoreAdjust, which a scope does not take.
func printScore(t *toolbox, p launcher.Plan) {
	wish := p.Settings.App.OOMScoreAdjust
	if wish == nil {
		return
	}
	text, err := os.ReadFile(t.world.Proc + "/self/oom_score_adj")
	if err != nil {
		return
	}
	present, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return
	}
	fmt.Fprintf(t.out, "\nOOMScoreAdjust=%d is no property of a scope: the launch sets it for itself before it becomes the app.\n", *wish)
	if *wish < present && t.world.UID != 0 {
		fmt.Fprintf(t.out, "It is %d here. The kernel lets an ordinary user raise it, and lower it no further than\nthe last privileged process left it (100 for what systemd --user starts).\n", present)
	}
}
