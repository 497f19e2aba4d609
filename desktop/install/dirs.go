package install

import (
	"errors"
	"path/filepath"

	"electroscope/launcher/xdg"
)

// Places are the folders of one user and, the first winning, of the system.
type Places struct {
	Home                 string
	Bin                  string // for links
	Data, Config, State  string
	DataDirs, ConfigDirs []string
}

// PlacesOf gives the folders that the environment names.
func PlacesOf(getenv func(string) string) (Places, error) {
	env := xdg.Env(getenv)
	if env.Home() == "" {
		return Places{}, errors.New("HOME is not set to a folder")
	}
	return Places{
		Home:       env.Home(),
		Bin:        env.BinHome(),
		Data:       env.DataHome(),
		Config:     env.ConfigHome(),
		State:      env.StateHome(),
		DataDirs:   env.DataDirs(),
		ConfigDirs: env.ConfigDirs(),
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
