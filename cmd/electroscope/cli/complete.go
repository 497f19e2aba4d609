package cli

import (
	"strconv"
	"strings"

	"electroscope/launcher/catalog"
)

// candidates returns what the last of words, those of a command line after
// "electroscope", may be completed to: a line each, "WORD\tDESCRIPTION". A line that begins
// with @ names what the shell itself is to offer: @programs, @files, @folders, or
// @command N if a command line of its own begins at the N-th word.
//
// It follows from the usage lines and the flags.
func (inv *invocation) candidates(words []string) []string {
	last := len(words) - 1
	switch last {
	case -1:
		return nil
	case 0:
		return commandNames()
	}
	c := find(words[0])
	if c == nil {
		return nil
	}
	at := 1
	for ; at < last && strings.HasPrefix(words[at], "-"); at++ {
		if words[at] == "--" {
			return c.operand(inv, words, at+1)
		}
		if o, ok := c.option(words[at]); ok && o.value != "" && !strings.Contains(words[at], "=") {
			if at++; at == last {
				return valueWords("", o.value)
			}
		}
	}
	if at < last || !strings.HasPrefix(words[last], "-") {
		return c.operand(inv, words, at)
	}
	if name, _, found := strings.Cut(words[last], "="); found {
		o, _ := c.option(name)
		return valueWords(name+"=", o.value)
	}
	return c.optionNames()
}

func commandNames() []string {
	var list []string
	for _, c := range commands() {
		list = append(list, c.name+"\t"+c.summary)
	}
	return list
}

func (c *command) optionNames() []string {
	var list []string
	for _, o := range c.options() {
		name := o.name
		if o.value != "" {
			name += "="
		}
		list = append(list, name+"\t"+o.text)
		if o.short != "" {
			list = append(list, o.short+"\t"+o.text)
		}
	}
	return list
}

// option returns the option that a word names, with one dash or two.
func (c *command) option(word string) (option, bool) {
	name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
	for _, o := range c.options() {
		if strings.TrimLeft(o.name, "-") == name || o.short == "-"+name {
			return o, true
		}
	}
	return option{}, false
}

// valueWords returns what an option's value may be, by its placeholder.
func valueWords(prefix, value string) []string {
	switch {
	case value == "FOLDER":
		return []string{"@folders"}
	case value == "FILE":
		return []string{"@files"}
	case value == "PROGRAM":
		return []string{"@programs"}
	case value != strings.ToLower(value): // SIZE
		return nil
	}
	var list []string
	for word := range strings.SplitSeq(value, "|") {
		list = append(list, prefix+word+"\t")
	}
	return list
}

// operand returns what the last word may be, if the operands begin at the word first.
func (c *command) operand(inv *invocation, words []string, first int) []string {
	kinds := c.operands()
	i := len(words) - 1 - first
	if len(kinds) == 0 {
		return nil
	}
	end := len(kinds) - 1
	switch {
	case kinds[end] == "ARGUMENTS" && i >= end:
		return []string{"@command " + strconv.Itoa(first)}
	case strings.HasSuffix(kinds[end], "...") && i > end:
		i = end
	case i > end:
		return nil
	}
	var list []string
	for kind := range strings.SplitSeq(strings.TrimSuffix(kinds[i], "..."), "|") {
		if kind == "PROGRAM" && len(list) > 0 && words[len(words)-1] == "" {
			continue // thousands of programs would hide the apps: they come with the first letter
		}
		if c.words != nil {
			list = append(list, c.words(inv, kind, words[:len(words)-1])...)
			continue
		}
		list = append(list, inv.kindWords(kind)...)
	}
	return list
}

// operands returns the words of a usage line that are neither options nor "--".
func (c *command) operands() []string {
	var list []string
	for word := range strings.FieldsSeq(strings.NewReplacer("[", "", "]", "").Replace(c.args)) {
		if word != "OPTIONS" && !strings.HasPrefix(word, "-") {
			list = append(list, word)
		}
	}
	return list
}

// kindWords returns what may be written for a word of a usage line.
func (inv *invocation) kindWords(kind string) []string {
	var list []string
	switch kind {
	case "APP":
		for _, name := range inv.layers().Names() {
			list = append(list, name+"\tan app of the catalogue")
		}
	case "COMMAND":
		return commandNames()
	case "KEY":
		for _, k := range catalog.Keys() {
			list = append(list, k.Name+"\t"+k.Doc)
		}
	case "LIMIT=VALUE":
		for _, key := range liveKeys() {
			list = append(list, key.Name+"=\t"+key.Doc)
		}
	case "PROGRAM", "NAME":
		return []string{"@programs"}
	case "FILE":
		return []string{"@files"}
	case "URL", "UNIT", "PID", "SIZE":
	default:
		return []string{kind + "\t"}
	}
	return list
}
