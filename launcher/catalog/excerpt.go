package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// Decoding dominates the cost of reading a catalogue, so a launch decodes only an excerpt of
// each layer: the tables of apps that cannot matter are cut out, and the comments. Whatever
// line-wise cutting could get wrong is left whole, and an excerpt that does not decode is
// given up for the whole text, so an excerpt never changes what a launch finds, other than
// that mistakes in what was cut go unseen.

// A run is a piece of a text from one table header to the next.
type run struct {
	app        string // whose table it is; "" for all that is no app's
	start, end int
}

// split cuts a text into runs. ok is false if the lines do not tell the tables apart: apps
// written otherwise than as [apps.KEY...].
func split(text string) (runs []run, ok bool) {
	runs = make([]run, 0, len(text)/256) // about as many as there are
	current := run{}
	for at := nextHeader(text, 0); at < len(text); at = nextHeader(text, at+1) {
		if len(runs) == 0 && makesApps(text[:at]) {
			return nil, false
		}
		line, _, _ := strings.Cut(text[at:], "\n")
		app, ok := headerApp(line)
		if !ok {
			return nil, false
		}
		current.end = at
		runs = append(runs, current)
		current = run{app: app, start: at}
	}
	if len(runs) == 0 && makesApps(text) {
		return nil, false
	}
	current.end = len(text)
	return append(runs, current), true
}

// nextHeader finds the next line that begins with a bracket, and gives the bracket's offset.
func nextHeader(text string, from int) int {
	for from < len(text) {
		n := strings.IndexByte(text[from:], '[')
		if n < 0 {
			return len(text)
		}
		at := from + n
		before := at
		for before > 0 && (text[before-1] == ' ' || text[before-1] == '\t') {
			before--
		}
		if before == 0 || text[before-1] == '\n' {
			return at
		}
		from = at + 1
	}
	return from
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

// quoted finds where a text has the name between two of those quotes. multiline says that it has
// strings of several lines. One pass for both: a large catalogue is mostly quotes.
func quoted(text, name string, quote byte) (at []int, multiline bool) {
	for i := 0; ; i++ {
		n := strings.IndexByte(text[i:], quote)
		if n < 0 {
			return at, multiline
		}
		i += n
		rest := text[i+1:]
		if len(rest) > 1 && rest[0] == quote && rest[1] == quote {
			return nil, true
		}
		if len(rest) > len(name) && rest[len(name)] == quote && rest[:len(name)] == name {
			at = append(at, i)
		}
	}
}

// escapes finds the backslashes of a text: an escape may spell any name.
func escapes(text string) (at []int) {
	for i := 0; ; i++ {
		n := strings.IndexByte(text[i:], '\\')
		if n < 0 {
			return at
		}
		i += n
		at = append(at, i)
	}
}

// excerpts returns of each text what can matter for a name. An app can matter if its key is
// the name, or if any layer mentions the name in its tables: names may be renamed by a
// layer, so all layers are looked through before any is cut.
func excerpts(texts []string, name string) []string {
	var (
		matters = []string{name}
		pieces  = make([][]run, len(texts))
	)
	for i, text := range texts {
		basic, multiline := quoted(text, name, '"')
		literal, more := quoted(text, name, '\'')
		if multiline || more {
			continue
		}
		runs, ok := split(text)
		if !ok {
			continue
		}
		pieces[i] = runs
		for _, at := range slices.Concat(basic, literal, escapes(text)) {
			if app := runAt(runs, at).app; app != "" && !slices.Contains(matters, app) {
				matters = append(matters, app)
			}
		}
	}
	cut := make([]string, len(texts))
	for i, text := range texts {
		cut[i] = text
		if pieces[i] != nil {
			cut[i] = join(text, pieces[i], matters)
		}
	}
	return cut
}

// runAt is the run that an offset is in.
func runAt(runs []run, at int) run {
	i, _ := slices.BinarySearchFunc(runs, at, func(r run, at int) int { return cmp.Compare(r.end-1, at) })
	return runs[i]
}

// join puts the runs that matter together, without comment lines and empty ones.
func join(text string, runs []run, matters []string) string {
	var b strings.Builder
	for _, r := range runs {
		if r.app != "" && !slices.Contains(matters, r.app) {
			continue
		}
		for line := range strings.Lines(text[r.start:r.end]) {
			trimmed := strings.TrimLeft(line, " \t")
			if trimmed != "" && trimmed[0] != '#' && trimmed[0] != '\n' {
				b.WriteString(trimmed)
			}
		}
	}
	return b.String()
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
