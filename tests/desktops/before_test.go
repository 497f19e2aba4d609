//go:build rig

package desktops

import (
	"fmt"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

// Launchers that a desktop made a copy of before electroscope was installed: install leads
// the copy to the link (docs/desktop.md), and the desktop goes on as it is.

func TestPlasmaIcon(t *testing.T) {
	m := emptyHome(t)
	s := plasmaX11.login(t, m)
	id := s.addIcon("/usr/share/applications/discord.desktop")
	s.user(ownBinary, "install")
	s.walk([]way{{name: "icon widget made before", want: seen{Theirs: kioService, Token: startup},
		start: func(s *session) { s.plasmaShortcut("activate widget " + id) }}})
}

// addIcon puts an entry's icon on the panel, as by a drop, with a key that activates it.
// It gives the number of the widget.
func (s *session) addIcon(entry string) (id string) {
	s.Helper()
	said := s.plasmaScript(fmt.Sprintf(`const icon = panels()[0].addWidget("org.kde.plasma.icon");
		icon.currentConfigGroup = ["General"];
		icon.writeConfig("url", "file://%s");
		icon.globalShortcut = "Meta+F9";
		print("widget " + icon.id)`, entry))
	if found := regexp.MustCompile(`widget ([0-9]+)`).FindStringSubmatch(said); found != nil {
		id = found[1]
	} else {
		s.Fatalf("the shell says %q", said)
	}
	s.user("systemctl", "--user", "restart", "plasma-plasmashell.service") // the widget reads its url as it starts
	s.awaitFile(home + "/.local/share/plasma_icons/*.desktop")
	return id
}

// awaitFile waits for the desktop's copy.
func (s *session) awaitFile(pattern string) {
	s.Helper()
	if !until(30*time.Second, func() bool { list, _ := filepath.Glob(pattern); return len(list) == 1 }) {
		s.Fatalf("no %s after 30 s", pattern)
	}
}

// xfceChannel is a panel at the top left with nothing but a launcher of Discord's entry.
const xfceChannel = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="size" type="uint" value="48"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="launcher">
      <property name="items" type="array"><value type="string" value="/usr/share/applications/discord.desktop"/></property>
    </property>
  </property>
</channel>
`

func TestXFCEPanel(t *testing.T) {
	m := emptyHome(t)
	m.write(".config/xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml", xfceChannel)
	s := xfce.login(t, m)
	s.awaitFile(home + "/.config/xfce4/panel/launcher-1/*.desktop")
	s.user(ownBinary, "install")
	s.walk([]way{{name: "panel launcher made before", start: func(s *session) { s.click(24, 24) }, want: seen{Token: startup}}})
}
