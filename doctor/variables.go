package doctor

import (
	"path/filepath"
	"slices"
	"strings"
)

// A variable is one of the session, and the value that it is to have.
type variable struct{ name, value string }

// variablesFile is where fixes set variables, behind other files of the user's: the last one
// counts (environment.d(5)).
const variablesFile = "environment.d/90-electroscope.conf"

// variablesFix sets variables for the user's manager, from which desktops take them over.
func variablesFix(list func(*Machine) []variable) *Fix {
	return &Fix{
		Changes: "~/.config/" + variablesFile, Then: "log in anew",
		edits: func(m *Machine) ([]Edit, error) {
			variables := list(m)
			if len(variables) == 0 {
				return nil, &Refusal{"the variable that is there has to go, and environment.d(5) only sets variables", "take it out where it is set"}
			}
			if err := m.overridden(variables); err != nil {
				return nil, err
			}
			return []Edit{{m.userFile(variablesFile), func(text string) string {
				for _, v := range variables {
					text = withVariable(text, v)
				}
				return text
			}}}, nil
		},
	}
}

// overridden is an error if a later file of the user's gives a variable another value.
func (m *Machine) overridden(variables []variable) error {
	for _, file := range m.glob(m.userFile(filepath.Dir(variablesFile) + "/*.conf")) {
		if filepath.Base(file) <= filepath.Base(variablesFile) {
			continue
		}
		has := properties(m.text(file))
		for _, v := range variables {
			value, isSet := has[v.name]
			if isSet && value != v.value && !strings.Contains(strings.NewReplacer("{", "", "}", "").Replace(value), "$"+v.name) {
				return &Refusal{quoted(file) + " sets " + v.name + "=" + value + ", and is read later", "change it there"}
			}
		}
	}
	return nil
}

// withVariable sets a variable in a text of environment.d(5): where it is set last, or at the end.
func withVariable(text string, v variable) string {
	lines := slices.Collect(strings.Lines(text))
	for i, line := range slices.Backward(lines) {
		name, _, found := strings.Cut(line, "=")
		if !found || strings.TrimSpace(name) != v.name {
			continue
		}
		if strings.TrimSpace(line) != v.name+"="+v.value {
			lines[i] = v.name + "=" + v.value + "\n"
		}
		return strings.Join(lines, "")
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text + v.name + "=" + v.value + "\n"
}
