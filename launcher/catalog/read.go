package catalog

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"
	"unsafe"

	"electroscope/launcher/regular"
	"electroscope/launcher/xdg"
)

// maxText is the most a layer may hold.
const maxText = 1 << 20

// ReadLayers finds and reads every layer: the embedded text, the files of the XDG Base
// Directory Specification and ELECTROSCOPE_SET. getenv is asked for XDG_CONFIG_DIRS,
// XDG_CONFIG_HOME, HOME and ELECTROSCOPE_SET. It never fails: what cannot be read is left
// out and known to [Layers.Sources] and by the mistakes of the settings.
func ReadLayers(getenv func(string) string, embedded string) Layers {
	list := []layer{checked(layer{kind: Shipped, name: "shipped apps.toml", text: embedded})}

	env := xdg.Env(getenv)
	for _, dir := range slices.Backward(env.ConfigDirs()) {
		list = appendDir(list, System, dir)
	}
	if dir := env.ConfigHome(); dir != "" {
		list = appendDir(list, User, dir)
	}

	if text := getenv("ELECTROSCOPE_SET"); text != "" {
		list = append(list, checked(layer{kind: Environment, name: "environment ELECTROSCOPE_SET", text: text}))
	}
	return Layers{list: list, home: env.Home()}
}

// appendDir adds the layers of one configuration folder.
func appendDir(list []layer, kind LayerKind, dir string) []layer {
	dir = filepath.Join(dir, "electroscope")
	list = append(list, readFile(kind, filepath.Join(dir, "apps.toml")))

	more := filepath.Join(dir, "apps.d")
	entries, err := os.ReadDir(more) // sorted by name
	if err != nil && !isAbsent(err) {
		l := layer{kind: kind, name: more}
		l.fail("cannot be listed: "+reason(err), "make it a folder that you may read")
		list = append(list, l)
	}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".toml") {
			list = append(list, readFile(kind, filepath.Join(more, entry.Name())))
		}
	}
	return list
}

// readFile reads the layer of one file.
func readFile(kind LayerKind, path string) layer {
	l := layer{kind: kind, name: path}
	f, err := regular.Open(path, 0)
	switch {
	case isAbsent(err):
		var st syscall.Stat_t
		if syscall.Lstat(path, &st) != nil {
			l.absent = true
		} else {
			l.fail("is a link that points to nothing", "fix or remove the link")
		}
		return l
	case errors.Is(err, syscall.EISDIR):
		l.fail("is a folder, not a file", "put a TOML file in its place")
		return l
	case errors.Is(err, regular.ErrOther), errors.Is(err, syscall.ENXIO): // ENXIO: a socket
		l.fail("is not a regular file", "put a TOML file in its place")
		return l
	case errors.Is(err, syscall.ELOOP):
		l.fail("cannot be opened: its links go in a circle", "fix or remove the link")
		return l
	case err != nil:
		l.fail("cannot be opened: "+reason(err), "make it readable for you")
		return l
	}
	defer f.Close()
	if reason, remedy := distrusted(f); reason != "" {
		l.fail(reason, remedy)
		return l
	}
	text, err := f.Read(maxText + 1)
	switch {
	case err != nil:
		l.fail("cannot be read: "+reason(err), "")
	case len(text) > maxText:
		l.fail("is larger than 1 MiB", "a catalogue has no need of that size; is it the right file?")
	default:
		l.text = unsafe.String(unsafe.SliceData(text), len(text)) // not copied: nothing else has text
		l = checked(l)
	}
	return l
}

// checked returns the layer, or why its text cannot be TOML.
func checked(l layer) layer {
	const mark = "\ufeff"
	if strings.HasPrefix(l.text, "\xff\xfe") || strings.HasPrefix(l.text, "\xfe\xff") {
		l.fail("is UTF-16, and TOML is UTF-8", "save it as UTF-8")
		return l
	}
	if i := strings.IndexByte(l.text, 0); i >= 0 {
		l.failAt(i, "holds a NUL byte", "save it as plain UTF-8 text")
		return l
	}
	if !utf8.ValidString(l.text) {
		i := 0
		for i < len(l.text) {
			r, n := utf8.DecodeRuneInString(l.text[i:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			i += n
		}
		l.failAt(i, "is not valid UTF-8", "save it as UTF-8")
		return l
	}
	if strings.HasPrefix(l.text, mark) {
		l.text = l.text[len(mark):]
		l.diagnostic = &Diagnostic{File: l.name, Line: 1, Col: 1, Warning: true,
			Reason: "begins with a byte order mark", Remedy: "save it as UTF-8 without one"}
	}
	return l
}

func (l *layer) fail(reason, remedy string) {
	l.text = ""
	l.diagnostic = &Diagnostic{File: l.name, Reason: reason, Remedy: remedy}
}

func (l *layer) failAt(offset int, reason, remedy string) {
	line, col := lineColumn(l.text, offset)
	l.fail(reason, remedy)
	l.diagnostic.Line, l.diagnostic.Col = line, col
}

// isAbsent reports whether nothing is at a path. A file in the place of a folder counts too:
// XDG_CONFIG_HOME=/dev/null is a usual way to have no configuration.
func isAbsent(err error) bool {
	return errors.Is(err, syscall.ENOENT) || errors.Is(err, syscall.ENOTDIR)
}

// reason is the system's own text for an error, without the path that the message has.
func reason(err error) string {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return errno.Error()
	}
	return err.Error()
}
