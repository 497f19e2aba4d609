// Package appstoml edits the text of a user's apps.toml: it puts an app's tables behind
// what is there, or takes them out. Every other byte stays: comments, order and blanks.
package appstoml

import (
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// Append puts a table behind the text, after one empty line. It refuses a text that does
// not decode, and a result that does not: the table would have no effect.
//
// It adds one end of line and the table to a text that has any. [Remove] takes out the
// same, so that the two leave no trace.
func Append(text, table string) (string, error) {
	if err := decode(text); err != nil {
		return "", err
	}
	between := ""
	switch last := text[strings.LastIndexByte(text, '\n')+1:]; {
	case text == "":
	case strings.HasPrefix(strings.TrimSpace(last), "#"):
		between = "\n\n" // else the comment would be the table's
	default:
		between = "\n"
	}
	if strings.HasSuffix(text, "\r\n") {
		table = strings.ReplaceAll(between+table, "\n", "\r\n")
	} else {
		table = between + table
	}
	return text + table, decode(text + table)
}

func decode(text string) error {
	var root any
	_, err := toml.Decode(strings.TrimPrefix(text, "\ufeff"), &root)
	return err
}

// Line returns the line, counted from 1, in which the first table of an app begins; 0 if
// there is none.
func Line(text, key string) int {
	for _, t := range tables(text) {
		if isOf(t.path, key) {
			return strings.Count(text[:t.header], "\n") + 1
		}
	}
	return 0
}

// Remove takes out the tables [apps.KEY] and those in it, each with the comments directly
// above it. ended reports whether the text began with them and nothing is left, so
// that the file was made for them. An error says that the app is set in another way.
func Remove(text, key string) (rest string, ended bool, err error) {
	before := text
	for _, s := range slices.Backward(spans(text, key)) {
		if s.end == len(text) && s.start > 0 { // with the empty line above, or the end of the last line
			s.start = len(strings.TrimSuffix(strings.TrimSuffix(text[:s.start], "\n"), "\r"))
		}
		text = text[:s.start] + text[s.end:]
		ended = s.start == 0 && text == "" && !strings.HasPrefix(before, "\n") && !strings.HasPrefix(before, "\r")
	}
	var root struct{ Apps map[string]any }
	if _, err := toml.Decode(strings.TrimPrefix(text, "\ufeff"), &root); err != nil {
		return "", false, err
	}
	if root.Apps[key] != nil {
		return "", false, fmt.Errorf("sets apps.%s otherwise than in a table [apps.%s]", key, key)
	}
	return text, ended, nil
}

// A span is a stretch of a text.
type span struct{ start, end int }

// spans are those of an app's tables; tables that stand together are one.
func spans(text, key string) []span {
	var list []span
	tables := tables(text)
	for i, t := range tables {
		if !isOf(t.path, key) {
			continue
		}
		end := len(text)
		if i+1 < len(tables) {
			end = tables[i+1].start
		}
		if n := len(list) - 1; n >= 0 && list[n].end == t.start {
			list[n].end = end
			continue
		}
		list = append(list, span{t.start, end})
	}
	return list
}

// A table is one from its header on.
type table struct {
	path   []string
	start  int // of the comments directly above the header, or of it
	header int
}

// tables finds the headers of a text. A line within a string of several lines, or within an
// array, is not one.
func tables(text string) []table {
	var (
		list    []table
		open    string // the quotes of the string that goes on
		depth   int    // of brackets
		comment = -1
	)
	for at := 0; at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		next := min(at+len(line)+1, len(text))
		trimmed := strings.TrimSpace(line)
		statement := open == "" && depth == 0
		switch {
		case !statement:
			comment = -1
			open, depth = follow(line, open, depth)
		case strings.HasPrefix(trimmed, "#"):
			if comment < 0 {
				comment = at
			}
		case strings.HasPrefix(trimmed, "["):
			t := table{path: headerPath(trimmed), start: at, header: at}
			if comment >= 0 {
				t.start = comment
			}
			list, comment = append(list, t), -1
		default:
			comment = -1
			open, depth = follow(line, open, depth)
		}
		at = next
	}
	return list
}

// headerPath is the key of a header, "" for each part that is not known.
func headerPath(header string) []string {
	md, err := toml.Decode(header, new(any))
	if err != nil || len(md.Keys()) == 0 {
		return nil
	}
	return slices.MaxFunc(md.Keys(), func(a, b toml.Key) int { return len(a) - len(b) })
}

func isOf(path []string, key string) bool {
	return len(path) >= 2 && path[0] == "apps" && path[1] == key
}

// follow goes over a line of values, and returns the string and the brackets that are open
// at its end.
func follow(line, open string, depth int) (string, int) {
	for i := 0; i < len(line); {
		rest := line[i:]
		switch {
		case open != "" && rest[0] == '\\' && open[0] == '"':
			i += 2
			continue
		case open != "" && strings.HasPrefix(rest, open):
			i += len(open)
			for len(open) == 3 && i < len(line) && line[i] == open[0] {
				i++ // up to two quotes may stand before the three that end it
			}
			open = ""
			continue
		case open != "":
		case strings.HasPrefix(rest, `"""`), strings.HasPrefix(rest, "'''"):
			open = rest[:3]
			i += 3
			continue
		case rest[0] == '"' || rest[0] == '\'':
			open = rest[:1]
		case rest[0] == '#':
			return "", depth
		case rest[0] == '[' || rest[0] == '{':
			depth++
		case rest[0] == ']' || rest[0] == '}':
			depth--
		}
		i++
	}
	if len(open) == 1 {
		open = "" // such a string ends with its line
	}
	return open, depth
}
