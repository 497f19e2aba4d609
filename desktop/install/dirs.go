package install

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
)

// Places are the folders of one user and, the first winning, of the system.
type Places struct {
	Home                 string
	Bin                  string // for links
	Data, Config, State  string
	DataDirs, ConfigDirs []string
}

// PlacesOf follows the XDG Base Directory Specification 0.8: what is not set has
// its default, what is no absolute path is ignored.
func PlacesOf(getenv func(string) string) (Places, error) {
	home := getenv("HOME")
	if !filepath.IsAbs(home) {
		return Places{}, errors.New("HOME is not set to a folder")
	}
	one := func(name, usual string) string {
		if dir := getenv(name); filepath.IsAbs(dir) {
			return filepath.Clean(dir)
		}
		return filepath.Join(home, usual)
	}
	list := func(name, usual string) []string {
		text := getenv(name)
		if text == "" {
			text = usual
		}
		var dirs []string
		for dir := range strings.SplitSeq(text, ":") {
			if dir = filepath.Clean(dir); filepath.IsAbs(dir) && !slices.Contains(dirs, dir) {
				dirs = append(dirs, dir)
			}
		}
		return dirs
	}
	return Places{
		Home:       filepath.Clean(home),
		Bin:        filepath.Join(home, ".local/bin"),
		Data:       one("XDG_DATA_HOME", ".local/share"),
		Config:     one("XDG_CONFIG_HOME", ".config"),
		State:      one("XDG_STATE_HOME", ".local/state"),
		DataDirs:   list("XDG_DATA_DIRS", "/usr/local/share:/usr/share"),
		ConfigDirs: list("XDG_CONFIG_DIRS", "/etc/xdg"),
	}, nil
}

func (p Places) applications() string { return filepath.Join(p.Data, "applications") }
func (p Places) autostart() string    { return filepath.Join(p.Config, "autostart") }
func (p Places) layers() string       { return filepath.Join(p.Config, "electroscope/apps.d") }
func (p Places) units() string        { return filepath.Join(p.Config, "systemd/user") }
func (p Places) own() string          { return filepath.Join(p.State, "electroscope") }
func (p Places) cache() string        { return filepath.Join(p.applications(), "mimeinfo.cache") }

// Manifest is the file that tells what is installed.
func (p Places) Manifest() string { return filepath.Join(p.own(), "install.json") }

// Unit is the path of a user's own unit file, or of a drop-in "UNIT.d/NAME.conf"
// (systemd.unit(5), "Unit File Load Path").
func (p Places) Unit(name string) string { return filepath.Join(p.units(), name) }

// Layer is the path of a layer of apps.toml (package catalog).
func (p Places) Layer(name string) string { return filepath.Join(p.layers(), name) }
