package newapp

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"electroscope/launcher/catalog"
)

// An App is what is written of an app. What is empty is left out.
type App struct {
	Key           string
	Names         []string // it is started by, if they are not Key alone
	Exec          []string
	Args          []string
	Env           map[string]string
	ID            string // of its desktop entry, if that is not Key
	Flatpak, Snap string
	Runtime       string
	Memory, CPUs  string
	Slice         string // it runs in, if not the usual one
	Entry         catalog.Entry
}

// Table is the app's table of apps.toml, with a comment if there is one.
func (a App) Table(comment string) string {
	var b strings.Builder
	line := func(name, value string) { b.WriteString(name + " = " + value + "\n") }
	text := func(name, value string) {
		if value != "" {
			line(name, catalog.Quoted(value))
		}
	}
	list := func(name string, words []string) {
		if len(words) > 0 {
			line(name, array(words))
		}
	}
	b.WriteString("[apps." + key(a.Key) + "]\n")
	if comment != "" {
		b.WriteString("# " + comment + "\n")
	}
	list("names", a.Names)
	list("exec", a.Exec)
	list("args", a.Args)
	text("runtime", a.Runtime)
	if a.ID != a.Key { // the default
		text("id", a.ID)
	}
	text("flatpak", a.Flatpak)
	text("snap", a.Snap)
	text("memory", a.Memory)
	if isNumber(a.CPUs) {
		line("cpus", a.CPUs)
	} else {
		text("cpus", a.CPUs)
	}
	text("slice", a.Slice)
	if len(a.Env) > 0 {
		var pairs [][2]string
		for _, name := range slices.Sorted(maps.Keys(a.Env)) {
			pairs = append(pairs, [2]string{name, a.Env[name]})
		}
		line("env", inline(pairs))
	}
	if e := a.Entry; e.Name != "" {
		pairs := [][2]string{{"Name", e.Name}, {"Icon", e.Icon}, {"StartupWMClass", e.StartupWMClass}}
		line("entry", inline(slices.DeleteFunc(pairs, func(p [2]string) bool { return p[1] == "" })))
	}
	return b.String()
}

func array(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = catalog.Quoted(word)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// inline writes a table on one line.
func inline(pairs [][2]string) string {
	list := make([]string, len(pairs))
	for i, p := range pairs {
		list[i] = key(p[0]) + " = " + catalog.Quoted(p[1])
	}
	return "{ " + strings.Join(list, ", ") + " }"
}

// isNumber reports whether TOML takes a text for a number, as it is.
func isNumber(text string) bool {
	whole, fraction, dotted := strings.Cut(text, ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && (whole == "0" || whole[0] != '0') && (!dotted || digits(fraction))
}

// key writes a TOML key.
func key(name string) string {
	for i := range len(name) {
		if !isAlnum(name[i]) && name[i] != '-' && name[i] != '_' {
			return catalog.Quoted(name)
		}
	}
	return cmp.Or(name, `""`)
}

func isAlnum(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// Slug makes of a title a name that is easy to type: "Work Chat" becomes "work-chat". It is
// "" for a title without a letter or digit of ASCII.
func Slug(title string) string {
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(strings.ToLower(title), func(r rune) bool {
		return r >= 0x80 || !isAlnum(byte(r)) && !strings.ContainsRune("._+", r)
	}) {
		if word = strings.Trim(word, "._+"); word == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(word)
	}
	return b.String()
}
