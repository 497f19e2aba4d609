package kwin

import (
	_ "embed"
	"path/filepath"
	"strings"

	"electroscope/launcher/statedir"
)

//go:embed script.js
var script string

// writeScript writes the script where KWin can read it, which takes a path and no text.
func (w *Windows) writeScript() (string, error) {
	const name = "kwin.js"
	dir, err := statedir.Open(w.folder)
	if err != nil {
		return "", err
	}
	defer dir.Close()
	text := strings.NewReplacer("NAME", w.conn.Names()[0], "PATH", ownPath, "INTERFACE", ownName).Replace(script)
	return filepath.Join(w.folder, name), dir.Replace(name, text)
}
