package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/machine"
	"electroscope/launcher/program"
	"electroscope/launcher/wrapper"
)

func TestPlanCommand(t *testing.T) {
	yes := true
	nvidia := electron43()
	nvidia.Graphics = machine.Graphics{Vendor: "nvidia", Driver: "nvidia", VADriver: "/usr/lib/dri/nvidia_drv_video.so"}
	decoding := func(env map[string]string) catalog.Settings {
		return electronApp(func(a *catalog.App) { a.GPU.VideoDecode, a.Env = &yes, env })
	}
	unset := func(names ...string) catalog.Settings {
		return electronApp(func(a *catalog.App) { a.GPU.VideoDecode, a.Unset = &yes, names })
	}
	execs := wrapper.Chain{Program: "/lib/chat", Execs: true}
	for _, test := range []struct {
		name     string
		settings catalog.Settings
		switches SwitchFacts
		chain    wrapper.Chain
		hold     hold
		users    map[string]string // environment
		args     []string
		argv     []string
		env      []string
		removed  []string // or replaced
	}{
		{
			name: "variables of a wish", settings: decoding(nil), switches: nvidia, chain: execs,
			argv: []string{"chat", "--enable-features=VaapiOnNvidiaGPUs"},
			env:  []string{"LIBVA_DRIVER_NAME=nvidia", "NVD_BACKEND=direct"},
		},
		{
			name: "apps.toml's beat them", settings: decoding(map[string]string{"NVD_BACKEND": "egl", "A": "1"}), switches: nvidia, chain: execs,
			argv: []string{"chat", "--enable-features=VaapiOnNvidiaGPUs"},
			env:  []string{"A=1", "NVD_BACKEND=egl", "LIBVA_DRIVER_NAME=nvidia"},
		},
		{
			name: "apps.toml's beat them also by an empty value", settings: decoding(map[string]string{"NVD_BACKEND": ""}), switches: nvidia, chain: execs,
			argv: []string{"chat", "--enable-features=VaapiOnNvidiaGPUs"},
			env:  []string{"NVD_BACKEND=", "LIBVA_DRIVER_NAME=nvidia"},
		},
		{
			name: "apps.toml's beat the session's, and those of a wish do not", settings: decoding(map[string]string{"NVD_BACKEND": "egl", "A": "1", "B": "same"}), switches: nvidia, chain: execs,
			users: map[string]string{"NVD_BACKEND": "", "LIBVA_DRIVER_NAME": "iHD", "A": "2", "B": "same"},
			argv:  []string{"chat", "--enable-features=VaapiOnNvidiaGPUs"}, env: []string{"A=1", "NVD_BACKEND=egl"}, removed: []string{"A", "NVD_BACKEND"},
		},
		{
			name: "one is taken away, and no wish brings it back", settings: unset("LIBVA_DRIVER_NAME", "GDK_SCALE", "X"), switches: nvidia, chain: execs,
			users: map[string]string{"LIBVA_DRIVER_NAME": "nvidia", "GDK_SCALE": ""},
			argv:  []string{"chat", "--enable-features=VaapiOnNvidiaGPUs"}, env: []string{"NVD_BACKEND=direct"}, removed: []string{"LIBVA_DRIVER_NAME", "GDK_SCALE"},
		},
		{
			name: "what keeps Chromium in its scope is taken away", settings: unset("FLATPAK_SANDBOX_DIR"), switches: electron43(), chain: execs, hold: hold{variable: true},
			argv: []string{"chat"},
		},
		{
			name: "Chromium is kept from asking", settings: electronApp(nil), switches: electron43(), chain: execs, hold: hold{variable: true},
			argv: []string{"chat"}, env: []string{"FLATPAK_SANDBOX_DIR="},
		},
		{
			name: "in a Flatpak already", settings: electronApp(nil), switches: electron43(), chain: execs, hold: hold{variable: true},
			users: map[string]string{"FLATPAK_SANDBOX_DIR": "/x"}, argv: []string{"chat"},
		},
		{
			name:     "apps.toml has it already",
			settings: electronApp(func(a *catalog.App) { a.Env = map[string]string{"FLATPAK_SANDBOX_DIR": "/y"} }), switches: electron43(), chain: execs,
			hold: hold{variable: true}, argv: []string{"chat"}, env: []string{"FLATPAK_SANDBOX_DIR=/y"},
		},
		{
			name: "a native program: its arguments are its own, whatever they look like",
			settings: electronApp(func(a *catalog.App) {
				a.Runtime, a.Heap, a.Env = chromium.Native, 1<<30, map[string]string{"QT_A": "1"}
			}),
			chain: wrapper.Chain{}, args: []string{"--enable-features=A", "--enable-features=B", "", "--js-flags=x"},
			argv: []string{"chat", "--enable-features=A", "--enable-features=B", "", "--js-flags=x"}, env: []string{"QT_A=1"},
		},
		{
			name: "an editor's command line for one that runs", settings: electronApp(func(a *catalog.App) { a.Heap = 1 << 30 }),
			switches: SwitchFacts{Forwards: true}, chain: execs, hold: hold{variable: true}, args: []string{"--wait", "file"},
			argv: []string{"chat", "--wait", "file"}, env: []string{"FLATPAK_SANDBOX_DIR="},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			lookup := func(name string) (string, bool) { v, ok := test.users[name]; return v, ok }
			f := Facts{Program: program.Target{Path: "/bin/chat", Chain: test.chain}, Argv0: "chat", Args: test.args, Env: lookup, SetByUser: func(string) bool { return true }}
			p := Plan{Settings: test.settings}
			p.command(test.switches, f, test.hold)
			if diff := cmp.Diff(test.argv, p.Argv); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.env, p.EnvAdded, emptyIsNil); diff != "" {
				t.Errorf("environment: %s", diff)
			}
			if diff := cmp.Diff(test.removed, p.EnvRemoved, emptyIsNil); diff != "" {
				t.Errorf("removed: %s", diff)
			}
		})
	}
}
