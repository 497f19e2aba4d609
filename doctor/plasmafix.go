package doctor

import (
	"strings"

	"electroscope/doctor/kconfig"
)

// keysFix sets keys of one group that differ from what is wanted.
func keysFix(file, then string, keys []key) *Fix {
	return &Fix{
		Changes: file + " [" + keys[0].group + "]", Then: then,
		edits: func(m *Machine) ([]Edit, error) {
			config, err := m.changeable(file, keys...)
			return []Edit{{m.userFile(file), withKeys(config, keys)}}, err
		},
	}
}

// withKeys sets those keys that differ from what is wanted.
func withKeys(config kconfig.Config, keys []key) func(text string) string {
	return func(text string) string {
		for _, k := range keys {
			if !k.isWanted(config) {
				text = kconfig.Set(text, kconfig.Setting{Group: k.group, Key: k.name, Value: k.want})
			}
		}
		return text
	}
}

// changeable reads a file of KDE's. The error says why one of the keys cannot be given another
// value in the user's own.
func (m *Machine) changeable(file string, keys ...key) (kconfig.Config, error) {
	config, known := m.kconfig(file)
	if !known {
		return config, &Refusal{Text: file + " cannot be read"}
	}
	for _, k := range keys {
		if by := config.Immutable(k.group, k.name); by != "" {
			return config, &Refusal{quoted(by) + " has [" + k.group + "] " + k.name + " immutable, by [$i]", "who wrote that wants it so; if that is you, take the [$i] out"}
		}
		over, _ := m.kconfigBeneath(file)
		over.Lay(m.userFile(file), kconfig.Set("", kconfig.Setting{Group: k.group, Key: k.name}))
		if in := over.Localized(k.group, k.name); in != "" {
			return config, &Refusal{quoted(in) + " has [" + k.group + "] " + k.name + " for a language", "its administrator can change it there"}
		}
	}
	return config, nil
}

// withoutDeadKeys takes them out of kwinrc, or hides those of a file beneath it.
func (m *Machine) withoutDeadKeys() ([]Edit, error) {
	const file, group = "kwinrc", "Compositing"
	var keys []key
	for _, name := range deadKeys {
		keys = append(keys, key{group: group, name: name})
	}
	if _, err := m.changeable(file, keys...); err != nil {
		return nil, err
	}
	path := m.userFile(file)
	beneath, _ := m.kconfigBeneath(file)
	return []Edit{{path, func(text string) string {
		for _, name := range deadKeys {
			text = kconfig.Unset(text, group, name)
			if _, has := beneath.Value(group, name); has {
				text = kconfig.Hide(text, group, name)
			}
		}
		return text
	}}}, nil
}

// balooEdits sets the keys, and adds to the folders that are left out those that are there.
func (m *Machine) balooEdits() ([]Edit, error) {
	const file = "baloofilerc"
	folders := key{"General", "exclude folders", "", ""}
	config, err := m.changeable(file, append([]key{folders}, balooKeys...)...)
	if err != nil {
		return nil, err
	}
	home := m.getenv("HOME")
	if strings.ContainsAny(home, `,\$`) {
		return nil, &Refusal{quoted(home) + " cannot be in a list of KDE's as it is", "set it in System Settings, File Search"}
	}
	return []Edit{{m.userFile(file), func(text string) string {
		text = withKeys(config, balooKeys)(text)
		missing := m.indexed(config)
		if missing == nil {
			return text
		}
		list := folders.value(config)
		expands := list == "" || config.Expands(folders.group, folders.name)
		for _, folder := range missing {
			if expands {
				folder = strings.Replace(folder, home+"/", "$HOME/", 1)
			}
			list = strings.TrimPrefix(list+","+folder, ",")
		}
		return kconfig.Set(text, kconfig.Setting{Group: folders.group, Key: folders.name, Value: list, Expand: expands})
	}}}, nil
}
