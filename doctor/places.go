package doctor

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/desktop/install"
	"electroscope/launcher/procstat"
	"electroscope/launcher/self"
)

// placeChecks are about the ways that lead to an app, and the files that change its limits.
func placeChecks() []Check {
	return []Check{
		{
			Name: "links-first", Group: Launch, run: checkLinks,
			Wanted: "an app's name leads to its link before anything else on PATH",
			Why:    "what comes first on PATH is started, and the app itself has no limits",
			Mend: Mend{
				Command: `electroscope install, and in the shell's profile: export PATH="$HOME/.local/bin:$PATH"`,
				Home:    `programs.electroscope.enable = true; home.sessionPath = [ "$HOME/.local/bin" ];`,
			},
			Fix: &Fix{Changes: "what electroscope install writes", Install: &Install{kinds: []install.Kind{install.Link}}},
		},
		{
			Name: "session-path", Group: Launch, run: checkSessionPath,
			Wanted: "the folder of the links on the PATH of the session",
			Why:    "desktops and the user's services look names up there, not in the shell's",
			Mend: Mend{
				Command: "echo 'PATH=$HOME/.local/bin:$PATH' >~/.config/environment.d/50-path.conf; then log in anew",
				NixOS:   "environment.localBinInPath = true;",
			},
			Fix: variablesFix(func(*Machine) []variable { return []variable{{"PATH", "$HOME/.local/bin:$PATH"}} }),
		},
		{
			Name: "hashed-names", Group: Launch, run: checkHashed,
			Wanted: "no shell that is older than the links",
			Why:    "a shell remembers where a name was, and starts the app itself",
			Mend:   Mend{Command: "hash -r in each open shell, or open new ones"},
		},
	}
}

// named are the files of that name on PATH, in its order.
func (m *Machine) named(name string) []string {
	var list []string
	for _, dir := range filepath.SplitList(m.getenv("PATH")) {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(m.at(path)); filepath.IsAbs(dir) && err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			list = append(list, path)
		}
	}
	return list
}

// isOurs reports whether a path leads to electroscope.
func (m *Machine) isOurs(path string) bool { return self.IsLink(m.at(path)) || self.Is(m.at(path)) }

// links are those to electroscope by the names of installed apps, on PATH and where install puts
// them.
func (m *Machine) links() []string {
	var list []string
	for _, dir := range append(filepath.SplitList(m.getenv("PATH")), m.xdg().BinHome()) {
		for _, a := range m.installed() {
			for _, name := range a.Names {
				path := filepath.Join(dir, name)
				if filepath.IsAbs(dir) && !slices.Contains(list, path) && self.IsLink(m.at(path)) {
					list = append(list, path)
				}
			}
		}
	}
	return list
}

func checkLinks(m *Machine) Result {
	var t tally
	for _, a := range m.installed() {
		led := false
		for _, name := range a.Names {
			list := m.named(name)
			at := slices.IndexFunc(list, m.isOurs)
			led = led || at >= 0
			switch {
			case at > 0:
				t.add(Warn, list[0]+" comes before "+list[at])
			case at == 0:
				t.add(OK, name)
			case self.IsLink(m.at(filepath.Join(m.xdg().BinHome(), name))):
				led = true
				t.add(Warn, m.xdg().BinHome()+" is not on PATH")
			}
		}
		if !led {
			t.add(Warn, a.Key+" has no link")
		}
	}
	return t.result(noApp)
}

// checkSessionPath asks the user's manager, whose environment desktops hand on.
func checkSessionPath(m *Machine) Result {
	bin := m.xdg().BinHome()
	if !slices.ContainsFunc(m.links(), func(link string) bool { return filepath.Dir(link) == bin }) {
		return notHere("no links in " + bin)
	}
	out := m.run("systemctl", "--user", "show-environment")
	path, has := properties(out.Text)["PATH"]
	switch {
	case out.Absent || out.Failed || out.TimedOut || !has:
		return unknown("the manager's environment cannot be had")
	case slices.Contains(filepath.SplitList(path), bin):
		return ok(bin)
	}
	return warn("PATH=" + path)
}

// shells are those that remember where names are (bash(1), zshbuiltins(1), dash(1)). fish does not.
var shells = [...]string{"bash", "zsh", "dash", "sh", "ksh", "mksh"}

// checkHashed looks for shells on a terminal that started before a link was made that stands before
// the app itself.
func checkHashed(m *Machine) Result {
	var newest int64
	for _, link := range m.links() {
		if len(m.named(filepath.Base(link))) < 2 {
			continue // nothing else that could be remembered
		}
		if info, err := os.Lstat(m.at(link)); err == nil {
			newest = max(newest, info.ModTime().Unix())
		}
	}
	if newest == 0 {
		return notHere("no link stands before another program of its name")
	}
	boot, known := parseNumber(properties(strings.ReplaceAll(m.text(m.Process.Proc+"/stat"), " ", "="))["btime"])
	if !known {
		return unknown("the time of the machine's start cannot be read")
	}
	var old []string
	for _, p := range m.processes(true, shells[:]...) {
		if started, onTerminal := m.started(p); onTerminal && int64(boot)+started < newest {
			old = append(old, p.name+" "+filepath.Base(p.dir))
		}
	}
	if old != nil {
		return warn("older than the links: " + strings.Join(old, ", "))
	}
	return ok("no shell is older than the links")
}

// started is when a process was, in seconds after the machine, and whether it has a terminal
// (proc_pid_stat(5), tty_nr and starttime).
func (m *Machine) started(p process) (seconds int64, onTerminal bool) {
	const terminal, start, ticks = 7, 22, 100
	s := procstat.Parse(m.text(p.dir + "/stat"))
	n, ok := parseNumber(s.Field(start))
	return int64(n / ticks), ok && s.Field(terminal) != "0"
}
