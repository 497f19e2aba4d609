package cli

import (
	"flag"
	"strings"
)

// An option is a flag as help texts, man pages and completions show it.
type option struct {
	name  string // with its dashes
	value string // what it takes: "SIZE", or words as "run|refuse"; empty: nothing
	text  string
}

// spelled is the option with its value, "--heap=SIZE".
func (o option) spelled() string {
	if o.value == "" {
		return o.name
	}
	return o.name + "=" + o.value
}

// hidden is the usage text of a flag that is accepted, and shown nowhere: an earlier spelling.
const hidden = ""

// options lists a command's flags. A usage text that begins with "`VALUE`: " shows
// the value in the option alone, any other as part of the sentence (flag.UnquoteUsage).
func (c *command) options() []option {
	if c.flags == nil {
		return nil
	}
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	c.flags(fs)
	var list []option
	fs.VisitAll(func(f *flag.Flag) {
		if f.Usage == hidden {
			return
		}
		value, text := flag.UnquoteUsage(f)
		o := option{name: "--" + f.Name, value: value, text: strings.TrimPrefix(text, value+": ")}
		if len(f.Name) == 1 {
			o.name = "-" + f.Name
		}
		list = append(list, o)
	})
	return list
}
