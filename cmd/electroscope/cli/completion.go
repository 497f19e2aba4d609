package cli

import (
	"fmt"
	"io/fs"

	"electroscope"
)

// The shells and their scripts, below desktop/completions.
var completionScripts = map[string]string{
	"bash": "electroscope.bash",
	"zsh":  "_electroscope",
	"fish": "electroscope.fish",
}

// completionOf is the word by which the scripts ask what there is to complete.
const completionOf = "of"

func completionCommand() *command {
	return &command{
		name: "completion", args: "bash|zsh|fish", hidden: completionOf,
		summary: "Print the completion script for a shell",
		details: `
Packages install it. Otherwise, add one of these to the shell's start-up file:

    source <(electroscope completion bash)
    electroscope completion fish | source

The script asks "electroscope completion of WORDS" for the candidates, so that
commands, options and the apps of your own apps.toml are up to date.`,
		run: func(inv *invocation, args []string) error {
			if args[0] == completionOf {
				for _, line := range inv.candidates(args[1:]) {
					fmt.Fprintln(inv.out, line)
				}
				return nil
			}
			script, err := fs.ReadFile(electroscope.Completions, "desktop/completions/"+completionScripts[args[0]])
			inv.out.Write(script)
			return err
		},
	}
}
