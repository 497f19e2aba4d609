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
			name: "the user's stand, the empty ones too", settings: decoding(map[string]string{"NVD_BACKEND": "egl", "A": "1"}), switches: nvidia, chain: execs,
			users: map[string]string{"NVD_BACKEND": "", "LIBVA_DRIVER_NAME": "iHD", "A": "2"},
			argv:  []string{"chat", "--enable-features=VaapiOnNvidiaGPUs"},
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
			f := Facts{Program: program.Target{Path: "/bin/chat", Chain: test.chain}, Argv0: "chat", Args: test.args, Env: lookup}
			argv, env, _ := planCommand(test.settings, test.switches, f, test.hold)
			if diff := cmp.Diff(test.argv, argv); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.env, env, emptyIsNil); diff != "" {
				t.Errorf("environment: %s", diff)
			}
		})
	}
}
