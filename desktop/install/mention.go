package install

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// mentionPlaces are files that start apps and that install does not change: their program
// writes them anew while it runs, or they are the user's own scripts. What they name by a
// path goes round the link.
var mentionPlaces = []place{
	{whose: "LXQt's quick launch", dir: config, name: "lxqt/panel.conf"},           // lxqt-panel, plugin-quicklaunch/lxqtquicklaunch.cpp
	{whose: "LXQt's shortcuts", dir: config, name: "lxqt/globalkeyshortcuts.conf"}, // lxqt-globalkeys, daemon/core.cpp
	{whose: "LXDE's panel", dir: config, name: "lxpanel/*/panels/*"},               // lxpanel, plugins/launchtaskbar.c
	{whose: "Plank", dir: config, name: "plank/*/launchers/*.dockitem"},            // plank, lib/Factories/ItemFactory.vala
	{whose: "tint2", dir: config, name: "tint2/*"},                                 // tint2(1), "launcher_item_app"
	{whose: "Plasma's panel", dir: config, name: "plasma-org.kde.plasma.desktop-appletsrc", key: "launchers="},
	{whose: "Plasma's shortcuts", dir: config, name: "khotkeysrc", key: "CommandURL="}, // of Plasma 5
	{whose: "Plasma's default programs", dir: config, name: "kdeglobals", key: "BrowserApplication"},
	{whose: "Plasma's autostart", dir: config, name: "autostart-scripts/*"},
	{whose: "XFCE's shortcuts", dir: config, name: "xfce4/xfconf/xfce-perchannel-xml/xfce4-keyboard-shortcuts.xml"},
	{whose: "XFCE's default programs", dir: data, name: "xfce4/helpers/*.desktop"}, // exo, exo-helper
	{whose: "dconf (GNOME, Cinnamon, MATE)", dir: config, name: "dconf/user", // dconf(7)
		remedy: "look at the shortcuts of the keyboard and the launchers of the panel"},
	{whose: "i3", dir: config, name: "i3/config"},
	{whose: "sway", dir: config, name: "sway/config"}, // sway(5)
	{whose: "sway", dir: config, name: "sway/config.d/*"},
	{whose: "Hyprland", dir: config, name: "hypr/*.conf"},
	{whose: "labwc", dir: config, name: "labwc/*"}, // labwc-config(5), labwc-menu(5)
	{whose: "openbox", dir: config, name: "openbox/*"},
	{whose: "niri", dir: config, name: "niri/*.kdl"},
	{whose: "river", dir: config, name: "river/init"},
	{whose: "sxhkd", dir: config, name: "sxhkd/sxhkdrc"}, // sxhkd(1)
	{whose: "fluxbox", dir: home, name: ".fluxbox/*"},
	{whose: "IceWM", dir: home, name: ".icewm/*"},
	{whose: "JWM", dir: home, name: ".jwmrc"},
	{whose: "Thunar's actions", dir: config, name: "Thunar/uca.xml"},                                                       // thunar-uca
	{whose: "systemd", dir: config, name: "systemd/user/*.service"},                                                        // systemd.service(5)
	{whose: "Plasma's session", dir: config, name: "ksmserverrc", key: "restartCommand", remedy: restored},                 // plasma-workspace, ksmserver/server.cpp
	{whose: "XFCE's session", dir: home, name: ".cache/sessions/xfce4-session-*", key: "RestartCommand", remedy: restored}, // xfce4-session, xfsm-manager.c
	{whose: "MATE's session", dir: config, name: "mate-session/saved-session/*.desktop", key: "Exec=", remedy: restored},   // mate-session, gsm-session-save.c
	{whose: "X's session", dir: home, name: ".xprofile"},
	{whose: "X's session", dir: home, name: ".xsession"},
	{whose: "X's session", dir: home, name: ".xsessionrc"},
	{whose: "X's session", dir: home, name: ".xinitrc"},
}

// restored is what to do about a session manager that starts at login what ran at logout
// (X Session Management Protocol).
const restored = "it is restored at login by that path: quit it before you log out, or have sessions start empty"

// A mention is a line that names a path.
type mention struct {
	place place
	file  string
	line  int // 0: of a file without lines
	path  string
}

// mentions finds the lines that name one of the paths.
func (p Dirs) mentions(paths []string) []mention {
	var list []mention
	for _, l := range mentionPlaces {
		for _, file := range l.files(p) {
			f, err := readText(file)
			if err != nil {
				continue // what cannot be read starts nothing
			}
			for _, m := range mentionsIn(f.Text, l.key, paths) {
				m.place, m.file = l, file
				list = append(list, m)
			}
		}
	}
	return list
}

// mentionsIn finds the paths in a text, each once in a line that has the key. A text with NUL
// bytes is a database, which has no lines.
func mentionsIn(text, key string, paths []string) []mention {
	var list []mention
	database := strings.Contains(text, "\x00")
	find := func(number int, line string) {
		for _, path := range paths {
			if names(line, path, database) {
				list = append(list, mention{line: number, path: path})
			}
		}
	}
	if database {
		find(0, text)
		return list
	}
	number := 0
	for line := range strings.Lines(text) {
		if number++; strings.Contains(line, key) && !isComment(line) {
			find(number, line)
		}
	}
	return list
}

// isComment reports whether a line is one in any of the formats.
func isComment(line string) bool {
	line = strings.TrimSpace(line)
	return slices.ContainsFunc([]string{"#", ";", "//", "<!--", "--"}, func(mark string) bool { return strings.HasPrefix(line, mark) })
}

// names reports whether a path stands in a text as a whole: a longer one is another. In a
// database a text ends with NUL, and what it begins behind is some other item's end (dconf,
// gvdb/gvdb-format.h).
func names(text, path string, database bool) bool {
	for {
		before, after, found := strings.Cut(text, path)
		if !found {
			return false
		}
		begins := database || before == "" || !isOfPath(before[len(before)-1]) || strings.HasSuffix(before, "file://")
		if begins && (after == "" || !isOfPath(after[0])) {
			return true
		}
		text = after
	}
}

func isOfPath(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c >= 0x80 || strings.IndexByte("/._-+@~", c) >= 0
}

// waysRound are the paths by which an app is started past its link: those of its program,
// and those of the entries that the app's own hide. A program that is not the app's alone
// says nothing.
func (s State) waysRound(app App, entries []desired) []string {
	var paths []string
	add := func(path string) {
		if filepath.IsAbs(path) && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	if len(app.Args) == 0 {
		add(app.Target)
		for _, path := range app.Exec {
			add(path)
		}
		if app.Program != "" && app.hasProgram() {
			add(app.Program)
		}
	}
	for _, e := range entries {
		id, _ := s.Dirs.ID(e.Path)
		for _, f := range s.entries {
			if f.id == id && f.path != e.Path {
				add(f.path)
			}
		}
	}
	return paths
}

// tellMentions notes what goes round an app's link and is not install's to change. It is
// said when the app is installed; later to who asks.
func (s State) tellMentions(app App, entries []desired, p *Plan) {
	for _, m := range s.Dirs.mentions(s.waysRound(app, entries)) {
		remedy := fmt.Sprintf("have it name %q, without a folder", app.Names[0])
		if strings.HasSuffix(m.path, suffix) {
			remedy = "remove it there, and add it again from the menu"
		}
		p.Notes = append(p.Notes, Note{
			App: app.Key, Minor: s.Manifest.Has(app.Key),
			Text:   m.String() + " starts it without its limits: left alone",
			Remedy: cmp.Or(m.place.remedy, remedy),
		})
	}
}

// String is where it stands, and what.
func (m mention) String() string {
	if m.line == 0 {
		return fmt.Sprintf("%s (%s): %q", m.file, m.place.whose, m.path)
	}
	return fmt.Sprintf("%s:%d (%s): %q", m.file, m.line, m.place.whose, m.path)
}
