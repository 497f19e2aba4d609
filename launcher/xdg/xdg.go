// Package xdg gives the folders of the XDG Base Directory Specification 0.8. All of
// electroscope asks it, so that all agree: what is not set, or is empty, has its
// default; a path that is not absolute is invalid and counts as not set, and so does a
// HOME that is not absolute. A folder that has neither a value nor a home is "".
package xdg

import (
	"path/filepath"
	"slices"
	"strings"
)

// An Env gives the value of a variable, "" if it is not set.
type Env func(name string) string

// Home is the user's own folder.
func (env Env) Home() string { return env.absolute("HOME") }

// ConfigHome is for the user's configuration.
func (env Env) ConfigHome() string { return env.below("XDG_CONFIG_HOME", ".config") }

// DataHome is for the user's data, such as desktop entries.
func (env Env) DataHome() string { return env.below("XDG_DATA_HOME", ".local/share") }

// StateHome is for what stays from one run to the next and is not to be moved to
// another machine.
func (env Env) StateHome() string { return env.below("XDG_STATE_HOME", ".local/state") }

// CacheHome is for what can be made again.
func (env Env) CacheHome() string { return env.below("XDG_CACHE_HOME", ".cache") }

// BinHome is for the user's programs. No variable moves it.
func (env Env) BinHome() string { return env.below("", ".local/bin") }

// RuntimeDir is for the sockets of a login. It has no default here: see
// [electroscope/launcher.Process].
func (env Env) RuntimeDir() string { return env.absolute("XDG_RUNTIME_DIR") }

// UsualConfigDirs is the default of XDG_CONFIG_DIRS.
const UsualConfigDirs = "/etc/xdg"

// ConfigDirs are the system's folders of configuration, the most important first.
func (env Env) ConfigDirs() []string { return env.list("XDG_CONFIG_DIRS", UsualConfigDirs) }

// DataDirs are the system's folders of data, the most important first.
func (env Env) DataDirs() []string { return env.list("XDG_DATA_DIRS", "/usr/local/share:/usr/share") }

func (env Env) below(name, usual string) string {
	if dir := env.absolute(name); dir != "" {
		return dir
	}
	if home := env.Home(); home != "" {
		return filepath.Join(home, usual)
	}
	return ""
}

func (env Env) absolute(name string) string {
	if name == "" {
		return ""
	}
	if dir := env(name); filepath.IsAbs(dir) {
		return filepath.Clean(dir)
	}
	return ""
}

func (env Env) list(name, usual string) []string {
	text := env(name)
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
