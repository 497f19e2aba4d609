package render

import (
	"fmt"
	"strings"

	"electroscope/desktop/unitfile"
)

// UnitFile is a unit file (systemd.syntax(7)).
func UnitFile(u unitfile.Unit, head string) string {
	var b strings.Builder
	b.WriteString(head + "\n")
	for _, n := range u.Notes {
		fmt.Fprintf(&b, "# Without %s: %s.\n", n.Without, n.Text)
	}
	if u.Section == "Slice" {
		b.WriteString("[Unit]\nDescription=Desktop apps\nDocumentation=man:electroscope(1)\n\n")
	}
	fmt.Fprintf(&b, "[%s]\n", u.Section)
	for _, p := range u.Properties {
		b.WriteString(p.Setting() + "\n")
	}
	return b.String()
}
