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
	if _, err := decode(text); err != nil {
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
	_, err := decode(text + table)
	return text + table, err
}

// decode goes into maps: into a struct, Apps would be taken for apps.
func decode(text string) (map[string]any, error) {
	root := map[string]any{}
	_, err := toml.Decode(strings.TrimPrefix(text, "\ufeff"), &root)
	return root, err
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
	root, err := decode(text)
	if err != nil {
		return "", false, err
	}
	if apps, _ := root["apps"].(map[string]any); apps[key] != nil {
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

// tables finds the headers of a text.
func tables(text string) []table {
	var list []table
	before := 0 // the end of the statement before
	for _, st := range statements(text) {
		if st.header {
			header := lineStart(text, st.start)
			list = append(list, table{path: st.path, start: commentsAbove(text, header, before), header: header})
		}
		before = max(before, st.end)
	}
	return list
}

// commentsAbove is where the comments begin that are in the lines directly above, behind
// what is before; if there are none, the line itself.
func commentsAbove(text string, line, before int) int {
	for line > 0 {
		above := lineStart(text, line-1)
		if above < before || !strings.HasPrefix(strings.TrimSpace(text[above:line]), "#") {
			break
		}
		line = above
	}
	return line
}

// lineStart is where the line begins that a place is in.
func lineStart(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

func isOf(path []string, key string) bool {
	return len(path) >= 2 && path[0] == "apps" && path[1] == key
}
