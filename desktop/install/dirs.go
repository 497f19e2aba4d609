package install

import (
	"errors"
	"os"
	"path/filepath"

	"electroscope/launcher/xdg"
)

// Dirs are the folders of one user and, the first winning, of the system.
type Dirs struct {
	Home                 string
	Bin                  string // for links
	Data, Config, State  string
	Desktop              string // for what lies on it; empty: nothing does
	DataDirs, ConfigDirs []string
	Path                 []string // where programs are looked up
}

// DirsOf gives the folders that the environment names.
func DirsOf(getenv func(string) string) (Dirs, error) {
	env := xdg.Env(getenv)
	if env.Home() == "" {
		return Dirs{}, errors.New("HOME is not set to a folder")
	}
	userDirs, _ := os.ReadFile(filepath.Join(env.ConfigHome(), "user-dirs.dirs")) // a home without one has the usual folders
	return Dirs{
		Home:       env.Home(),
		Desktop:    desktopFolder(env.Home(), string(userDirs)),
		Bin:        env.BinHome(),
		Data:       env.DataHome(),
		Config:     env.ConfigHome(),
		State:      env.StateHome(),
		DataDirs:   env.DataDirs(),
		ConfigDirs: env.ConfigDirs(),
		Path:       filepath.SplitList(getenv("PATH")),
	}, nil
}

func (p Dirs) applications() string { return filepath.Join(p.Data, "applications") }
func (p Dirs) autostart() string    { return filepath.Join(p.Config, "autostart") }
func (p Dirs) layers() string       { return filepath.Join(p.Config, "electroscope/apps.d") }
func (p Dirs) units() string        { return filepath.Join(p.Config, "systemd/user") }
func (p Dirs) own() string          { return filepath.Join(p.State, "electroscope") }
func (p Dirs) cache() string        { return filepath.Join(p.applications(), "mimeinfo.cache") }

// Manifest is the file that records what is installed.
func (p Dirs) Manifest() string { return filepath.Join(p.own(), "install.json") }

// Unit is the path of a user's own unit file, or of a drop-in "UNIT.d/NAME.conf"
// (systemd.unit(5), "Unit File Load Path").
func (p Dirs) Unit(name string) string { return filepath.Join(p.units(), name) }

// Layer is the path of a layer of apps.toml (package catalog).
func (p Dirs) Layer(name string) string { return filepath.Join(p.layers(), name) }
