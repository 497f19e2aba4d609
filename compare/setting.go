package compare

import (
	"fmt"
	"strings"
)

// A Setting is one of the two ways to start the app.
type Setting struct {
	Name string // as it was given
	Off  bool   // without electroscope
	TOML string // what is set over apps.toml, for ELECTROSCOPE_SET
}

// ParseSetting reads "off", "default", or settings of the app as apps.toml has them, a semicolon
// between them: `heap = "1G"; limits.MemoryHigh = "2G"`. One whose key begins with the name of
// another table, such as gpu.raster, is that table's.
func ParseSetting(app, text string) (Setting, error) {
	s := Setting{Name: text}
	switch strings.TrimSpace(text) {
	case "":
		return s, fmt.Errorf("a setting is empty")
	case "off":
		s.Off = true
		return s, nil
	case "default":
		return s, nil
	}
	var lines []string
	for part := range strings.SplitSeq(text, ";") {
		key, value, found := strings.Cut(strings.TrimSpace(part), "=")
		key = strings.TrimSpace(key)
		if !found || key == "" || strings.TrimSpace(value) == "" {
			return s, fmt.Errorf("%q is not off, default, or KEY = VALUE", part)
		}
		if table, _, dotted := strings.Cut(key, "."); !dotted || !isTable(table) {
			key = "apps." + quoteKey(app) + "." + key
		}
		lines = append(lines, key+" = "+strings.TrimSpace(value))
	}
	s.TOML = strings.Join(lines, "\n") + "\n"
	return s, nil
}

func isTable(name string) bool {
	return name == "gpu" || name == "budget" || name == "defaults" || name == "apps"
}

// quoteKey writes a key of TOML; one with a dot in it must be quoted.
func quoteKey(key string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(key) + `"`
}
