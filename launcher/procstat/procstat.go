// Package procstat reads /proc/PID/stat, proc_pid_stat(5).
package procstat

import (
	"bytes"

	"electroscope/launcher/regular"
)

// A Stat is the text of the file.
type Stat []byte

// Read has the file of a process, whose folder is dir; empty if there is no such process.
func Read(dir string) Stat {
	text, _ := regular.Read(dir+"/stat", 4096)
	return text
}

// Name is the second field, which stands in parentheses and may hold anything.
func (s Stat) Name() string {
	open, end := bytes.IndexByte(s, '('), bytes.LastIndexByte(s, ')')
	if open < 0 || end < open {
		return ""
	}
	return string(s[open+1 : end])
}

// Field is one behind the second, numbered as the man page does; empty if there is none.
func (s Stat) Field(n int) string {
	f := bytes.Fields(s[bytes.LastIndexByte(s, ')')+1:])
	if n-3 >= len(f) {
		return ""
	}
	return string(f[n-3])
}
