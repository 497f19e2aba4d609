package chromium

import (
	"iter"
	"slices"
	"strings"
)

// ParseFlagsFile returns the switches in a file of the kind that distributions'
// launchers read: electron-flags.conf, discord-flags.conf, codium-flags.conf.
// They are raw, as for [Source.Switches].
//
// The launchers do not agree. Arch's electron and Flathub's Discord take a line
// as one argument; Flathub's Obsidian and some packages of VSCodium take each
// word as one. This reads what works with the one or the other as it was meant:
// a line is a switch, and a further word on it that begins with "--" is the
// next one. Not so in quotes, nor after --js-flags, whose value is made of such
// words; that value ends at a word that is a switch of Chromium's. A backslash at
// the end of a line joins it with the next, as in a shell. Lines that are empty or
// begin with "#" do not count, nor does what follows a "#" after a blank.
func ParseFlagsFile(text []byte) []string {
	var switches []string
	for line := range joined(strings.TrimPrefix(string(text), byteOrderMark)) {
		for line != "" {
			n := flagEnd(line)
			if flag := strings.TrimRight(line[:n], whitespace+`\`); flag != "" { // no value ends with a backslash
				switches = append(switches, flag)
			}
			line = strings.Trim(line[n:], whitespace)
		}
	}
	return switches
}

// byteOrderMark is what some editors put before UTF-8.
const byteOrderMark = "\uFEFF"

// joined yields the lines without comments, a line that a backslash ends together
// with the next one. Unlike a shell it joins over lines that are only a comment, and
// takes the indentation out of a list.
func joined(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		whole := ""
		for line := range strings.Lines(text) {
			code := line[:wordStart(line, func(at int) bool { return line[at] == '#' })]
			if len(code) < len(line) && strings.Trim(code, whitespace) == "" {
				continue
			}
			code = strings.TrimRight(code, whitespace)
			rest := strings.TrimRight(code, `\`)
			whole = join(whole, rest)
			if len(rest) < len(code) {
				continue
			}
			if !yield(strings.Trim(whole, whitespace)) {
				return
			}
			whole = ""
		}
		yield(strings.Trim(whole, whitespace))
	}
}

// join puts two lines together. What a list or a value goes on with follows at once,
// another switch behind a blank.
func join(line, next string) string {
	before, behind := strings.TrimRight(line, whitespace), strings.TrimLeft(next, whitespace)
	switch {
	case strings.HasSuffix(before, ",") || strings.HasSuffix(before, "=") || strings.HasPrefix(behind, ","):
		return before + behind
	case strings.HasPrefix(behind, "-"):
		return before + " " + behind
	}
	return line + next
}

// flagEnd returns where the first switch of a line ends.
func flagEnd(line string) int {
	v8 := strings.HasPrefix(line, jsFlags.String()+"=-") // its value is words of "--..." itself
	return wordStart(line, func(at int) bool {
		word := strings.TrimLeft(line[at:], `'"`+openingQuotes)
		return at > 0 && strings.HasPrefix(word, "--") && (!v8 || isSwitch(word))
	})
}

// isSwitch reports whether a text begins with a switch of Chromium's, and so with none
// of V8's flags.
func isSwitch(text string) bool {
	if i := strings.IndexAny(text, whitespace); i >= 0 {
		text = text[:i]
	}
	name, _, _ := parseSwitch(strings.TrimRight(text, `'"`+closingQuotes))
	known := Lookup(name)
	return known != nil && !known.Feature || listNamed(name) != noList || slices.Contains(others[:], name)
}

// others are switches that people have in their flags files, beside those of the
// table: literals of Debian's Chromium 120, 150 and 156. They are Chrome's own in
// part, so a program without them may have an option of that name.
var others = [...]string{
	"app", "autoplay-policy", "disable-background-timer-throttling", "disable-extensions", "disable-frame-rate-limit",
	"disable-gpu-vsync", "disable-gpu-watchdog", "disable-notifications", "disable-pinch", "disable-renderer-backgrounding",
	"disable-sync", "disable-web-security", "disk-cache-dir", "disk-cache-size", "force-dark-mode", "force-renderer-accessibility",
	"hide-scrollbars", "incognito", "kiosk", "load-extension", "no-default-browser-check", "no-first-run", "profile-directory",
	"proxy-bypass-list", "proxy-pac-url", "start-fullscreen", "touch-events", "user-agent", "window-position", "window-size",
}

// wordStart returns where the first word begins that stop accepts, or the length of
// the line. Quotes make one word of several, typographic ones too.
func wordStart(line string, stop func(at int) bool) int {
	blank, closing := true, ""
	for i, r := range line {
		switch {
		case closing != "":
			if strings.ContainsRune(closing, r) {
				closing = ""
			}
		case blank && stop(i):
			return i
		case r == '\'' || r == '"':
			closing = string(r)
		case strings.ContainsRune(openingQuotes, r):
			closing = closingQuotes
		}
		blank = r == ' ' || r == '\t'
	}
	return len(line)
}
