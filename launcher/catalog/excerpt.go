package catalog

import (
	"slices"
	"strings"
)

// Decoding dominates the cost of reading a catalogue, so a launch decodes only an excerpt of
// each layer: the tables of apps that cannot matter are cut out, and the comments. Whatever
// line-wise cutting could get wrong is left whole, and an excerpt that does not decode is
// given up for the whole text, so an excerpt never changes what a launch finds, other than
// that mistakes in what was cut go unseen.

// nextHeader finds the next line that begins with a bracket, and gives the bracket's offset.
func nextHeader(text string, from int) int {
	for from < len(text) {
		n := strings.IndexByte(text[from:], '[')
		if n < 0 {
			return len(text)
		}
		at := from + n
		if beginsLine(text, at) {
			return at
		}
		from = at + 1
	}
	return from
}

// beginsLine reports whether nothing but blanks is before an offset on its line.
func beginsLine(text string, at int) bool {
	for at > 0 && (text[at-1] == ' ' || text[at-1] == '\t') {
		at--
	}
	return at == 0 || text[at-1] == '\n'
}

// makesApps reports whether keys above the first table may make an app: dotted ones, an
// inline table, or an escape that may spell such.
func makesApps(root string) bool {
	for line := range strings.Lines(root) {
		line = strings.TrimLeft(line, " \t")
		if line[:min(1, len(line))] != "#" && (strings.Contains(line, "apps") || strings.Contains(line, `\`)) {
			return true
		}
	}
	return false
}

// headerApp returns the app whose table a header begins, "" for another table's. ok is false
// if the line is not a plain header, or is that of [apps] itself.
func headerApp(line string) (app string, ok bool) {
	if rest, plain := strings.CutPrefix(line, "[apps."); plain { // no value begins so
		n := 0
		for n < len(rest) && isBare(rest[n]) {
			n++
		}
		if n > 0 && n < len(rest) && (rest[n] == '.' || rest[n] == ']') {
			return rest[:n], true
		}
	}
	s := scanner{text: line, i: 1}
	s.skipBlank()
	path, ok := s.key()
	if !ok || !s.skipByte(']') {
		return "", false
	}
	if rest := strings.TrimRight(line[s.i:], "\r"); rest != "" && rest[0] != '#' {
		return "", false
	}
	if path[0] != "apps" {
		return "", true
	}
	if len(path) == 1 {
		return "", false
	}
	return path[1], path[1] != ""
}

// excerpts returns of each text what can matter for a name. An app can matter if its key is
// the name, or if any layer mentions the name in its tables: names may be renamed by a
// layer, so all layers are looked through before any is cut.
func excerpts(texts []string, name string) []string {
	matters := []string{name}
	for _, text := range texts {
		matters = append(matters, mentioning(text, name)...)
	}
	list := make([]string, len(texts))
	for i, text := range texts {
		excerpt, ok := cut(text, matters)
		switch {
		case ok:
			list[i] = excerpt
		case mayMention(text, name):
			return texts // in the tables of which app is not known
		default:
			list[i] = text
		}
	}
	return list
}

// mentioning are the apps in whose tables a text has the name between quotes, or an escape: that
// may spell any name.
func mentioning(text, name string) (apps []string) {
	if name == "" {
		return nil // no app has it
	}
	for _, find := range [...]func(string) int{
		func(text string) int { return indexQuoted(text, name) },
		func(text string) int { return strings.IndexByte(text, '\\') },
	} {
		for from := 0; from < len(text); {
			n := find(text[from:])
			if n < 0 {
				break
			}
			if app := appAt(text, from+n); app != "" {
				apps = append(apps, app)
			}
			from = nextHeader(text, from+n)
		}
	}
	return apps
}

// mayMention reports whether a text that cannot be cut may have the name. In a string of several
// lines a line break may be before it.
func mayMention(text, name string) bool {
	return name != "" && (strings.Contains(text, name+`"`) || strings.Contains(text, name+"'") || strings.Contains(text, `\`))
}

// indexQuoted finds a name between two quotes of one kind.
func indexQuoted(text, name string) int {
	for from := 0; ; {
		n := strings.Index(text[from:], name)
		if n < 0 {
			return -1
		}
		at, end := from+n, from+n+len(name)
		if at > 0 && end < len(text) && text[at-1] == text[end] && (text[end] == '"' || text[end] == '\'') {
			return at
		}
		from = at + 1
	}
}

// appAt is the app in whose table an offset is; "" if it is in no app's.
func appAt(text string, at int) string {
	for at = strings.LastIndexByte(text[:at], '['); at >= 0; at = strings.LastIndexByte(text[:at], '[') {
		if beginsLine(text, at) {
			line, _, _ := strings.Cut(text[at:], "\n")
			app, _ := headerApp(line)
			return app
		}
	}
	return ""
}

// cut returns the tables of a text that are no app's, and those of the apps that matter, without
// comment lines and empty ones. ok is false if the lines do not tell the tables apart: apps
// written otherwise than as [apps.KEY...], or strings of several lines.
func cut(text string, matters []string) (excerpt string, ok bool) {
	at := nextHeader(text, 0)
	if makesApps(text[:at]) || multiline(text) {
		return "", false
	}
	var b strings.Builder
	writeStatements(&b, text[:at])
	for at < len(text) {
		line, _, _ := strings.Cut(text[at:], "\n")
		app, ok := headerApp(line)
		if !ok {
			return "", false
		}
		next := nextHeader(text, at+1)
		if app == "" || slices.Contains(matters, app) {
			writeStatements(&b, text[at:next])
		}
		at = next
	}
	return b.String(), true
}

// multiline reports whether a text has strings of several lines, in which a line may look like
// a header.
func multiline(text string) bool {
	for i := 2; i < len(text); i += 3 { // of three quotes in a row, one is at such a place
		c := text[i]
		if c != '"' && c != '\'' {
			continue
		}
		first, end := i, i+1
		for first > 0 && text[first-1] == c {
			first--
		}
		for end < len(text) && text[end] == c {
			end++
		}
		if end-first >= 3 {
			return true
		}
	}
	return false
}

// writeStatements writes the lines of a text without those that are comments or empty.
func writeStatements(b *strings.Builder, text string) {
	for line := range strings.Lines(text) {
		trimmed := strings.TrimLeft(line, " \t")
		if trimmed != "" && trimmed[0] != '#' && trimmed[0] != '\n' {
			b.WriteString(trimmed)
		}
	}
}

// namesExcerpt returns what of a text says which apps there are, and what they are called.
func namesExcerpt(text string) string {
	var b strings.Builder
	inApp := false // below the header of an app
	visitStatements(text, func(st statement) bool {
		isApps := len(st.path) > 0 && st.path[0] == "apps"
		switch {
		case st.header:
			inApp = len(st.path) > 1
			if isApps {
				b.WriteString("[" + Dotted(st.path) + "]\n")
			}
		case isApps && (!inApp || st.path[2] == "names"):
			b.WriteString(text[st.key:st.end] + "\n")
		}
		return true
	})
	return b.String()
}
