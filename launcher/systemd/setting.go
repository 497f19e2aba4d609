package systemd

import (
	"fmt"
	"strings"

	"electroscope/launcher/limit"
)

// Setting is the property as a unit file has it, NAME=VALUE, which is also what
// systemd-run -p takes (systemd.resource-control(5)).
func (p Property) Setting() string {
	l, isLimit := limit.ByProperty(p.Name)
	switch value := p.Value.(type) {
	case uint64:
		if isLimit {
			return l.Setting(value)
		}
	case uint32:
		if isLimit {
			return l.Setting(uint64(value))
		}
	}
	return fmt.Sprintf("%s=%v", p.Name, p.Value)
}

// LastSetting is what a unit file says last of a setting: of several assignments that one
// holds (systemd.syntax(7)).
func LastSetting(text, name string) (value string, set bool) {
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\\\n", " "), "\n") {
		if key, v, found := strings.Cut(line, "="); found && strings.TrimSpace(key) == name {
			value, set = strings.TrimSpace(v), true
		}
	}
	return value, set
}
