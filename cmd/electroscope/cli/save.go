package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"electroscope/desktop/appstoml"
	"electroscope/desktop/install"
	"electroscope/launcher/catalog"
)

// saveLimits writes what is wanted into the user's apps.toml, or shows it.
func (o *setOptions) saveLimits(inv *invocation, w wanted) error {
	if err := sandboxed(inv.process.Getenv); err != nil {
		return err
	}
	state, unlock, err := homeState(inv, !o.dry)
	if err != nil {
		return err
	}
	defer unlock()
	file, err := install.ReadText(userCatalogue(state.Dirs))
	if err != nil {
		return err
	}
	if err := notFromNix(file.Path); err != nil {
		return err
	}
	text, err := w.written(file)
	if err != nil || text == file.Text {
		return err
	}
	printTextDiff(inv.out, file, text)
	if o.dry {
		return nil
	}
	return file.Write(text)
}

// notFromNix returns an error for a file that home-manager makes anew: it cannot be written,
// and what is written beside it would be lost.
func notFromNix(path string) error {
	real, err := filepath.EvalSymlinks(path)
	if err != nil || !strings.HasPrefix(real, "/nix/store/") {
		return nil // what cannot be followed, ReadText has told
	}
	return &usageError{fmt.Sprintf("%q is made by Nix: it leads to %q", path, real), "set it in programs.electroscope.settings, or without --save until the app ends"}
}

// written is the file's text with what is wanted: as it was given, or if other keys of the
// file would keep that from counting, as the limits that it comes to.
func (w wanted) written(file install.UserText) (string, error) {
	var given, full []appstoml.Value
	for _, s := range w.settings {
		given = append(given, appstoml.Value{Key: s.Path, TOML: tomlOf(s.Value)})
	}
	for _, name := range w.names {
		l, _ := w.app.Limit(name)
		full = append(full, appstoml.Value{Key: []string{"limits", name}, TOML: tomlOf(l.Spelled)})
	}
	var origin string
	for _, values := range [][]appstoml.Value{given, full} {
		text, err := appstoml.Set(file.Text, w.app.Key, values)
		if err != nil {
			return "", &usageError{fmt.Sprintf("cannot save it: %q %v", file.Path, err), "write it there by hand"}
		}
		if origin = w.overruled(file.Path, text); origin == "" {
			return text, nil
		}
	}
	return "", &usageError{fmt.Sprintf("in %q it would have no effect: %s", file.Path, origin), "change it there, or set it without --save"}
}

// overruled names what would keep a text of the user's file from coming to what is wanted;
// empty if nothing does.
func (w wanted) overruled(path, text string) string {
	layers := w.layers.Replaced(path, text)
	s, _, _ := layers.App(w.app.Key)
	for _, name := range w.names {
		want, _ := w.app.Limit(name)
		if got, _ := s.App.Limit(name); got.Amount == want.Amount {
			continue
		}
		for _, key := range keysOf(name) {
			if o := layers.Origin(w.app.Key, key...); o.Layer != catalog.Shipped && o.Key != "" && o.File != path {
				return fmt.Sprintf("%s is set at %s", o.Key, o)
			}
		}
		return name + " is set by another key"
	}
	return ""
}

// keysOf are the keys that may set a limit.
func keysOf(name string) [][]string {
	keys := [][]string{{"limits", name}}
	switch name {
	case "MemoryMax":
		keys = append(keys, []string{"memory"})
	case "MemoryHigh":
		keys = append(keys, []string{"limits", "MemoryMax"}, []string{"memory"})
	case "CPUQuota":
		keys = append(keys, []string{"cpus"})
	}
	return keys
}
