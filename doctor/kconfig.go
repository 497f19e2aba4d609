package doctor

import (
	"slices"
	"strings"

	"electroscope/doctor/kconfig"
)

// kconfig reads a file of KDE's and those of its name that lie beneath it
// (https://userbase.kde.org/KDE_System_Administration/Configuration_Files). known is false if one of
// them is there and cannot be read. kdeglobals does not lie beneath: KWin opens its file without
// (KConfig::NoGlobals).
func (m *Machine) kconfig(name string) (c kconfig.Config, known bool) {
	c, known = m.kconfigBeneath(name)
	return c, m.lay(&c, m.userFile(name)) && known
}

// kconfigBeneath reads those that lie beneath the user's own.
func (m *Machine) kconfigBeneath(name string) (c kconfig.Config, known bool) {
	c, known = kconfig.New(), true
	for _, dir := range slices.Backward(m.xdg().ConfigDirs()) {
		known = m.lay(&c, dir+"/"+name) && known
	}
	return c, known
}

// lay puts a file over those that were read. It reports whether what there is of it was.
func (m *Machine) lay(c *kconfig.Config, path string) bool {
	text, err := m.read(path)
	if err != nil {
		return m.isAbsent(path)
	}
	c.Lay(path, text)
	return true
}

// userFile is the user's own file of that name.
func (m *Machine) userFile(name string) string { return m.xdg().ConfigHome() + "/" + name }

// A key is one of a configuration file of KDE's.
type key struct {
	group, name, otherwise, want string
}

// value is what programs read of a key: what the files have, or its default.
func (k key) value(c kconfig.Config) string {
	if text, has := c.Value(k.group, k.name); has {
		return text
	}
	return k.otherwise
}

// isWanted reports whether it has what is wanted.
func (k key) isWanted(c kconfig.Config) bool {
	has := k.value(c)
	isBool := k.want == "true" || k.want == "false"
	return has == k.want || isBool && isTrue(has) == isTrue(k.want)
}

// isTrue reads a boolean (KConfigGroup::readEntry, of kconfiggroup.cpp).
func isTrue(text string) bool {
	return !slices.Contains([]string{"false", "off", "no", "0"}, strings.ToLower(text))
}
