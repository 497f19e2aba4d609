package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"electroscope/desktop/install"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/self"
	"electroscope/launcher/term"
	"electroscope/launcher/xdg"
)

// linkOptions are the flags of link and unlink.
type linkOptions struct {
	dir      string
	all, dry bool
}

func linkCommand() *command {
	o := &linkOptions{}
	return &command{
		name: "link", args: "[OPTIONS] [APP...]",
		summary: "Put links named as the apps into a folder, and nothing else",
		details: `
For packages, scripts and machines without a desktop; electroscope install makes
the links too. Without APP, every app of the catalogue that is found on this
machine. A file of that name that is not a link to electroscope is left alone
and reported.`,
		flags: func(fs *flag.FlagSet) {
			fs.StringVar(&o.dir, "dir", "", "`FOLDER` to put the links into; default: ~/.local/bin")
			fs.BoolVar(&o.all, "all", false, "also link apps that are not installed")
			dryRunFlag(fs, &o.dry, "show what would be linked, and change nothing")
		},
		run: o.link,
	}
}

func unlinkCommand() *command {
	o := &linkOptions{}
	return &command{
		name: "unlink", args: "[OPTIONS] [APP...]",
		summary: "Remove such links",
		details: `
Only links to electroscope are removed; without APP, those of every app. Links
that electroscope install made stay: its desktop entries start them.`,
		flags: func(fs *flag.FlagSet) {
			fs.StringVar(&o.dir, "dir", "", "`FOLDER` the links are in; default: ~/.local/bin")
			dryRunFlag(fs, &o.dry, "show which links would be removed, and change nothing")
		},
		run: o.unlink,
	}
}

func (o *linkOptions) link(inv *invocation, args []string) error {
	dir, err := o.folder(inv)
	if err != nil {
		return err
	}
	program, err := thisProgram(inv)
	if err != nil {
		return err
	}
	layers := inv.layers().Whole()
	apps, err := selectApps(layers, args)
	if err != nil {
		return err
	}
	_, unlock, err := o.state(inv)
	if err != nil {
		return err
	}
	defer unlock()
	asked := len(apps)
	apps = enabledOf(inv, layers, apps, len(args) > 0, func(string) bool { return false })
	if !o.dry {
		install.ClearLinks(dir)
	}
	linked, changed := 0, 0
	for _, app := range apps {
		found, missing := launcher.Locate(inv.process, app)
		if missing != nil && len(args) == 0 && !o.all {
			continue
		}
		starts := "starts " + found.Path
		if missing != nil {
			starts = "not installed"
		}
		l, c := o.linkApp(inv, app, dir, program, starts)
		linked, changed = linked+l, changed+c
	}
	switch {
	case linked == 0 && len(apps) == asked && inv.status == 0:
		inv.fail("no app of the catalogue is installed here", "electroscope explain APP says where it was looked for; --all links them anyway")
	case o.dry && changed == 0 && inv.status == 0:
		fmt.Fprintln(inv.out, nothingToDo)
	}
	if !o.dry {
		checkPath(inv, dir, apps)
	}
	return nil
}

// linkApp makes the links of an app, and counts those that are there now, and the new of them.
func (o *linkOptions) linkApp(inv *invocation, app catalog.App, dir, program, starts string) (linked, changed int) {
	for _, name := range app.Names {
		link := filepath.Join(dir, name)
		kept, err := o.putLink(program, link)
		if err != nil {
			inv.fail(err.Error(), "name another folder with --dir")
			continue
		}
		linked++
		if !kept {
			changed++
		}
		o.print(inv.out, link, program, starts, kept)
	}
	return linked, changed
}

// print prints what was done for a link, or with --dry-run what would be.
func (o *linkOptions) print(out io.Writer, link, program, starts string, kept bool) {
	link, starts = term.Printable(link), term.Printable(starts)
	switch {
	case o.dry && kept:
	case o.dry:
		fmt.Fprintln(out, "link", link, "->", term.Printable(program))
	case kept:
		fmt.Fprintf(out, "kept    %s (%s)\n", link, starts)
	default:
		fmt.Fprintf(out, "linked  %s (%s)\n", link, starts)
	}
}

// thisProgram returns what links point to: this program by its path on PATH, which
// stays the same over an update that replaces the file it leads to.
func thisProgram(inv *invocation) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("cannot find this program: %w", err)
	}
	own, err := os.Stat(self)
	if err != nil {
		return "", fmt.Errorf("cannot find this program: %w", err)
	}
	if usual, err := exec.LookPath("electroscope"); err == nil && filepath.IsAbs(usual) {
		if there, err := os.Stat(usual); err == nil && os.SameFile(there, own) {
			return usual, nil
		}
	}
	return self, nil
}

// reason returns an error of the system without the paths that it names.
func reason(err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		return e.Err
	case *os.LinkError:
		return e.Err
	}
	return err
}

// putLink makes one link; with --dry-run it only looks. kept reports that it was there already.
func (o *linkOptions) putLink(program, link string) (kept bool, err error) {
	old, err := os.Readlink(link)
	switch {
	case err == nil && old == program:
		return true, nil
	case err == nil && self.IsLink(link), errors.Is(err, fs.ErrNotExist):
	default:
		return false, install.Occupied(link)
	}
	if o.dry {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
		return false, fmt.Errorf("cannot make the folder %q: %w", filepath.Dir(link), reason(err))
	}
	if err := install.PutLink(link, program); err != nil {
		return false, fmt.Errorf("cannot make the link %q: %w", link, reason(err))
	}
	return false, nil
}

// state returns what is installed in the user's home. A package's scripts run without a
// home: then it is empty.
func (o *linkOptions) state(inv *invocation) (install.State, func(), error) {
	if xdg.Env(inv.process.Getenv).Home() == "" {
		return install.State{}, func() {}, nil
	}
	return homeState(inv, !o.dry)
}

func (o *linkOptions) unlink(inv *invocation, args []string) error {
	dir, err := o.folder(inv)
	if err != nil {
		return err
	}
	apps, err := selectApps(inv.layers(), args)
	if err != nil {
		return err
	}
	state, unlock, err := o.state(inv)
	if err != nil {
		return err
	}
	defer unlock()
	if !o.dry {
		install.ClearLinks(dir)
	}
	removed := 0
	for _, app := range apps {
		for _, name := range app.Names {
			link := filepath.Join(dir, name)
			if !self.IsLink(link) {
				continue
			}
			if _, recorded := state.Manifest.Record(link); recorded {
				inv.fail(fmt.Sprintf("%q is kept: electroscope install made it", link), "electroscope uninstall "+app.Key+" removes it and the entries that start it")
				continue
			}
			removed++
			if o.dry {
				fmt.Fprintln(inv.out, "unlink", term.Printable(link))
				continue
			}
			if err := syscall.Unlink(link); err != nil { // never a folder
				return fmt.Errorf("cannot remove %q: %w", link, reason(err))
			}
			fmt.Fprintln(inv.out, "removed", term.Printable(link))
		}
	}
	if removed == 0 && inv.status == 0 {
		fmt.Fprintln(inv.out, nothingToDo)
	}
	return nil
}

func (o *linkOptions) folder(inv *invocation) (string, error) {
	env := xdg.Env(inv.process.Getenv)
	if o.dir != "" {
		return absolute(o.dir, env.Home())
	}
	if env.BinHome() == "" {
		return "", &usageError{"HOME is not set", "name a folder with --dir=FOLDER"}
	}
	return env.BinHome(), nil
}

// selectApps returns the apps that the words name, or all.
func selectApps(layers catalog.Layers, words []string) ([]catalog.App, error) {
	all, _ := layers.All()
	if len(words) == 0 {
		return all.Apps, nil
	}
	var apps []catalog.App
	for _, word := range words {
		i := slices.IndexFunc(all.Apps, func(a catalog.App) bool {
			return a.Key == word || slices.Contains(a.Names, word) || word != "" && (a.Flatpak == word || a.Snap == word)
		})
		if i < 0 {
			return nil, unknownApp(layers, word)
		}
		apps = append(apps, all.Apps[i])
	}
	return apps, nil
}

func unknownApp(layers catalog.Layers, word string) error {
	known := knownNames(layers)
	remedy := didYouMean(catalog.Nearest(word, known))
	if remedy == "" {
		remedy = "known: " + strings.Join(known, ", ")
	}
	return &usageError{fmt.Sprintf("no app %q in the catalogue", word), remedy}
}
