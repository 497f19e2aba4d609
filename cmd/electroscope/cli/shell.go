package cli

import (
	"flag"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// shellOptions are the flags of shell.
type shellOptions struct {
	dry bool
	set []catalog.Setting
}

func shellCommand() *command {
	o := &shellOptions{}
	return &command{
		name: "shell", launches: true, args: "[OPTIONS] [--] [PROGRAM [ARGUMENTS]]",
		summary: "Run a shell, or a program, outside the limits of the app it is typed in",
		details: `
A terminal inside an app is under the app's limits, and so is a build started
there. This command moves to a scope of its own beside the apps, with no limits
but those given here, and becomes the PROGRAM, or $SHELL. For every terminal of
VSCodium, add to its settings.json:

    "terminal.integrated.profiles.linux":
        {"outside": {"path": "electroscope", "args": ["shell"]}},
    "terminal.integrated.defaultProfile.linux": "outside"

The exit status is the program's; 126 means that it may not be executed, 127
that it was not found.`,
		flags: o.register,
		run:   o.run,
	}
}

func (o *shellOptions) register(fs *flag.FlagSet) {
	dryRunFlag(fs, &o.dry, "say what would run, and run nothing")
	limitFlags(fs, &o.set)
}

func (o *shellOptions) run(inv *invocation, args []string) error {
	layers := catalog.Layers{}.With(under("defaults", "", o.set)...) // of [defaults], only what is given here
	if wrong := wrongSettings(inv, layers, "--"); wrong != nil {
		return wrong
	}
	settings, _ := layers.Default()
	if !o.dry {
		return launcher.Shell(inv.process.Watched(), args, settings.App)
	}
	p, err := launcher.PrepareShell(inv.process, args, settings.App)
	if err != nil {
		return err
	}
	return printPlan(inv.process, p, inv.out, false)
}
