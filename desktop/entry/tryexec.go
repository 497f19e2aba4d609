package entry

import "strings"

// TryExec names a program without which a desktop shall not use the entry ("TryExec" of the
// specification), if the entry names none. The line goes behind the main group's first Exec.
func (e *Entry) TryExec(path string) string {
	at := -1
	for _, k := range e.keys {
		switch {
		case k.group != mainGroup:
		case k.name == "TryExec":
			return e.text
		case k.name == "Exec" && at < 0:
			at = k.value.end
		}
	}
	if at < 0 {
		return e.text
	}
	line, _, ended := strings.Cut(e.text[at:], "\n") // blanks, and a carriage return
	at += len(line)
	end := "\n"
	if strings.HasSuffix(line, "\r") {
		end = "\r\n"
	}
	text := "TryExec=" + Escape(path)
	if !ended {
		return e.text + end + text
	}
	return e.text[:at+1] + text + end + e.text[at+1:]
}

// WithoutTryExec takes the lines out by which an entry goes with the program at path.
func (e *Entry) WithoutTryExec(path string) *Entry {
	var edits []edit
	for _, k := range e.keys {
		if k.name != "TryExec" || unescape(e.text, k.value).text() != path {
			continue
		}
		start := strings.LastIndexByte(e.text[:k.value.start], '\n') + 1
		end := len(e.text)
		if i := strings.IndexByte(e.text[k.value.end:], '\n'); i >= 0 {
			end = k.value.end + i + 1
		}
		edits = append(edits, edit{span{start, end}, ""})
	}
	if len(edits) == 0 {
		return e
	}
	without, err := Parse(apply(e.text, edits))
	if err != nil {
		return e // it has lost no group
	}
	return without
}
