// Package mimeapps finds the application that opens a type, as the MIME Applications
// Specification 1.0.1 has it (specifications.freedesktop.org/mime-apps-spec).
package mimeapps

import (
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/xdg"
)

// Files are the lists of defaults, the most important first: of each folder the one of the
// desktop that runs, then the general one.
func Files(env xdg.Env) []string {
	folders := append([]string{env.ConfigHome()}, env.ConfigDirs()...)
	for _, dir := range append([]string{env.DataHome()}, env.DataDirs()...) {
		folders = append(folders, filepath.Join(dir, "applications"))
	}
	var files []string
	for _, dir := range folders {
		for desktop := range strings.SplitSeq(strings.ToLower(env("XDG_CURRENT_DESKTOP")), ":") {
			if desktop != "" && !strings.Contains(desktop, "/") {
				files = append(files, filepath.Join(dir, desktop+"-mimeapps.list"))
			}
		}
		files = append(files, filepath.Join(dir, "mimeapps.list"))
	}
	return files
}

// Caches are the lists of what each entry says it opens, which is asked if no default is set.
func Caches(env xdg.Env) []string {
	var files []string
	for _, dir := range append([]string{env.DataHome()}, env.DataDirs()...) {
		files = append(files, filepath.Join(dir, "applications/mimeinfo.cache"))
	}
	return files
}

// Default is the id of the entry that opens a type: the first that is there of the defaults,
// then of the associations that the user added, then of what entries say. Lists and caches
// are the texts of the files. "" if nothing opens it.
func Default(lists, caches []string, mime string, isThere func(id string) bool) string {
	for _, from := range []struct {
		texts []string
		group string
	}{
		{lists, "Default Applications"},
		{lists, "Added Associations"},
		{caches, "MIME Cache"},
	} {
		for _, text := range from.texts {
			ids := values(text, from.group, mime)
			if i := slices.IndexFunc(ids, isThere); i >= 0 {
				return ids[i]
			}
		}
	}
	return ""
}

// values are the ids that a list has for a type.
func values(text, group, mime string) []string {
	var ids []string
	inGroup := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			inGroup = line == "["+group+"]"
			continue
		}
		key, value, found := strings.Cut(line, "=")
		if !inGroup || !found || strings.TrimSpace(key) != mime {
			continue
		}
		for name := range strings.SplitSeq(value, ";") {
			if id, ok := strings.CutSuffix(strings.TrimSpace(name), ".desktop"); ok {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
