package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// commands are those of the tool that read the whole catalogue, and one that does not. status
// and top are not among them: they measure for half a second.
var commands = []string{
	"version", "completion of run d", "apps", "config show", "config check", "explain benchapp", "run -n benchapp", "install --dry-run",
	"link --dry-run", "suggest", "history", "budget", "doctor",
}

// commandTimes prints how long the tool's commands take beside the catalogues of those variants.
func commandTimes(out io.Writer, programs string, with ...*contestant) error {
	const rounds = 9
	times := make(map[string][]time.Duration)
	for range rounds {
		for _, i := range rand.Perm(len(commands)) {
			for _, c := range with {
				took, err := commandTime(filepath.Join(programs, "electroscope"), commands[i], c.env)
				if err != nil {
					return err
				}
				key := c.name + commands[i]
				times[key] = append(times[key], took)
			}
		}
	}
	fmt.Fprintf(out, "\ncommands of the tool, in ms: min and median of %d\n\n", rounds)
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "electroscope\t")
	for _, c := range with {
		fmt.Fprintf(t, "%s\t\t", c.name)
	}
	fmt.Fprintln(t)
	for _, command := range commands {
		fmt.Fprintf(t, "%s\t", command)
		for _, c := range with {
			list := times[c.name+command]
			slices.Sort(list)
			fmt.Fprintf(t, "%.0f\t%.0f\t", list[0].Seconds()*1000, list[len(list)/2].Seconds()*1000)
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// commandTime runs one. Status 1 is that of a command that has to report something, as doctor has
// in a rig.
func commandTime(electroscope, command string, env []string) (time.Duration, error) {
	c := exec.Command(electroscope, strings.Fields(command)...)
	c.Env = env
	var stderr bytes.Buffer
	c.Stderr = &stderr
	begin := time.Now()
	err := c.Run()
	took := time.Since(begin)
	if c.ProcessState.ExitCode() > 1 {
		return 0, fmt.Errorf("electroscope %s: %w\n%s", command, err, stderr.Bytes())
	}
	return took, nil
}
