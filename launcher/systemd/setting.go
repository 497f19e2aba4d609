package systemd

import (
	"fmt"

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
