// Package runner knows the programs that run the command in their arguments, such as
// nice, env, systemd-run and gamescope. The reader of wrapper scripts and the one of
// desktop entries both look behind them, by this one table.
package runner

import (
	"path"
	"slices"
	"strings"
)

// A Runner is a program that hands on the command it is given.
type Runner struct {
	Name     string   // its base name; one that ends in * stands for all that begin so
	Execs    bool     // it becomes the command, which keeps its PID; else that is its child, or it is not known
	Values   []string // options that take the next word for their value: -n, --adjustment
	Operands int      // words of its own before the command: the duration of timeout(1)
	Verb     string   // the word before the command by which it runs one: app of uwsm
	Dashes   bool     // the command stands only behind a "--"
	Unit     bool     // it asks systemd for a scope or service for the command
	Sandbox  bool     // the command sees other files than the session, and may not reach its systemd
}

// table has them in no order. What a program takes is said by its man page or, of the
// scripts, by their text; "exec" by their source.
var table = [...]Runner{
	// The shell's own, POSIX.1-2024 XCU 2.15 and "command".
	{Name: "exec", Execs: true},
	{Name: "command", Execs: true},

	// coreutils
	{Name: "env", Execs: true, Values: []string{"-u", "--unset", "-C", "--chdir", "-a", "--argv0"}},
	{Name: "nice", Execs: true, Values: []string{"-n", "--adjustment"}},
	{Name: "nohup", Execs: true},
	{Name: "stdbuf", Execs: true, Values: []string{"-i", "--input", "-o", "--output", "-e", "--error"}},
	{Name: "timeout", Operands: 1, Values: []string{"-k", "--kill-after", "-s", "--signal"}},
	{Name: "time", Values: []string{"-f", "--format", "-o", "--output"}},

	// util-linux. setsid(1) forks if it leads a process group.
	{Name: "chrt", Execs: true, Operands: 1, Values: []string{
		"-T", "--sched-runtime", "-P", "--sched-period", "-D", "--sched-deadline"}},
	{Name: "choom", Execs: true, Values: []string{"-n", "--adjust"}},
	{Name: "ionice", Execs: true, Values: []string{"-c", "--class", "-n", "--classdata"}},
	{Name: "prlimit", Execs: true},
	{Name: "setarch", Execs: true},
	{Name: "setsid"},
	{Name: "taskset", Execs: true, Operands: 1},

	// D-Bus and systemd
	{Name: "dbus-launch"},
	{Name: "dbus-run-session", Values: []string{"--config-file", "--dbus-daemon"}},
	{Name: "systemd-cat", Execs: true, Values: []string{
		"-t", "--identifier", "-p", "--priority", "--stderr-priority", "--level-prefix", "--namespace"}},
	{Name: "systemd-inhibit", Values: []string{"--what", "--who", "--why", "--mode"}},
	{Name: "systemd-run", Unit: true, Values: []string{
		"-H", "--host", "-M", "--machine", "-u", "--unit", "-p", "--property", "--description", "--slice", "--service-type",
		"--uid", "--gid", "--nice", "--working-directory", "-E", "--setenv", "--path-property", "--socket-property",
		"--timer-property", "--on-active", "--on-boot", "--on-startup", "--on-unit-active", "--on-unit-inactive",
		"--on-calendar", "--background", "--job-mode"}},
	{Name: "run0", Unit: true, Sandbox: true}, // as another user

	// Desktops' own ways to make a unit for an app.
	{Name: "app2unit", Unit: true, Values: []string{"-a", "-d", "-p", "-s", "-t", "-u"}},
	{Name: "app2unit-open", Unit: true},
	{Name: "app2unit-term", Unit: true},
	{Name: "kstart", Unit: true, Values: []string{"--desktop", "--type", "--window", "--windowclass"}},
	{Name: "kstart5", Unit: true, Values: []string{"--desktop", "--type", "--window", "--windowclass"}},
	{Name: "runapp", Unit: true, Values: []string{"-c", "--description", "-d", "--dir", "-e", "--env", "-i", "--slice"}},
	{Name: "uwsm", Verb: "app", Unit: true, Values: []string{"-a", "-d", "-p", "-s", "-t", "-u"}},
	{Name: "uwsm-app", Unit: true, Values: []string{"-a", "-d", "-p", "-s", "-t", "-u"}},

	// Graphics and games: the scripts but optirun's and prime-run's end in exec "$@".
	{Name: "gamemoderun", Execs: true},
	{Name: "gamescope", Dashes: true},
	{Name: "mangohud", Execs: true},
	{Name: "nixGLNvidiaBumblebee*"},
	{Name: "nixGL*", Execs: true},
	{Name: "nixVulkan*", Execs: true},
	{Name: "nvidia-offload", Execs: true},
	{Name: "optirun", Values: []string{"-b", "--bridge", "-C", "--config", "-c", "--vgl-compress", "-d", "--display",
		"-l", "--ldpath", "-s", "--socket", "--vgl-options"}},
	{Name: "primusrun"},
	{Name: "prime-run"},
	{Name: "switcherooctl", Verb: "launch", Values: []string{"-g", "--gpu"}},

	// Networks
	{Name: "proxychains", Execs: true, Values: []string{"-f"}},
	{Name: "proxychains4", Execs: true, Values: []string{"-f"}},
	{Name: "torsocks", Values: []string{"-a", "--address", "-P", "--port", "-u", "--user", "-p", "--pass"}},

	// Sandboxes
	{Name: "bwrap", Sandbox: true},
	{Name: "firejail", Sandbox: true},
	{Name: "flatpak-spawn", Sandbox: true},
}

// Find gives the runner of a base name. The user's own win over those known here.
func Find(name string, own []Runner) (Runner, bool) {
	for _, list := range [...][]Runner{own, table[:]} {
		for _, r := range list {
			if begin, all := strings.CutSuffix(r.Name, "*"); r.Name == name || all && strings.HasPrefix(name, begin) {
				return r, true
			}
		}
	}
	return Runner{}, false
}

// IsShell reports whether a program, by its path or base name, is a shell whose
// language is that of POSIX or close to it.
func IsShell(program string) bool {
	switch path.Base(program) {
	case "sh", "bash", "dash", "ash", "ksh", "zsh":
		return true
	}
	return false
}

// Words steps over a runner's own words, in the order in which they stand.
type Words struct {
	Runner
	operands int
	verb     bool
	dashes   bool
}

// Words are those behind the runner's name.
func (r Runner) Words() *Words { return &Words{Runner: r} }

// Takes gives how many words the runner takes for itself, beginning with that one: 0
// if the command begins there, 2 if the next one is an option's value.
func (w *Words) Takes(word string) int {
	switch isOption := len(word) > 0 && word[0] == '-'; {
	case w.dashes:
	case word == "--":
		w.dashes = true
		return 1
	case isOption && slices.Contains(w.Values, word):
		return 2
	case isOption, w.Dashes:
		return 1
	}
	switch {
	case !w.verb && w.Verb != "" && word == w.Verb:
		w.verb = true
		return 1
	case w.operands < w.Operands:
		w.operands++
		return 1
	}
	return 0
}

// Runs reports whether the words so far are those of a runner that runs what follows.
func (w *Words) Runs() bool { return (w.verb || w.Verb == "") && (w.dashes || !w.Dashes) }
