package cli

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"electroscope"
	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// launch becomes the app that answers to name. It returns the exit status of a
// launch that did not happen.
func launch(name string, args []string) (status int) {
	w := launcher.ThisProcess().Watched()
	r := launcher.Request{Name: name, Args: args}
	defer func() {
		if fault := recover(); fault != nil {
			status = failed(w.Stderr, render.Style{}, r, launcher.Rescue(w, r, fault))
		}
	}()
	r.Layers = catalog.ReadLayers(w.Getenv, electroscope.Apps)
	return start(w, r)
}

func start(w launcher.Process, r launcher.Request) int {
	var err error
	switch {
	case isOn(w.Getenv(dryRunVariable)):
		err = dryRun(w, r, render.NewWriter(os.Stdout, w.Getenv), false)
	case isOn(w.Getenv(disableVariable)):
		err = launcher.Bypass(w, r)
	default:
		err = launcher.Launch(w, r)
	}
	return failed(w.Stderr, render.Style{}, r, err)
}

// failed prints what went wrong and returns the exit status.
func failed(stderr io.Writer, style render.Style, r launcher.Request, err error) int {
	var exit *launcher.ExitError
	var unknown *launcher.UnknownName
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		printError(stderr, style, exit.Text, exit.Remedy)
		return exit.Status
	case errors.As(err, &unknown):
		remedy := didYouMean(catalog.Nearest(unknown.Name, knownNames(r.Layers)))
		if remedy != "" {
			remedy += "\n"
		}
		printError(stderr, style, err.Error()+", and no other program on PATH has it", remedy+"the tool has to be called electroscope, by whatever path; electroscope link makes links that are called as apps\n"+
			"known names: "+strings.Join(knownNames(r.Layers), ", "))
		return launcher.ExitNotFound
	}
	printError(stderr, style, err.Error(), "")
	return launcher.ExitRefused
}

// knownNames are the names that apps answer to, their keys among them.
func knownNames(layers catalog.Layers) []string {
	all, _ := layers.All()
	var names []string
	for _, app := range all.Apps {
		names = append(names, app.Names...)
		if !slices.Contains(app.Names, app.Key) {
			names = append(names, app.Key)
		}
	}
	return names
}
