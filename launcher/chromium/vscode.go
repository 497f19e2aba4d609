package chromium

import (
	"slices"
	"strings"
)

// vscodeSwitches are the options that VS Code's own parser passes on without a
// word, in order; of any other it prints "is not in the list of known options,
// but still passed to Electron/Chromium" into the user's terminal. Lists of
// features are among those others (NixOS/nixpkgs#271461). Left out here are
// options that name a file, a window or an action, which belong to one call
// and into no configuration, and --no-proxy-server, which its parser takes for
// a --proxy-server without a value.
//
// Source: microsoft/vscode src/vs/platform/environment/node/argv.ts, OPTIONS
// at 017c84b6; argvHelper.ts, parseAndValidate. Its older versions did not
// have ozone-platform (May 2022, NixOS/nixpkgs#172597).
var vscodeSwitches = [...]struct {
	name  string
	value bool // a text, which must not be empty: bare, it would take the next word
}{
	{"allow-insecure-localhost", false},
	{"builtin-extensions-dir", true},
	{"crash-reporter-directory", true},
	{"crash-reporter-id", true},
	{"disable-chromium-sandbox", false},
	{"disable-crash-reporter", false},
	{"disable-dev-shm-usage", false},
	{"disable-experiments", false},
	{"disable-extension", true},
	{"disable-extensions", false},
	{"disable-gpu", false},
	{"disable-gpu-sandbox", false},
	{"disable-layout-restore", false},
	{"disable-lcd-text", false},
	{"disable-telemetry", false},
	{"disable-updates", false},
	{"disable-workspace-trust", false},
	{"enable-coi", false},
	{"enable-proposed-api", true},
	{"enable-rdp-display-tracking", false},
	{"extensions-dir", true},
	{"force-device-scale-factor", true},
	{"force-disable-user-env", false},
	{"force-renderer-accessibility", false},
	{"force-user-env", false},
	{"ignore-certificate-errors", false},
	{"inspect", true},
	{"inspect-extensions", true},
	{"js-flags", true},
	{"locale", true},
	{"log", true},
	{"log-net-log", true},
	{"no-sandbox", false},
	{"nolazy", false},
	{"ozone-platform", true},
	{"password-store", true},
	{"profile", true},
	{"proxy-bypass-list", true},
	{"proxy-pac-url", true},
	{"proxy-server", true},
	{"skip-release-notes", false},
	{"skip-welcome", false},
	{"sync", true},
	{"trace-startup-duration", true},
	{"trace-startup-file", true},
	{"trace-startup-format", true},
	{"use-inmemory-secretstorage", false},
	{"user-data-dir", true},
	{"verbose", false},
	{"vmodule", true},
	{"xdg-portal-required-version", true},
}

// vscodeRefuses says why VS Code would not pass a switch on silently, or nothing
// if it does.
func vscodeRefuses(text, name, value string) string {
	i, known := slices.BinarySearchFunc(vscodeSwitches[:], name, func(o struct {
		name  string
		value bool
	}, name string) int {
		return strings.Compare(o.name, name)
	})
	switch {
	case !known:
		return "VS Code does not know --" + name + " and would print a warning"
	case !strings.HasPrefix(text, "--"): // minimist reads each letter behind one dash as an option
		return "VS Code takes one dash for letters, and would print a warning"
	case vscodeSwitches[i].value && value == "":
		return "without a value, as in --" + name + "=x, VS Code takes the next word for it"
	}
	return ""
}
