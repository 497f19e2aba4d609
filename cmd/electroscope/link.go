package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// linkOptions are the flags of link and unlink.
type linkOptions struct {
	dir string
	all bool
}

func linkCommand() *command {
	o := &linkOptions{}
	return &command{
		name: "link", args: "[OPTIONS] [APP...]",
		summary: "Put links named as the apps into a folder on PATH",
		details: `
Without APP, every app of the catalogue that is found on this machine. A file
that is there already and is no link of electroscope's is left alone and named.`,
		flags: func(fs *flag.FlagSet) {
			fs.StringVar(&o.dir, "dir", "", "`FOLDER` to put the links into; default: ~/.local/bin")
			fs.BoolVar(&o.all, "all", false, "apps that are not installed, too")
		},
		run: o.link,
	}
}

func unlinkCommand() *command {
	o := &linkOptions{}
	return &command{
		name: "unlink", args: "[OPTIONS] [APP...]",
		summary: "Take the links away again",
		details: "\nOnly links to electroscope go; without APP, those of every app.",
		flags: func(fs *flag.FlagSet) {
			fs.StringVar(&o.dir, "dir", "", "`FOLDER` the links are in; default: ~/.local/bin")
		},
		run: o.unlink,
	}
}

func (o *linkOptions) link(t *toolbox, args []string) error {
	dir, err := o.folder(t)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	apps, err := chosen(t, args)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	made := 0
	for _, app := range apps {
		p, missing := launcher.Prepare(t.world, launcher.Request{Name: app.Names[0], Layers: t.layers()})
		if missing != nil && len(args) == 0 && !o.all {
			continue
		}
		for _, name := range app.Names {
			what, err := place(self, filepath.Join(dir, name))
			if err != nil {
				complain(t.err, err.Error(), "")
				t.status = 1
				continue
			}
			made++
			target := p.Target
			if missing != nil {
				target = "not installed"
			}
			fmt.Fprintf(t.out, "%s %s -> %s\n", what, filepath.Join(dir, name), target)
		}
	}
	if made == 0 && t.status == 0 {
		complain(t.err, "no app of the catalogue is installed here", "electroscope apps shows where each is looked for; --all links them anyway")
		t.status = 1
	}
	o.checkPath(t, dir, apps)
	return nil
}

// place makes one link, by way of a new name so that there is never none.
func place(self, link string) (string, error) {
	old, err := os.Readlink(link)
	switch {
	case err == nil && old == self:
		return "kept   ", nil
	case err == nil && isElectroscope(link):
	case errors.Is(err, fs.ErrNotExist):
	default:
		return "", fmt.Errorf("%q is there already and is not electroscope's: left alone", link)
	}
	aside := link + ".electroscope"
	if err := os.Symlink(self, aside); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	if err := os.Rename(aside, link); err != nil {
		return "", err
	}
	return "linked ", nil
}

// isElectroscope tells whether a link leads, or led, to a program of our name.
func isElectroscope(link string) bool {
	to, err := os.Readlink(link)
	if err != nil {
		return false
	}
	if full, err := filepath.EvalSymlinks(link); err == nil {
		to = full
	}
	return isTool(filepath.Base(to))
}

func (o *linkOptions) unlink(t *toolbox, args []string) error {
	dir, err := o.folder(t)
	if err != nil {
		return err
	}
	apps, err := chosen(t, args)
	if err != nil {
		return err
	}
	for _, app := range apps {
		for _, name := range app.Names {
			link := filepath.Join(dir, name)
			if !isElectroscope(link) {
				continue
			}
			if err := os.Remove(link); err != nil {
				return err
			}
			fmt.Fprintln(t.out, "removed", link)
		}
	}
	return nil
}

func (o *linkOptions) folder(t *toolbox) (string, error) {
	if o.dir != "" {
		return filepath.Abs(o.dir)
	}
	home := t.world.Getenv("HOME")
	if home == "" {
		return "", &usageError{"HOME is not set: say where with --dir=FOLDER"}
	}
	return filepath.Join(home, ".local/bin"), nil
}

// chosen are the apps that the words name, or all.
func chosen(t *toolbox, words []string) ([]catalog.App, error) {
	all, _ := t.layers().All()
	if len(words) == 0 {
		return all.Apps, nil
	}
	var apps []catalog.App
	for _, word := range words {
		i := slices.IndexFunc(all.Apps, func(a catalog.App) bool { return a.Key == word || slices.Contains(a.Names, word) })
		if i < 0 {
			return nil, &usageError{fmt.Sprintf("no app %q in the catalogue (known: %s)", word, strings.Join(knownNames(t.layers()), ", "))}
		}
		apps = append(apps, all.Apps[i])
	}
	return apps, nil
}

// checkPath tells where typing a name would not reach its link.
func (o *linkOptions) checkPath(t *toolbox, dir string, apps []catalog.App) {
	folders := filepath.SplitList(t.world.Getenv("PATH"))
	at := slices.IndexFunc(folders, func(f string) bool { return filepath.Clean(f) == dir })
	if at < 0 {
		complain(t.err, fmt.Sprintf("%q is not on PATH", dir), fmt.Sprintf(`add it in your shell's profile: export PATH=%q:"$PATH"`, dir))
		return
	}
	for _, app := range apps {
		for _, name := range app.Names {
			if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
				continue
			}
			for _, before := range folders[:at] {
				if info, err := os.Stat(filepath.Join(before, name)); err == nil && info.Mode().IsRegular() && !isElectroscope(filepath.Join(before, name)) {
					complain(t.err, fmt.Sprintf("%q comes before the link on PATH", filepath.Join(before, name)),
						fmt.Sprintf(`put %q first: export PATH=%q:"$PATH"`, dir, dir))
				}
			}
		}
	}
}
