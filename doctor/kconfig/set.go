package kconfig

import (
	"slices"
	"strings"
)

// A Setting is a key and its value. Of the value only what has to be escaped in a file is.
type Setting struct {
	Group, Key, Value string
	Expand            bool // $HOME in it stands for the folder
}

// Set gives a key another value in a file's text: where the key is, else at the end of its group,
// else in a group at the end. Values of the key for a language go, since they would win there.
func Set(text string, s Setting) string {
	entry := s.Key
	if s.Expand {
		entry += "[$e]"
	}
	return put(text, s.Group, s.Key, entry+"="+escaped(s.Value))
}

// Hide takes a key out that another file has, beneath this one.
func Hide(text, group, key string) string { return put(text, group, key, key+"[$d]") }

// Unset takes every line of a key out of a file's text.
func Unset(text, group, key string) string {
	d := read(text)
	d.remove(group, key, -1)
	return d.text()
}

// put has a line in the place of the last one of the key, which is the one that counts.
func put(text, group, key, entry string) string {
	d := read(text)
	at := d.last(func(l line) bool { return d.isOf(l, group, key) && (l.locale == "" || l.deleted) })
	if at >= 0 {
		_, end := cutEnd(d.lines[at])
		d.lines[at] = entry + end
	} else {
		at = d.add(group, entry)
	}
	d.remove(group, key, at)
	return d.text()
}

// A document is a text by its lines, each with its end.
type document struct {
	lines  []string
	parsed []line
}

func read(text string) document {
	var d document
	group := outside
	for s := range strings.Lines(text) {
		l := parse(s, group)
		switch l.kind {
		case header:
			group = l.group
		case closed:
			group = ""
		}
		d.lines, d.parsed = append(d.lines, s), append(d.parsed, l)
	}
	return d
}

func (d document) text() string { return strings.Join(d.lines, "") }

func (d document) isOf(l line, group, key string) bool {
	return l.kind == entry && l.group == group && l.key == key
}

// last is the index of the last line that fits; -1 if none does.
func (d document) last(fits func(line) bool) int {
	for i, l := range slices.Backward(d.parsed) {
		if fits(l) {
			return i
		}
	}
	return -1
}

// add puts an entry behind the last one of its group, and returns where it is then.
func (d *document) add(group, text string) int {
	at := d.last(func(l line) bool { return l.group == group && (l.kind == entry || l.kind == header) })
	if at >= 0 {
		d.insert(at+1, line{kind: entry, group: group}, text)
		return at + 1
	}
	if n := len(d.lines); n > 0 && strings.Trim(d.lines[n-1], blanks) != "" {
		d.insert(n, line{}, "")
	}
	d.insert(len(d.lines), line{kind: header, group: group}, "["+group+"]")
	d.insert(len(d.lines), line{kind: entry, group: group}, text)
	return len(d.lines) - 1
}

// insert adds a line that ends as the others do. A line before it that has no end gets one.
func (d *document) insert(at int, l line, text string) {
	end := "\n"
	if len(d.lines) > 0 {
		if _, first := cutEnd(d.lines[0]); first != "" {
			end = first
		}
	}
	if at > 0 {
		if body, none := cutEnd(d.lines[at-1]); none == "" {
			d.lines[at-1] = body + end
		}
	}
	d.lines, d.parsed = slices.Insert(d.lines, at, text+end), slices.Insert(d.parsed, at, l)
}

// remove takes the lines of a key out, but for one.
func (d *document) remove(group, key string, but int) {
	var lines []string
	var parsed []line
	for i, l := range d.parsed {
		if i == but || !d.isOf(l, group, key) || but >= 0 && l.locale == "" {
			lines, parsed = append(lines, d.lines[i]), append(parsed, l)
		}
	}
	d.lines, d.parsed = lines, parsed
}

// cutEnd separates a line from its end, which the last of a file may lack.
func cutEnd(s string) (body, end string) {
	body, found := strings.CutSuffix(s, "\n")
	if found {
		body = strings.TrimSuffix(body, "\r")
	}
	return body, s[len(body):]
}
