package launcher

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/engine"
	"electroscope/launcher/plan"
	"electroscope/launcher/wrapper"
)

func TestFlagsPaths(t *testing.T) {
	home := []string{"HOME=/home/u"}
	for _, test := range []struct {
		name    string
		env     []string
		app     catalog.App
		version string // of Electron
		want    []string
	}{
		{
			"Electron: the general one, that of its version, the app's", home,
			catalog.App{Key: "discord", Names: []string{"discord", "Discord"}, Runtime: chromium.Electron}, "34.5.8",
			[]string{"/home/u/.config/electron-flags.conf", "/home/u/.config/electron34-flags.conf", "/home/u/.config/discord-flags.conf", "/home/u/.config/Discord-flags.conf"},
		},
		{
			"Electron of no known version", home,
			catalog.App{Key: "signal", Names: []string{"signal", "signal-desktop"}, Runtime: chromium.Electron}, "",
			[]string{"/home/u/.config/electron-flags.conf", "/home/u/.config/signal-flags.conf", "/home/u/.config/signal-desktop-flags.conf"},
		},
		{
			"Chromium", []string{"HOME=/home/u", "XDG_CONFIG_HOME=/cfg"},
			catalog.App{Key: "chromium", Runtime: chromium.Chromium}, "",
			[]string{"/cfg/chromium-flags.conf"},
		},
		{
			"CEF; XDG_CONFIG_HOME has to be absolute", []string{"HOME=/home/u", "XDG_CONFIG_HOME=cfg"},
			catalog.App{Key: "spotify", Names: []string{"spotify"}, Runtime: chromium.CEF}, "",
			[]string{"/home/u/.config/spotify-flags.conf"},
		},
		{"no home", nil, catalog.App{Key: "spotify", Runtime: chromium.CEF}, "", nil},
		{"a program outside the catalogue", home, catalog.App{Runtime: chromium.Electron}, "", []string{"/home/u/.config/electron-flags.conf"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			k := engine.Knowledge{Engine: engine.Engine{Electron: test.version}}
			if diff := cmp.Diff(test.want, flagsPaths(Process{Env: test.env}, test.app, k)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFlagsFiles(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name+"-flags.conf") }
	for name, text := range map[string]string{
		"electron":   "# for all\n--ozone-platform=x11\n",
		"electron34": "--enable-features=A",
		"chat":       "--x --y=1\n",
		"huge":       strings.Repeat("#", maxFlagsFile) + "\n--beyond\n",
	} {
		if err := os.WriteFile(file(name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// Neither a folder nor a pipe without a writer may stop a launch.
	if err := os.Mkdir(file("folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(file("pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	w := Process{Env: []string{"XDG_CONFIG_HOME=" + dir}}
	app := catalog.App{Key: "chat", Names: []string{"absent", "folder", "pipe", "huge"}, Runtime: chromium.Electron}
	k := engine.Knowledge{Engine: engine.Engine{Electron: "34.5.8"}}
	got := flagsFiles(w, app, k, wrapper.Chain{FlagsFiles: []string{file("electron"), file("absent")}})
	want := []plan.FlagsFile{
		{Path: file("electron"), Words: []string{"--ozone-platform=x11"}, Read: true},
		{Path: file("electron34"), Words: []string{"--enable-features=A"}},
		{Path: file("chat"), Words: []string{"--x", "--y=1"}},
		{Path: file("huge")},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(plan.FlagsFile{})); diff != "" {
		t.Error(diff)
	}
}
