package doctor

import (
	"slices"
	"strconv"
	"strings"
)

const plasmaLines = "electroscope.plasma.enable = true;"

// plasmaChecks are about KDE Plasma. docs/plan.md has what is wanted (4), nix/home/plasma.nix where
// KWin and Baloo read each key.
func plasmaChecks() []Check {
	return append([]Check{
		{
			Name: "kwin-compositor", Group: Plasma, run: checkCompositor,
			Wanted: "kwinrc [Compositing]: Backend=OpenGL GLPreferBufferSwap=a WindowsBlockCompositing=true",
			Why:    "a desktop that is drawn on the CPU takes a core of it",
			Mend:   kwrite("kwinrc", "Compositing", "Backend", "OpenGL"),
		},
		{
			Name: "kwin-effects", Group: Plasma, run: checkEffects,
			Wanted: "kwinrc [Plugins]: blur on; contrast, wobblywindows and magiclamp off",
			Why:    "each effect keeps windows in the card's memory twice",
			Mend:   kwrite("kwinrc", "Plugins", "contrastEnabled", "false"),
		},
		{
			Name: "animations", Group: Plasma, run: checkAnimations,
			Wanted: "kdeglobals [KDE]: AnimationDurationFactor=0.5",
			Why:    "half the frames of each animation",
			Mend:   kwrite("kdeglobals", "KDE", "AnimationDurationFactor", "0.5"),
		},
		{
			Name: "dead-keys", Group: Plasma, run: checkDeadKeys,
			Wanted: "no key in kwinrc that KWin no longer reads",
			Why:    "it does nothing, whatever a guide says",
			Mend:   Mend{Command: "kwriteconfig6 --file kwinrc --group Compositing --key GLCore --delete", Home: plasmaLines},
		},
		{
			Name: "baloo-keys", Group: Plasma, run: checkBalooKeys,
			Wanted: "baloofilerc [General]: names of files only, no hidden folders, no caches or /nix/store",
			Why:    "the indexer reads each file else, and keeps its words in memory",
			Mend:   kwrite("baloofilerc", "General", "only basic indexing", "true"),
		},
	}, plasmaSessionChecks()...)
}

// kwrite is the command that sets a key (kwriteconfig6 --help).
func kwrite(file, group, key, value string) Mend {
	if strings.Contains(key, " ") {
		key = "'" + key + "'"
	}
	return Mend{Command: "kwriteconfig6 --file " + file + " --group " + group + " --key " + key + " " + value, Home: plasmaLines}
}

// isPlasma reports whether a session of Plasma is there.
func (m *Machine) isPlasma() bool {
	return slices.Contains(strings.Split(m.getenv("XDG_CURRENT_DESKTOP"), ":"), "KDE") ||
		len(m.processes(true, "plasmashell", "kwin_x11", "kwin_wayland")) > 0
}

// A key is one of a configuration file of KDE's.
type key struct {
	group, name, otherwise, want string
}

// checkKeys holds keys against what is wanted. The mend is of the first that differs.
func (m *Machine) checkKeys(file string, keys ...key) Result {
	if !m.isPlasma() {
		return notHere("no session of Plasma")
	}
	config, known := m.kconfig(file)
	if !known {
		return unknown(file + " cannot be read")
	}
	var t tally
	var mend Mend
	for _, k := range keys {
		has := config.value(k.group, k.name, k.otherwise)
		isBool := k.want == "true" || k.want == "false"
		if has == k.want || isBool && isTrue(has) == isTrue(k.want) {
			t.add(OK, "as wanted")
			continue
		}
		if mend == (Mend{}) {
			mend = kwrite(file, k.group, k.name, k.want)
		}
		t.add(Warn, k.name+"="+has)
	}
	r := t.result("")
	r.Mend = mend
	return r
}

func checkCompositor(m *Machine) Result {
	return m.checkKeys("kwinrc", key{"Compositing", "Backend", "OpenGL", "OpenGL"}, key{"Compositing", "GLPreferBufferSwap", "a", "a"},
		key{"Compositing", "WindowsBlockCompositing", "true", "true"}, key{"Compositing", "Enabled", "true", "true"})
}

func checkEffects(m *Machine) Result {
	return m.checkKeys("kwinrc", key{"Plugins", "blurEnabled", "true", "true"}, key{"Plugins", "contrastEnabled", "true", "false"},
		key{"Plugins", "wobblywindowsEnabled", "false", "false"}, key{"Plugins", "magiclampEnabled", "false", "false"})
}

func checkAnimations(m *Machine) Result {
	if !m.isPlasma() {
		return notHere("no session of Plasma")
	}
	config, known := m.kconfig("kdeglobals")
	if !known {
		return unknown("kdeglobals cannot be read")
	}
	text := config.value("KDE", "AnimationDurationFactor", "1")
	factor, err := strconv.ParseFloat(text, 64)
	return okIf(err == nil && factor >= 0 && factor <= 0.5, text)
}

func checkDeadKeys(m *Machine) Result {
	if !m.isPlasma() {
		return notHere("no session of Plasma")
	}
	config, known := m.kconfig("kwinrc")
	if !known {
		return unknown("kwinrc cannot be read")
	}
	var dead []string
	for _, name := range []string{"GLCore", "GLTextureFilter", "AnimationDurationFactor", "AnimationSpeed"} {
		if config.has("Compositing", name) {
			dead = append(dead, name)
		}
	}
	if dead == nil {
		return ok("none")
	}
	return warn(strings.Join(dead, ", ")).mend("kwriteconfig6 --file kwinrc --group Compositing --key " + dead[0] + " --delete")
}

// excluded are the folders that Baloo is to leave out, below the home unless they begin with /.
var excluded = [...]string{".cache", ".local/share/Trash", ".nix-profile", ".nix-defexpr", "/nix/store", "node_modules", ".cargo", ".rustup"}

func checkBalooKeys(m *Machine) Result {
	if !m.isPlasma() {
		return notHere("no session of Plasma")
	}
	config, known := m.kconfig("baloofilerc")
	switch {
	case !known:
		return unknown("baloofilerc cannot be read")
	case !isTrue(config.value("Basic Settings", "Indexing-Enabled", "true")):
		return ok("the indexer is switched off")
	}
	r := m.checkKeys("baloofilerc", key{"General", "only basic indexing", "false", "true"}, key{"General", "index hidden folders", "false", "false"})
	if r.State != OK {
		return r
	}
	home := m.getenv("HOME")
	var has []string
	for folder := range strings.SplitSeq(config.value("General", "exclude folders", ""), ",") {
		folder = strings.NewReplacer("${HOME}", home, "$HOME", home).Replace(folder)
		has = append(has, strings.TrimSuffix(folder, "/"))
	}
	var missing []string
	for _, folder := range excluded {
		if folder[0] != '/' {
			folder = home + "/" + folder
		}
		if m.exists(folder) && !slices.Contains(has, folder) {
			missing = append(missing, folder)
		}
	}
	if missing != nil {
		return warn("indexes " + strings.Join(missing, ", "))
	}
	return ok("as wanted")
}
