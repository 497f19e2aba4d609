package catalog

import (
	"strconv"
	"strings"
)

// A Diagnostic is something wrong in a layer, and what to do about it.
type Diagnostic struct {
	File      string // the layer: a path, or "shipped apps.toml", "environment ELECTROSCOPE_SET", "command line"
	Line, Col int    // counted from 1, Col in bytes; 0 if it has no location in a text
	Key       string // such as apps.discord.heap; empty for a layer as a whole
	Reason    string
	Remedy    string // what is allowed there, or what to do; may be empty
	Warning   bool   // the value is used all the same
}

// Error returns "FILE:LINE:COL: KEY: REASON", without the remedy.
func (m Diagnostic) Error() string {
	text := formatLocation(m.File, m.Line, m.Col) + ": "
	if m.Key != "" {
		text += m.Key + ": "
	}
	return text + m.Reason
}

// formatLocation returns FILE:LINE:COL, or FILE if there is no line.
func formatLocation(file string, line, col int) string {
	if line == 0 {
		return file
	}
	return file + ":" + strconv.Itoa(line) + ":" + strconv.Itoa(col)
}

// An Origin is where a value was set last. Its zero value is that of a value which no
// layer sets.
type Origin struct {
	Layer     LayerKind
	File      string // as in [Diagnostic]
	Line, Col int    // of the value, as in [Diagnostic]
	Key       string // such as defaults.limits.OOMPolicy
	Source    string // the value as it stands there
}

// String returns "FILE:LINE", or FILE if the layer has no lines.
func (o Origin) String() string {
	if o.Line == 0 {
		return o.File
	}
	return o.File + ":" + strconv.Itoa(o.Line)
}

// Dotted writes a key path as TOML does, with quotes around the parts that need them.
func Dotted(path []string) string {
	var b strings.Builder
	for i, part := range path {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(quotedKey(part))
	}
	return b.String()
}

func quotedKey(part string) string {
	if part == "" {
		return `""`
	}
	for i := range len(part) {
		if !isBare(part[i]) {
			return Quoted(part)
		}
	}
	return part
}

// isBare reports whether a bare TOML key may have the byte.
func isBare(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_'
}

// Quoted writes a basic TOML string (TOML 1.0, "String").
func Quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			b.WriteString(`\u` + strconv.FormatInt(0x10000+int64(r), 16)[1:])
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
