package cli

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"

	"electroscope/desktop/entry"
	"electroscope/desktop/install"
	"electroscope/desktop/newapp"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// web adds a web app.
func (o *addOptions) web(inv *invocation, state install.State, url string) (newapp.App, error) {
	browser, path, err := o.findBrowser(inv)
	if err != nil {
		return newapp.App{}, err
	}
	icon := ""
	if id := entryOf(state, path, filepath.Base(browser)); id != "" {
		if _, text, ok := state.Entry(id); ok {
			if e, err := entry.Parse(text); err == nil {
				icon = e.Value("Icon")
			}
		}
	}
	app, err := newapp.FromURL(url, browser, icon)
	if err != nil {
		return app, &usageError{fmt.Sprintf("%q %v", url, err), ""}
	}
	if free := !isTaken(inv, app.Key, path); !free && o.name == "" {
		app.Key = newapp.HostKey(url)
	}
	if o.profile {
		app.Args = append(app.Args, "--user-data-dir="+filepath.Join(state.Dirs.Data, "electroscope", cmp.Or(newapp.Slug(o.name), app.Key)))
	} else {
		inv.note("it shares the process of "+filepath.Base(browser)+" if that runs already, and then its limits", "--profile gives it a process of its own")
	}
	return app, nil
}

// isTaken reports whether a name is an app's, or another program's.
func isTaken(inv *invocation, name, path string) bool {
	_, _, known := inv.layers().App(name)
	return known || inTheWay(inv, []string{name}, path) != ""
}

// findBrowser returns the program that is to show a URL, as apps.toml is to name it, and its
// path.
func (o *addOptions) findBrowser(inv *invocation) (name, path string, err error) {
	names := newapp.Browsers()
	if o.browser != "" {
		names = []string{o.browser}
		if strings.Contains(o.browser, "/") {
			if names[0], err = absolute(o.browser, inv.process.Getenv("HOME")); err != nil {
				return "", "", err
			}
		}
	}
	for _, name := range names {
		if found, err := launcher.Locate(inv.process, catalog.App{Exec: []string{name}, Names: []string{name}}); err == nil {
			return name, found.Path, nil
		}
	}
	if o.browser != "" {
		return "", "", &usageError{fmt.Sprintf("no program %q is found", o.browser), "name a browser of Chromium's family on PATH, or its file"}
	}
	return "", "", &usageError{"no browser of Chromium's family is found on PATH", "--browser=PROGRAM names one; looked for: " + strings.Join(names, ", ")}
}
