package doctor

import (
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/chromium"
	"electroscope/launcher/plan"
)

// flagsSuffix ends the name of a flags file (launcher/flagsfile.go).
const flagsSuffix = "-flags.conf"

// deadSwitches are the notes on switches of the user's that a launch leaves out.
func (m *Machine) deadSwitches(a app) []plan.Note {
	return slices.DeleteFunc(slices.Clone(a.plan.Notes), func(n plan.Note) bool {
		return n.Switch == "" || n.Without != "" || isIn(a.plan, n.Switch) || !m.isUsers(a, n)
	})
}

// flagsEdits takes dead switches out of flags files. One that is alive for another app that reads
// the file stays.
func (m *Machine) flagsEdits() ([]Edit, error) {
	dead, some := map[string][]string{}, false // by the file
	for _, a := range m.installed() {
		for _, n := range m.deadSwitches(a) {
			some = true
			if strings.HasSuffix(n.From, flagsSuffix) && !slices.Contains(dead[n.From], n.Switch) && m.isDeadForAll(n) {
				dead[n.From] = append(dead[n.From], n.Switch)
			}
		}
	}
	var edits []Edit
	for path, names := range dead {
		text, err := m.whole(path)
		if err != nil {
			return nil, err
		}
		if !takesOut(text, names) {
			return nil, &Refusal{quoted(path) + " has " + strings.Join(names, " ") + " among other words", "take it out by hand"}
		}
		edits = append(edits, Edit{path, func(text string) string { return withoutFlags(text, names) }})
	}
	slices.SortStableFunc(edits, func(a, b Edit) int { return strings.Compare(a.Path, b.Path) })
	if edits == nil && some {
		return nil, &Refusal{Text: "the switch is in no flags file, or another app knows it"}
	}
	return edits, nil
}

// isDeadForAll reports whether each app that reads the file of a note leaves the switch out.
func (m *Machine) isDeadForAll(n plan.Note) bool {
	return !slices.ContainsFunc(m.installed(), func(a app) bool {
		return a.reads(n.From) && !slices.ContainsFunc(m.deadSwitches(a), func(other plan.Note) bool {
			return other.From == n.From && other.Switch == n.Switch
		})
	})
}

// reads reports whether a launch of an app, or its wrapper, reads a flags file.
func (a app) reads(path string) bool {
	name := strings.TrimSuffix(filepath.Base(path), flagsSuffix)
	major, _, _ := strings.Cut(a.plan.Engine.Electron, ".")
	names := append([]string{a.Key}, a.Names...)
	switch a.plan.Settings.App.Runtime {
	case chromium.Electron:
		names = append(names, "electron", "electron"+major)
	case chromium.Chromium:
		names = append(names, "chromium")
	}
	return slices.Contains(names, name) || slices.Contains(a.plan.Chain.FlagsFiles, path)
}

// takesOut reports whether withoutFlags takes names out of a text, and nothing else.
func takesOut(text string, names []string) bool {
	without := withoutFlags(text, names)
	var want []string
	for _, word := range chromium.ParseFlagsFile([]byte(text)) {
		if rest, isWord := withoutNames(word, names); isWord {
			want = append(want, rest)
		}
	}
	return without != text && slices.Equal(want, chromium.ParseFlagsFile([]byte(without)))
}

// withoutFlags takes switches, and features in lists, out of a flags file. A line that is empty
// then goes. What is in quotes, or on several lines, stays.
func withoutFlags(text string, names []string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		body := strings.TrimRight(line, "\r\n")
		words := strings.Fields(body)
		kept := make([]string, 0, len(words))
		for _, word := range words {
			if rest, isWord := withoutNames(word, names); isWord {
				kept = append(kept, rest)
			}
		}
		switch {
		case slices.Equal(words, kept), strings.ContainsAny(body, "'\"\\#"):
			b.WriteString(line)
		case len(kept) > 0:
			b.WriteString(strings.Join(kept, " ") + line[len(body):])
		}
	}
	return b.String()
}

// withoutNames takes names of features out of a switch's list. isWord is false if nothing is left,
// or the switch itself is among the names.
func withoutNames(word string, names []string) (rest string, isWord bool) {
	name, value, hasValue := strings.Cut(word, "=")
	if strings.HasPrefix(word, "--") && (slices.Contains(names, name) || slices.Contains(names, word)) {
		return "", false
	}
	if name != "--enable-features" && name != "--disable-features" && name != "--enable-blink-features" && name != "--disable-blink-features" {
		return word, true
	}
	has := strings.Split(value, ",")
	list := slices.DeleteFunc(slices.Clone(has), func(f string) bool {
		feature, _, _ := strings.Cut(f, ":") // its parameters
		feature, _, _ = strings.Cut(feature, "<")
		return slices.Contains(names, feature)
	})
	if !hasValue || len(list) == len(has) {
		return word, true
	}
	return name + "=" + strings.Join(list, ","), len(list) > 0
}
