package cli

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"electroscope/launcher/catalog"
)

// Package flag registers options and converts their values. The words are read here, because
// flag's own messages name neither what is allowed nor the option as it is written.

// parse sets the flags that words name, and returns the operands. The error is [flag.ErrHelp] if
// they ask for help. Options of a command that starts a program stop at the program, as those
// after it are the program's.
func (c *command) parse(fs *flag.FlagSet, words []string) (operands []string, err error) {
	for len(words) > 0 {
		word := words[0]
		words = words[1:]
		switch {
		case word == "--":
			return append(operands, words...), nil
		case len(word) > 1 && word[0] == '-':
			if words, err = c.parseOption(fs, word, words); err != nil {
				return nil, err
			}
		case c.startsProgram(), c.hidden != "" && word == c.hidden:
			return append(append(operands, word), words...), nil
		default:
			operands = append(operands, word)
		}
	}
	return operands, nil
}

// parseOption sets the flag that a word names, with one or two dashes. It returns the words
// after its value.
func (c *command) parseOption(fs *flag.FlagSet, word string, words []string) ([]string, error) {
	name, value, hasValue := strings.Cut(strings.TrimPrefix(word[1:], "-"), "=")
	f := fs.Lookup(name)
	switch {
	case f == nil && (name == "help" || name == "h"):
		return nil, flag.ErrHelp
	case f == nil:
		return nil, c.unknownOption(word, name)
	}
	spelled := strconv.Quote(dashed(name))
	if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
		if !hasValue {
			value = "true"
		}
		if f.Value.Set(value) != nil {
			return nil, &usageError{fmt.Sprintf("option %s takes no value, and has %q", spelled, value), "write " + dashed(name)}
		}
		return words, nil
	}
	if !hasValue {
		if len(words) == 0 {
			return nil, &usageError{fmt.Sprintf("option %s needs a value", spelled), "write " + c.optionUsage(name)}
		}
		value, words = words[0], words[1:]
	}
	if err := f.Value.Set(value); err != nil {
		return nil, &usageError{fmt.Sprintf("option %s: %q: %v", spelled, value, err), "write " + c.optionUsage(name)}
	}
	return words, nil
}

// dashed is an option's name as it is written.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// optionUsage is an option with what it takes; of an earlier spelling, today's.
func (c *command) optionUsage(name string) string {
	o, _ := c.option(dashed(catalog.Renamed(name)))
	return o.name + "=" + o.value
}

func (c *command) unknownOption(word, name string) error {
	if len(name) > 1 && name[0] != '-' {
		word = dashed(name) // without its value
	}
	var names []string
	for _, o := range c.options() {
		names = append(names, strings.TrimPrefix(o.name, "--"))
	}
	remedy := ""
	switch near := catalog.Nearest(name, append(names, "help")); {
	case near != "":
		remedy = "did you mean --" + near + "?"
	case names != nil:
		remedy = "electroscope help " + c.name + " lists its options"
	}
	return &usageError{fmt.Sprintf("unknown option %q", word), remedy}
}

// startsProgram reports whether the operands end with a program's own arguments.
func (c *command) startsProgram() bool { return slices.Contains(c.operands(), "ARGUMENTS") }

// checkOperands returns an error unless the operands fit the usage line: as many as it has, and
// one of its words if these are fixed.
func (c *command) checkOperands(words []string) error {
	if c.hidden != "" && len(words) > 0 && words[0] == c.hidden {
		return nil
	}
	kinds := c.operands()
	if required := c.required(); len(words) < required || required > 0 && words[required-1] == "" {
		return &usageError{"missing argument: " + alternatives(kinds[required-1]), ""}
	}
	many := len(kinds) > 0 && (c.startsProgram() || strings.HasSuffix(kinds[len(kinds)-1], "..."))
	if len(words) > len(kinds) && !many {
		return &usageError{fmt.Sprintf("unexpected argument %q", words[len(kinds)]), ""}
	}
	for i, word := range words[:min(len(words), len(kinds))] {
		fixed := strings.Split(kinds[i], "|")
		if isFixed(kinds[i]) && !slices.Contains(fixed, word) {
			return &usageError{fmt.Sprintf("unknown argument %q, not %s", word, alternatives(kinds[i])), didYouMean(catalog.Nearest(word, fixed))}
		}
	}
	return nil
}

// required counts the operands that the usage line does not have in brackets.
func (c *command) required() int {
	n := 0
	for word := range strings.FieldsSeq(c.args) {
		if word[0] != '[' && word[0] != '-' {
			n++
		}
	}
	return n
}

// isFixed reports whether a word of a usage line is what is to be written, such as check|show,
// and not a name for it, such as APP.
func isFixed(kind string) bool { return kind == strings.ToLower(kind) }

// alternatives lists what may stand for a word of a usage line: "check, show or path".
func alternatives(kind string) string {
	words := strings.Split(kind, "|")
	last := len(words) - 1
	if last == 0 {
		return kind
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// didYouMean is the remedy for a misspelt word, "" if no known one is near.
func didYouMean(near string) string {
	if near == "" {
		return ""
	}
	return "did you mean " + near + "?"
}
