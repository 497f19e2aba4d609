package render

import (
	"strings"

	"electroscope/launcher/limit"
	"electroscope/launcher/systemd"
)

// spelled is a property as apps.toml has it, for a person to read: sizes are rounded, which
// [systemd.Property.Setting], for unit files and command lines, does not do.
func spelled(p systemd.Property) (name, value string) {
	text := p.Setting()
	n, isNumber := p.Value.(uint64)
	if l, known := limit.ByProperty(p.Name); known && isNumber && l.Readable() {
		text = l.Spell(n)
	}
	name, value, _ = strings.Cut(text, "=")
	return name, value
}
