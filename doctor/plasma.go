package doctor

import (
	"slices"
	"strconv"
	"strings"

	"electroscope/doctor/kconfig"
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
			Mend:   kwrite("kwinrc", compositorKeys[0]),
			Fix:    keysFix("kwinrc", "log in anew: KWin reads them when it starts", compositorKeys),
		},
		{
			Name: "kwin-effects", Group: Plasma, run: checkEffects,
			Wanted: "kwinrc [Plugins]: blur on; contrast, wobblywindows and magiclamp off",
			Why:    "each effect keeps windows in the card's memory twice",
			Mend:   kwrite("kwinrc", effectKeys[1]),
			Fix:    keysFix("kwinrc", "log in anew, or for each effect: qdbus6 org.kde.KWin /Effects toggleEffect contrast", effectKeys),
		},
		{
			Name: "animations", Group: Plasma, run: checkAnimations,
			Wanted: "kdeglobals [KDE]: AnimationDurationFactor=0.5",
			Why:    "half the frames of each animation",
			Mend:   kwrite("kdeglobals", animationKey),
			Fix:    keysFix("kdeglobals", "log in anew: programs read it when they start", []key{animationKey}),
		},
		{
			Name: "dead-keys", Group: Plasma, run: checkDeadKeys,
			Wanted: "no key in kwinrc that KWin no longer reads",
			Why:    "it does nothing, whatever a guide says",
			Mend:   Mend{Command: kdelete(deadKeys[0]), Home: plasmaLines},
			Fix:    &Fix{Changes: "kwinrc [Compositing]", edits: (*Machine).withoutDeadKeys},
		},
		{
			Name: "baloo-keys", Group: Plasma, run: checkBalooKeys,
			Wanted: "baloofilerc [General]: names of files only, no hidden folders, no caches or /nix/store",
			Why:    "the indexer reads each file else, and keeps its words in memory",
			Mend:   kwrite("baloofilerc", balooKeys[0]),
			Fix:    &Fix{Changes: "baloofilerc [General]", Then: "systemctl --user restart kde-baloo.service, or log in anew", edits: (*Machine).balooEdits},
		},
	}, plasmaSessionChecks()...)
}

// Keys that are wanted, with their defaults.
var (
	compositorKeys = []key{
		{"Compositing", "Backend", "OpenGL", "OpenGL"}, {"Compositing", "GLPreferBufferSwap", "a", "a"},
		{"Compositing", "WindowsBlockCompositing", "true", "true"}, {"Compositing", "Enabled", "true", "true"},
	}
	effectKeys = []key{
		{"Plugins", "blurEnabled", "true", "true"}, {"Plugins", "contrastEnabled", "true", "false"},
		{"Plugins", "wobblywindowsEnabled", "false", "false"}, {"Plugins", "magiclampEnabled", "false", "false"},
	}
	animationKey = key{"KDE", "AnimationDurationFactor", "1", "0.5"}
	balooKeys    = []key{{"General", "only basic indexing", "false", "true"}, {"General", "index hidden folders", "false", "false"}}
)

// deadKeys are those of [Compositing] that nothing reads any more.
var deadKeys = []string{"GLCore", "GLTextureFilter", "AnimationDurationFactor", "AnimationSpeed"}

// kwrite is the command that sets a key (kwriteconfig6 --help).
func kwrite(file string, k key) Mend {
	name := k.name
	if strings.Contains(name, " ") {
		name = "'" + name + "'"
	}
	return Mend{Command: "kwriteconfig6 --file " + file + " --group " + k.group + " --key " + name + " " + k.want, Home: plasmaLines}
}

// kdelete is the command that takes a key of [Compositing] out.
func kdelete(name string) string {
	return "kwriteconfig6 --file kwinrc --group Compositing --key " + name + " --delete"
}

// isPlasma reports whether a session of Plasma is there.
func (m *Machine) isPlasma() bool {
	return slices.Contains(strings.Split(m.getenv("XDG_CURRENT_DESKTOP"), ":"), "KDE") ||
		len(m.processes(true, "plasmashell", "kwin_x11", "kwin_wayland")) > 0
}

// checkKeys holds keys against what is wanted. The mend is of the first that differs.
func (m *Machine) checkKeys(file string, keys []key) Result {
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
		if k.isWanted(config) {
			t.add(OK, "as wanted")
			continue
		}
		if mend == (Mend{}) {
			mend = kwrite(file, k)
		}
		t.add(Warn, k.name+"="+k.value(config))
	}
	r := t.result("")
	r.Mend = mend
	return r
}

func checkCompositor(m *Machine) Result { return m.checkKeys("kwinrc", compositorKeys) }
func checkEffects(m *Machine) Result    { return m.checkKeys("kwinrc", effectKeys) }

func checkAnimations(m *Machine) Result {
	if !m.isPlasma() {
		return notHere("no session of Plasma")
	}
	config, known := m.kconfig("kdeglobals")
	if !known {
		return unknown("kdeglobals cannot be read")
	}
	text := animationKey.value(config)
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
	for _, name := range deadKeys {
		if _, has := config.Value("Compositing", name); has {
			dead = append(dead, name)
		}
	}
	if dead == nil {
		return ok("none")
	}
	return warn(strings.Join(dead, ", ")).mend(kdelete(dead[0]))
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
	case !isTrue(key{"Basic Settings", "Indexing-Enabled", "true", ""}.value(config)):
		return ok("the indexer is switched off")
	}
	r := m.checkKeys("baloofilerc", balooKeys)
	if r.State != OK {
		return r
	}
	if missing := m.indexed(config); missing != nil {
		return warn("indexes " + strings.Join(missing, ", "))
	}
	return ok("as wanted")
}

// indexed are the folders that Baloo is to leave out and does not.
func (m *Machine) indexed(config kconfig.Config) []string {
	home := m.getenv("HOME")
	list, _ := config.Value("General", "exclude folders")
	var has []string
	for folder := range strings.SplitSeq(list, ",") {
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
	return missing
}
