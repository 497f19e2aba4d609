package cli

import (
	"flag"
	"strings"
)

// An option is a flag as help texts, man pages and completions show it.
type option struct {
	name  string // with its dashes
	short string // its other name, of one letter and with its dash; may be empty
	value string // what it takes: "SIZE", or words as "run|refuse"; empty: nothing
	text  string
}

// spelled is the option with its other name and its value: "-n, --dry-run", "--heap=SIZE".
func (o option) spelled() string {
	text := o.name
	if o.short != "" {
		text = o.short + ", " + text
	}
	if o.value != "" {
		text += "=" + o.value
	}
	return text
}

const (
	// hidden is the usage text of a flag that is accepted, and shown nowhere: an earlier spelling.
	hidden = ""
	// shortFor, with a flag's name, is the usage text of its other name of one letter.
	shortFor = "short for --"
)

// dryRunFlag registers the option that every command has which changes something, or starts a
// program. text says what it does there.
func dryRunFlag(fs *flag.FlagSet, dry *bool, text string) {
	fs.BoolVar(dry, "dry-run", false, text)
	fs.BoolVar(dry, "n", false, shortFor+"dry-run")
}

// flagSet registers the command's flags.
func (c *command) flagSet() *flag.FlagSet {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	if c.flags != nil {
		c.flags(fs)
	}
	return fs
}

// options lists a command's flags. A usage text that begins with "`VALUE`: " shows
// the value in the option alone, any other as part of the sentence (flag.UnquoteUsage).
func (c *command) options() []option {
	var list []option
	short := make(map[string]string)
	c.flagSet().VisitAll(func(f *flag.Flag) {
		if long, found := strings.CutPrefix(f.Usage, shortFor); found {
			short["--"+long] = "-" + f.Name
			return
		}
		if f.Usage == hidden {
			return
		}
		value, text := flag.UnquoteUsage(f)
		list = append(list, option{name: "--" + f.Name, value: value, text: strings.TrimPrefix(text, value+": ")})
	})
	for i := range list {
		list[i].short = short[list[i].name]
	}
	return list
}
