package chromium

import "strings"

// ParseFlagsFile returns the switches in a file of the kind that distributions'
// launchers read: electron-flags.conf, discord-flags.conf, codium-flags.conf.
// They are raw, as for [Source.Switches].
//
// The launchers do not agree. Arch's electron and Flathub's Discord take a line
// as one argument; Flathub's Obsidian and some packages of VSCodium take each
// word as one. This reads what works with the one or the other as it was meant:
// a line is a switch, and a further word on it that begins with "--" is the
// next one. Not so after --js-flags, whose value is made of such words, nor in
// quotes. Lines that are empty or begin with "#" do not count, nor does what
// follows a "#" after a blank.
func ParseFlagsFile(text []byte) []string {
	var switches []string
	for line := range strings.Lines(string(text)) {
		for line = strings.Trim(line, whitespace); line != ""; {
			n := flagEnd(line)
			if flag := strings.Trim(line[:n], whitespace); flag != "" {
				switches = append(switches, flag)
			}
			if line = strings.Trim(line[n:], whitespace); strings.HasPrefix(line, "#") {
				break
			}
		}
	}
	return switches
}

// flagEnd returns where the first switch of a line ends.
func flagEnd(line string) int {
	words := !strings.HasPrefix(line, "--js-flags=-") // its value is words of "--..." itself
	blank, quote := true, byte(0)
	for i := range len(line) {
		c := line[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case blank && c == '#':
			return i
		case blank && words && i > 0 && strings.HasPrefix(strings.TrimLeft(line[i:], `'"`), "--"):
			return i
		case c == '\'' || c == '"':
			quote = c
		}
		blank = c == ' ' || c == '\t'
	}
	return len(line)
}
