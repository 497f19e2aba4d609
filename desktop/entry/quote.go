package entry

import (
	"errors"
	"strings"
)

// spell writes path in the place of w: a whole word of an Exec value with its
// quotes, or a word of a script inside of the quotes that the script stands in.
//
// GLib looks the first word of a value up before it expands field codes, so it finds
// no program with a per cent sign there, written %% (gdesktopappinfo.c,
// g_desktop_app_info_load_from_keyfile). Behind env(1) it does.
func spell(path string, w word) (string, error) {
	before := ""
	if needsEnv(path, w) {
		before, w.assigns = "env ", true
	}
	if w.assigns && strings.Contains(path, "=") {
		return "", errors.New("env would take the link's path for a variable, for its \"=\"")
	}
	path = strings.ReplaceAll(path, "%", "%%")
	if !w.inner {
		return before + Escape(quoteWord(path)), nil
	}
	if !isPlain(path) {
		path = "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
	}
	switch {
	case w.mixed:
	case w.outer == '"':
		return Escape(backslash(path)), nil
	case isPlain(path), w.outer == '\'' && !strings.Contains(path, "'"):
		return Escape(path), nil
	}
	return "", errors.New("it stands in quotes in which the link's path cannot be written")
}

func needsEnv(path string, w word) bool {
	return w.first && !w.inner && strings.Contains(path, "%")
}

// quoteWord quotes as "The Exec key" of the specification says.
func quoteWord(path string) string {
	if isPlain(path) {
		return path
	}
	return `"` + backslash(path) + `"`
}

// backslash protects what means something inside double quotes.
func backslash(text string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(text)
}

// Escape writes a value of type string.
func Escape(text string) string {
	return strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(text)
}

// isPlain reports whether every reader takes a word for itself. Bytes above
// ASCII are such.
func isPlain(text string) bool {
	for i := range len(text) {
		c := text[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c >= 0x80 || strings.IndexByte("/._-+,:@%=", c) >= 0) {
			return false
		}
	}
	return text != ""
}
