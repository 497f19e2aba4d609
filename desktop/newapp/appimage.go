package newapp

import (
	"cmp"
	"path/filepath"
	"strings"

	"electroscope/launcher/catalog"
)

// FromAppImage is the app in an AppImage. Its name is that of the file: the entry and the
// icon inside lie in a squashfs, which only running it would show.
func FromAppImage(path string) App {
	title := imageTitle(filepath.Base(path))
	return App{Key: Slug(title), Exec: []string{path}, Entry: catalog.Entry{Name: title}}
}

// imageTitle is a file's name without its version and architecture: Joplin of
// Joplin-3.0.15-x86_64.AppImage.
func imageTitle(name string) string {
	name = strings.TrimSuffix(name, filepath.Ext(name))
	var words []string
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }) {
		if isVersion(word) && len(words) > 0 {
			break
		}
		words = append(words, word)
	}
	return cmp.Or(strings.Join(words, " "), name)
}

func isVersion(word string) bool {
	switch strings.ToLower(word) {
	case "x86", "x64", "amd64", "arm64", "aarch64", "armhf", "armv7l", "i386", "linux", "latest", "appimage":
		return true
	}
	digits := strings.TrimPrefix(strings.ToLower(word), "v")
	return digits != "" && '0' <= digits[0] && digits[0] <= '9'
}
