package wrapper

import (
	"os"
	"slices"
	"strings"
	"testing"

	"electroscope/tests/tree"

	"github.com/google/go-cmp/cmp"
)

// The layouts of electron-flags.md 3.3, in the shape in which their sources
// write them.
func TestBehind(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		want  Chain // of {}/bin/app
	}{
		"an ELF file": {
			files: map[string]string{"bin/app": "ELF x"},
			want:  Chain{Program: "{}/bin/app", Execs: true},
		},
		"electron-builder: links through alternatives": {
			files: map[string]string{
				"bin/app":              "-> {}/etc/alternatives/app",
				"etc/alternatives/app": "-> {}/opt/Product/app",
				"opt/Product/app":      "ELF x",
			},
			want: Chain{Program: "{}/opt/Product/app", Execs: true},
		},
		"nixpkgs makeWrapper": {
			files: map[string]string{
				"bin/app": "-> {}/opt/Discord/Discord",
				"opt/Discord/Discord": `#! /nix/store/x-bash-5/bin/bash -e
PATH=${PATH:+':'$PATH':'}
PATH=${PATH/':''/nix/store/x-xdg-utils/bin'':'/':'}
PATH='/nix/store/x-xdg-utils/bin'$PATH
PATH=${PATH#':'}
PATH=${PATH%':'}
export PATH
export LD_LIBRARY_PATH='/nix/store/x/lib'${LD_LIBRARY_PATH:+':'$LD_LIBRARY_PATH}
exec -a "$0" "{}/opt/Discord/.Discord-wrapped" --foo ${NIXOS_OZONE_WL:+${WAYLAND_DISPLAY:+--ozone-platform=wayland}} ${WAYLAND_DISPLAY:+--enable-features=WaylandWindowDecorations --enable-wayland-ime=true} "$@" 
`,
				"opt/Discord/.Discord-wrapped": "ELF x",
			},
			want: Chain{
				Scripts: []string{"{}/bin/app"}, Program: "{}/opt/Discord/.Discord-wrapped", Execs: true,
				Before: Words{Known: []string{"--foo", "--enable-features=WaylandWindowDecorations", "--enable-wayland-ime=true"}},
			},
		},
		"nixpkgs, an older makeWrapper": {
			files: map[string]string{
				"bin/app":           "#! /bin/sh -eu\ndeclare -a extraFlagsArray=()\nset +u\nset -u\nexec -a \"$0\" '{}/bin/.app-wrapped' '--a' \"${extraFlagsArray[@]}\" \"$@\"\n",
				"bin/.app-wrapped":  "#!/bin/bash\nexec \"{}/libexec/electron\" \"$@\"\n",
				"libexec/electron":  "ELF x",
				"bin/.app-wrapped_": "ELF y",
			},
			want: Chain{
				Scripts: []string{"{}/bin/app", "{}/bin/.app-wrapped"}, Program: "{}/libexec/electron",
				Execs: true, Before: Words{Known: []string{"--a"}},
			},
		},
		"nixpkgs makeBinaryWrapper over electron's own wrapper": {
			files: map[string]string{
				"bin/app": "ELF text\n\n# ------\n# The C-code for this binary wrapper has been generated using the following command:\n\n\n" +
					"makeCWrapper {}/bin/electron \\\n    --inherit-argv0 \\\n    --set 'CHROME_DEVEL_SANDBOX' '/x' \\\n    --prefix 'PATH' ':' '/x y' \\\n" +
					"    --add-flags '--foo --enable-features=A,B' \\\n    --add-flag {}/share/app.asar\n\n\n# (Use `nix-shell -p makeBinaryWrapper`)\n",
				"bin/electron":              "#!/bin/bash -e\nexec \"{}/libexec/electron/electron\"  --inner \"$@\" \n",
				"libexec/electron/electron": "ELF x",
			},
			want: Chain{
				Scripts: []string{"{}/bin/app", "{}/bin/electron"}, Program: "{}/libexec/electron/electron", Execs: true,
				Before: Words{Known: []string{"--inner", "--foo", "--enable-features=A,B", "{}/share/app.asar"}},
			},
		},
		"VSCodium, installed with a link": {
			files: map[string]string{
				"bin/app":                 "-> {}/share/codium/bin/codium",
				"share/codium/bin/codium": vscode,
				"share/codium/codium":     "ELF x",
				"bin/readlink":            "ELF x",
			},
			want: Chain{
				Scripts: []string{"{}/bin/app"}, Program: "{}/share/codium/codium", RunAsNode: true,
				Before: Words{Known: []string{"{}/share/codium/bin/../resources/app/out/cli.js", "--ms-enable-electron-run-as-node", "--ozone-platform-hint=auto"}},
			},
		},
		"VSCodium, its own bin": {
			files: map[string]string{"bin/app": vscode, "codium": "ELF x"},
			want: Chain{
				Scripts: []string{"{}/bin/app"}, Program: "{}/codium", RunAsNode: true,
				Before: Words{Known: []string{"{}/bin/../resources/app/out/cli.js", "--ms-enable-electron-run-as-node", "--ozone-platform-hint=auto"}},
			},
		},
		"Arch: the app's script, electron's script, flags files": {
			files: map[string]string{
				"bin/app": "#!/bin/sh\nset -e\nFLAGS=\"$(cat \"${XDG_CONFIG_HOME:-$HOME/.config}/app-flags.conf\" 2>/dev/null | grep -v '^#')\"\n" +
					"exec electron34 /usr/lib/app/app.asar $FLAGS --outer \"$@\"\n",
				"bin/electron34":                     arch,
				"home/.config/app-flags.conf":        "--a",
				"home/.config/electron34-flags.conf": "--b",
				"lib/electron34/electron":            "ELF x",
			},
			want: Chain{
				Scripts: []string{"{}/bin/app", "{}/bin/electron34"}, Program: "{}/lib/electron34/electron", Execs: true,
				Before: Words{
					Known: []string{"/usr/lib/app/app.asar", "--outer"},
					Files: []string{"{}/home/.config/electron34-flags.conf", "{}/home/.config/app-flags.conf"},
				},
				FlagsFiles: []string{"{}/home/.config/app-flags.conf", "{}/home/.config/electron34-flags.conf", "{}/home/.config/electron-flags.conf"},
			},
		},
		"flags after the user's": {
			files: map[string]string{
				"bin/app": "#!/bin/bash\nflags=(--a --b=1)\nflags+=(\n  --c # why\n  \"--d\"\n)\nexec {}/opt/x --before \"$@\" \"${flags[@]}\"\n",
				"opt/x":   "ELF x",
			},
			want: Chain{
				Scripts: []string{"{}/bin/app"}, Program: "{}/opt/x", Execs: true,
				Before: Words{Known: []string{"--before"}}, After: Words{Known: []string{"--a", "--b=1", "--c", "--d"}},
			},
		},
		"Google Chrome": {
			files: map[string]string{
				"bin/app": "-> {}/opt/google/chrome/google-chrome",
				"opt/google/chrome/google-chrome": `#!/bin/bash
export CHROME_WRAPPER="` + "`readlink -f \"$0\"`" + `"
HERE="` + "`dirname \"$CHROME_WRAPPER\"`" + `"
if [[ -n "$LD_LIBRARY_PATH" && ! ( "$x" =~ ^(a|b)$ ) ]]; then
  LD_LIBRARY_PATH="$HERE:$HERE/lib:$LD_LIBRARY_PATH"
fi
exec < /dev/null
exec > >(exec cat)
exec 2> >(exec cat >&2)
# Note: exec -a below is a bashism.
exec -a "$0" "$HERE/chrome" "$@"
`,
				"opt/google/chrome/chrome": "ELF x",
			},
			want: Chain{Scripts: []string{"{}/bin/app"}, Program: "{}/opt/google/chrome/chrome", Execs: true},
		},
		"a script that changes its folder": {
			files: map[string]string{
				"bin/app":     "#!/usr/bin/env -S bash -e\nDIR=$(cd \"$(dirname \"$(realpath \"${BASH_SOURCE[0]}\")\")/../opt\" && pwd -P)\ncd \"$DIR\" || exit 1\nexec ./the-app \"${1+\"$@\"}\"\n",
				"opt/the-app": "ELF x",
			},
			want: Chain{Scripts: []string{"{}/bin/app"}, Program: "{}/opt/the-app", Execs: true},
		},
		"${0%/*}, a default, a runner": {
			files: map[string]string{
				"bin/app": "#!/bin/dash\nhere=${0%/*}\n: \"${APP_HOME:=$here/../opt}\"\nexec nice -n 5 env -u A B=c \"$APP_HOME/x\" \"$@\"\n",
				"opt/x":   "ELF x",
			},
			want: Chain{Scripts: []string{"{}/bin/app"}, Program: "{}/opt/x", Execs: true, Drops: []string{"A"}},
		},
		"no exec": {
			files: map[string]string{"bin/app": "#!/bin/sh\n{}/opt/x \"$@\"\necho ended: $?\n", "opt/x": "ELF x"},
			want:  Chain{Scripts: []string{"{}/bin/app"}, Program: "{}/opt/x"},
		},
		"exec in a child": {
			files: map[string]string{"bin/app": "#!/bin/sh\n(cd / && exec {}/opt/x \"$@\") | logger\n", "opt/x": "ELF x"},
			want:  Chain{Scripts: []string{"{}/bin/app"}, Program: "{}/opt/x"},
		},
		"arguments dropped": {
			files: map[string]string{"bin/app": "#!/bin/sh\n{}/opt/y --prepare\ncd {}/opt\n./x --flag\n", "opt/x": "ELF x", "opt/y": "ELF y"},
			want:  Chain{Scripts: []string{"{}/bin/app"}, Program: "{}/opt/x", Deaf: true, Before: Words{Known: []string{"--flag"}}},
		},
		"a session of its own": {
			files: map[string]string{"bin/app": "#!/bin/sh\nexec dbus-run-session -- {}/opt/x \"$@\"\n", "opt/x": "ELF x"},
			want:  Chain{Scripts: []string{"{}/bin/app"}, Program: "{}/opt/x"},
		},
		"nixpkgs zoom: in a sandbox": {
			files: map[string]string{
				"bin/app":   "#!/bin/bash\n{}/opt/mktemp -d\ncmd=(\n  {}/opt/bwrap\n  --dev-bind /dev /dev\n  /init \"$@\"\n)\nexec \"${cmd[@]}\"\n",
				"opt/bwrap": "ELF x", "opt/mktemp": "ELF x",
			},
			want: Chain{Scripts: []string{"{}/bin/app"}},
		},
		"the exec cannot be seen": {
			files: map[string]string{"bin/app": "#!/bin/sh\n{}/opt/x --prepare \"$1\"\nread -r app < /etc/app\nexec \"$app\" \"$@\"\n", "opt/x": "ELF x"},
			want:  Chain{Scripts: []string{"{}/bin/app"}, Before: Words{Unknown: true}, After: Words{Unknown: true}},
		},
		"another language": {
			files: map[string]string{"bin/app": "#!/usr/bin/env python3\nimport os\nos.execv('/bin/x', [])\n"},
			want:  Chain{},
		},
		"no script, no ELF": {
			files: map[string]string{"bin/app": "exec {}/opt/x"},
			want:  Chain{},
		},
		"empty":  {files: map[string]string{"bin/app": "0644 "}, want: Chain{}},
		"absent": {files: map[string]string{}, want: Chain{}},
		"what it starts is absent": {
			files: map[string]string{"bin/app": "#!/bin/sh\nexec {}/opt/gone \"$@\"\n"},
			want:  Chain{Scripts: []string{"{}/bin/app"}},
		},
		"six hops": {
			files: hops(6),
			want:  Chain{Scripts: []string{"{}/bin/app", "{}/s1", "{}/s2", "{}/s3", "{}/s4", "{}/s5"}, Program: "{}/end", Execs: true},
		},
		"seven hops": {
			files: hops(7),
			want:  Chain{Scripts: []string{"{}/bin/app", "{}/s1", "{}/s2", "{}/s3", "{}/s4", "{}/s5"}},
		},
		"two scripts in a circle": {
			files: map[string]string{"bin/app": "#!/bin/sh\nexec {}/b \"$@\"\n", "b": "#!/bin/sh\nexec {}/bin/app \"$@\"\n"},
			want:  Chain{Scripts: []string{"{}/bin/app", "{}/b"}, Loop: "{}/b"},
		},
		"our link as interpreter": {
			files: map[string]string{"bin/app": "#!{}/a/app\n", "a/app": "-> {}/bin/electroscope"},
			want:  Chain{Loop: "{}/bin/app"},
		},
		"our link as interpreter, by env": {
			files: map[string]string{"bin/app": "#!/usr/bin/env link\n", "bin/link": "-> {}/bin/electroscope"},
			want:  Chain{Loop: "{}/bin/app"},
		},
		"a binary wrapper of our link": {
			files: map[string]string{"bin/app": "ELF \nmakeCWrapper '{}/a/app' \\\n    --inherit-argv0\n\n", "a/app": "-> {}/bin/electroscope"},
			want:  Chain{Scripts: []string{"{}/bin/app"}, Loop: "{}/bin/app"},
		},
		"a binary wrapper of itself": {
			files: map[string]string{"bin/app": "ELF \nmakeCWrapper '{}/bin/app'\n\n"},
			want:  Chain{Scripts: []string{"{}/bin/app"}, Loop: "{}/bin/app"},
		},
		"a script that is too long": {
			files: map[string]string{"bin/app": "#!/bin/sh\nexec {}/opt/x \"$@\"\n" + strings.Repeat("#", maxScript), "opt/x": "ELF x"},
			want:  Chain{},
		},
	} {
		t.Run(name, func(t *testing.T) {
			tt.files["bin/electroscope"] = "ELF electroscope"
			root := tree.Make(t, tt.files)
			got := Behind(root+"/bin/app", search(t, root))
			for _, list := range []*[]string{&got.Scripts, &got.Before.Known, &got.Before.May, &got.Before.Files, &got.After.Known, &got.After.Files, &got.FlagsFiles} {
				*list = tree.Relative(root, *list)
			}
			got.Program = strings.ReplaceAll(got.Program, root, "{}")
			got.Loop = strings.ReplaceAll(got.Loop, root, "{}")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// hops is a chain of n scripts and an ELF file.
func hops(n int) map[string]string {
	files := map[string]string{"end": "ELF x"}
	for i := range n {
		name, next := "s"+string(rune('0'+i)), "s"+string(rune('1'+i))
		if i == 0 {
			name = "bin/app"
		}
		if i == n-1 {
			next = "end"
		}
		files[name] = "#!/bin/sh\nexec {}/" + next + " \"$@\"\n"
	}
	return files
}

// vscode has the shape of microsoft/vscode, resources/linux/bin/code.sh.
const vscode = `#!/usr/bin/env sh
if [ -n "$VSCODE_IPC_HOOK_CLI" ]; then
	REMOTE_CLI="$(which -a 'codium' | grep /remote-cli/)"
	if [ -n "$REMOTE_CLI" ]; then
		"$REMOTE_CLI" "$@"
		exit $?
	fi
fi
if [ "$(id -u)" = "0" ]; then
	for i in "$@"
	do
		case "$i" in
			--user-data-dir | --user-data-dir=* ) ROOT_OK=1 ;;
		esac
	done
	if [ -z $ROOT_OK ]; then
		echo "You are trying to start it as a super user, which isn't recommended." 1>&2
		exit 1
	fi
fi
if [ ! -L "$0" ]; then
	VSCODE_PATH="$(dirname "$0")/.."
else
	if command -v readlink >/dev/null; then
		VSCODE_PATH="$(dirname "$(readlink -f "$0")")/.."
	else
		VSCODE_PATH="{}/share/codium"
	fi
fi
ELECTRON="$VSCODE_PATH/codium"
CLI="$VSCODE_PATH/resources/app/out/cli.js"
ELECTRON_RUN_AS_NODE=1 "$ELECTRON" "$CLI" --ms-enable-electron-run-as-node --ozone-platform-hint=auto "$@"
exit $?
`

// arch has the shape of Arch's electron launcher.
const arch = `#!/usr/bin/bash
set -euo pipefail
name=electron34
config="${XDG_CONFIG_HOME:-$HOME/.config}"
fallback="${config}/electron-flags.conf"
lines=()
if [[ -f "${config}/${name}-flags.conf" ]]; then
  mapfile -t lines < "${config}/${name}-flags.conf"
elif [[ -f "${fallback}" ]]; then
  mapfile -t lines < "${fallback}"
fi
flags=()
for line in "${lines[@]}"; do
  if [[ ! "${line}" =~ ^[[:space:]]*#.* ]] && [[ -n "${line}" ]]; then
    flags+=("${line}")
  fi
done
: "${ELECTRON_IS_DEV:=0}"
export ELECTRON_IS_DEV
exec {}/lib/${name}/electron "${flags[@]}" "$@"
`

// Debian's script is read as it is installed.
func TestBehindDebianChromium(t *testing.T) {
	if _, err := os.Stat("/usr/lib/chromium/chromium"); err != nil {
		t.Skip("Debian's chromium is not installed")
	}
	got := Behind("/usr/bin/chromium", Search{Path: "/usr/bin:/bin", Dir: "/"})
	// With --temp-profile and --debug it starts the browser as a child.
	if got.Program != "/usr/lib/chromium/chromium" || got.Execs || got.RunAsNode || got.Loop != "" {
		t.Errorf("%+v", got)
	}
	for _, word := range slices.Concat(got.Before.Known, got.Before.May) {
		if !strings.HasPrefix(word, "--") {
			t.Errorf("word %q is no switch", word)
		}
	}
}
