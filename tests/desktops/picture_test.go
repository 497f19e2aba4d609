//go:build rig

package desktops

import (
	"os"
	"testing"
	"time"
)

// What tests/pictures/desktops.sh runs, one in each container. A person looks at the
// picture; these fail if there is nothing to look at.

// kept is where a test leaves its picture.
const kept = "/tmp/picture"

// KWin applies these rules to a window before it shows it: the two stand side by side.
// Of the numbers, wmclassmatch=2 is "contains", the others' 2 is "force" (KWin, rules.h).
const windowRules = `[General]
count=2
rules=monitor,terminal

[monitor]
wmclass=plasma-systemmonitor
wmclassmatch=2
position=0,0
positionrule=2
size=700,500
sizerule=2

[terminal]
wmclass=konsole
wmclassmatch=2
position=700,0
positionrule=2
size=580,500
sizerule=2
`

// inTerminal shows two commands and what they say, once the window has its size, and
// leaves a file then.
const inTerminal = `sleep 3
for words in "status" "status chromium"; do
	echo "$ electroscope $words"
	electroscope $words || exit
	echo
done
touch ~/said
exec sleep 600
`

// TestPictureSystemMonitor shows the same apps in Plasma's System Monitor and in a terminal.
func TestPictureSystemMonitor(t *testing.T) {
	s := plainPlasma(t)
	s.write("in-terminal", inTerminal)
	s.startApp("chromium", "data:text/html,electroscope")
	s.startApp("discord")
	s.start("plasma-systemmonitor", "--page-name", "Applications")
	time.Sleep(40 * time.Second) // until it shows the page, which nothing tells; 25 s on two busy processors
	s.start("konsole", "--hide-menubar", "--hide-tabbar", "--notransparency", "-e", "bash", home+"/in-terminal")
	if !until(60*time.Second, func() bool { _, err := os.Stat(home + "/said"); return err == nil }) {
		t.Fatal("electroscope status has not ended in the terminal after 60 s")
	}
	time.Sleep(3 * time.Second) // until it is drawn
	s.keep(screen)
}

func TestPictureNoticePlasma(t *testing.T) {
	s := plainPlasma(t)
	s.showNotice()
	s.keep(screen)
}

func TestPictureNoticeGNOME(t *testing.T) {
	s := gnome.login(t, headlessGNOME(t))
	time.Sleep(5 * time.Second) // until it shows its own notice, that there is no display manager
	evaluate("Main.overview.hide(); Main.messageTray.getSources().forEach(source => source.destroy())")(s)
	time.Sleep(3 * time.Second) // until both have gone
	s.showNotice()
	s.user("gdbus", "call", "--session", "--dest", "org.gnome.Shell.Screenshot", "--object-path", "/org/gnome/Shell/Screenshot",
		"--method", "org.gnome.Shell.Screenshot.Screenshot", "false", "false", home+"/screen.png")
	s.keep(home + "/screen.png")
}

// plainPlasma is Plasma without a splash screen, and with one colour behind the windows.
func plainPlasma(t *testing.T) *session {
	t.Helper()
	m := freshHome(t)
	m.write(".config/ksplashrc", "[KSplash]\nEngine=none\nTheme=None\n")
	m.write(".config/kwinrulesrc", windowRules)
	s := plasmaX11.login(t, m)
	s.plasmaScript(`desktops().forEach(desktop => {
		desktop.wallpaperPlugin = "org.kde.color";
		desktop.currentConfigGroup = ["Wallpaper", "org.kde.color", "General"];
		desktop.writeConfig("Color", "59,85,104");
	})`)
	time.Sleep(5 * time.Second) // until that and the panel are drawn
	return s
}

// startApp launches the app by its link, and waits until its processes are there.
func (s *session) startApp(app string, args ...string) {
	s.Helper()
	s.Cleanup(s.endApps)
	s.start(app, args...)
	if !until(60*time.Second, func() bool { return len(appProcesses(app)) >= standInProcesses }) {
		s.Fatalf("no %s after 60 s", app)
	}
}

// showNotice has the desktop show the notice of a launch without limits.
func (s *session) showNotice() {
	s.Helper()
	s.startApp("discord")
	if got := s.notice("taken"); got != "taken" {
		s.Fatalf("the notice is %s", got)
	}
	time.Sleep(2 * time.Second) // until it is drawn; it goes after five
}

// keep copies a picture to where desktops.sh finds it.
func (s *session) keep(from string) {
	s.Helper()
	data, err := os.ReadFile(from)
	s.must(err)
	s.must(os.WriteFile(kept, data, 0o644))
}
