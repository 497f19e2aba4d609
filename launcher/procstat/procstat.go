// Package procstat reads /proc/PID/stat, proc_pid_stat(5).
package procstat

import (
	"strings"

	"electroscope/launcher/regular"
)

// A Stat has the fields of the file; none of a process that is not there.
type Stat struct{ fields []string }

// Read has the file of a process, whose folder is dir.
func Read(dir string) Stat {
	text, _ := regular.Read(dir+"/stat", 4096)
	return Parse(string(text))
}

// Parse reads the text of the file. The second field stands in parentheses and may hold anything.
func Parse(text string) Stat {
	open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	if open < 0 || end < open {
		return Stat{}
	}
	return Stat{append([]string{strings.TrimSpace(text[:open]), text[open+1 : end]}, strings.Fields(text[end+1:])...)}
}

// Name is the second field, without its parentheses.
func (s Stat) Name() string { return s.Field(2) }

// Field is one by its number in the man page; empty if there is none.
func (s Stat) Field(n int) string {
	if n > len(s.fields) {
		return ""
	}
	return s.fields[n-1]
}
