package cli

import (
	"flag"
	"fmt"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher/catalog"
)

// catalogueFile is the name that help has for the list of all keys.
const catalogueFile = "apps.toml"

func helpCommand() *command {
	man := false
	return &command{
		name: "help", args: "[--man] [COMMAND|KEY|" + catalogueFile + "]",
		summary: "Explain a command, a key of apps.toml, or all of its keys",
		details: "Without a word, list the commands.",
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&man, "man", false, "print the man page electroscope(1), or apps.toml(5), as roff")
		},
		run: func(inv *invocation, args []string) error {
			text, err := helpOn(strings.Join(args, " "), man)
			fmt.Fprint(inv.out, text)
			return err
		},
	}
}

// helpOn returns the text about a word, or about everything.
func helpOn(word string, man bool) (string, error) {
	switch {
	case man && word == "":
		return manPage(day()), nil
	case man && word == catalogueFile:
		return catalogueManPage(day()), nil
	case man:
		return "", &usageError{fmt.Sprintf("%q has no man page of its own", word), "electroscope help --man prints the one of all commands"}
	case word == "":
		return usage(), nil
	case word == catalogueFile:
		return keyList(), nil
	}
	if c := find(word); c != nil {
		return c.help(), nil
	}
	var texts []string
	for _, k := range catalog.Keys() {
		if strings.EqualFold(k.Name, catalog.Renamed(word)) {
			texts = append(texts, keyHelp(k))
		}
	}
	if texts == nil {
		return "", unknownTopic(word)
	}
	return strings.Join(texts, "\n"), nil
}

func unknownTopic(word string) error {
	known := []string{catalogueFile}
	for _, c := range commands() {
		known = append(known, c.name)
	}
	for _, k := range catalog.Keys() {
		known = append(known, k.Name)
	}
	return &usageError{fmt.Sprintf("no command and no key of %s is called %q", catalogueFile, word), didYouMean(catalog.Nearest(word, known))}
}

const usageHead = `electroscope starts desktop apps inside capped systemd scopes.

Called by the name of an app, it becomes that app:

    electroscope install    # links in ~/.local/bin, and entries for the desktop
    discord                 # runs the real Discord, inside its limits

Called by its own name, it is a tool:

`

const usageMiddle = `
Called by an app's name, it passes every argument on. These variables change
what it does:

`

const usageTail = `
Example: see what Discord would run with, then start a program with limits:

    electroscope run -n discord
    electroscope run --MemoryMax=1G --CPUQuota=50% -- ./hog

man electroscope says what goes to stdout and stderr, and the exit statuses.
`

func usage() string {
	var rows [][2]string
	for _, v := range variables {
		rows = append(rows, [2]string{v.name + "=" + v.value, v.text})
	}
	return usageHead + commandList() + usageMiddle + render.Columns(rows) + usageTail
}

func commandList() string {
	var b strings.Builder
	for _, c := range commands() {
		fmt.Fprintf(&b, "    %s\n        %s\n", c.usage(), c.summary)
	}
	return b.String()
}

func (c *command) help() string {
	text := fmt.Sprintf("usage: %s\n\n%s.\n", c.usage(), c.summary)
	if c.details != "" {
		text += c.details + "\n"
	}
	var rows [][2]string
	for _, o := range c.options() {
		rows = append(rows, [2]string{o.spelled(), o.text})
	}
	if rows != nil {
		text += "\nOptions:\n" + render.Columns(rows)
	}
	return text
}
