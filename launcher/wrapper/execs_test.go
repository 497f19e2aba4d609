package wrapper

import (
	"strings"
	"testing"

	"electroscope/tests/tree"
)

// TestExecs has what wrappers do; what shells do with it is tried in
// [TestExecsAgainstShells].
func TestExecs(t *testing.T) {
	display := func(name string) (string, bool) { return ":0", name == "DISPLAY" }
	for script, want := range map[string]bool{
		`exec {}/opt/x "$@"`: true,
		`if [ "$1" ]; then exec {}/opt/x -a "$@"; else exec {}/opt/x "$@"; fi`:      true,
		`if [ -z "$DISPLAY" ]; then {}/opt/x "$@"; exit $?; fi; exec {}/opt/x "$@"`: true,
		`for R in "" setsid; do exec $R {}/opt/x "$@"; done`:                        true,
		`[ -d /x ] && exec {}/opt/x --wayland "$@"; exec nice {}/opt/x "$@"`:        true,
		`run() { exec {}/opt/x "$@"; }; mkdir -p /x; run "$@"`:                      true,
		`for f in /etc/*.sh; do [ -r "$f" ] && echo "$f"; done; exec {}/opt/x "$@"`: true,
		`v=$(uname -m | cut -c1); case $v in a) exit 1 ;; esac; exec {}/opt/x "$@"`: true,
		`exec > >(exec cat); exec {}/opt/x "$@"`:                                    true,

		`if [ "$1" = --debug ]; then exec gdb --args {}/opt/x "$@"; else {}/opt/x "$@"; fi`: false,
		`if [ "$1" = --debug ]; then {}/opt/x "$@"; exit; fi; exec {}/opt/x "$@"`:           false,
		`if [ -n "$DISPLAY" ]; then {}/opt/x "$@"; exit $?; fi; exec {}/opt/x "$@"`:         false,
		`{}/opt/x "$@" || exec {}/opt/x --disable-gpu "$@"`:                                 false,
		`exec timeout 100 {}/opt/x "$@"`:                                                    false,
		`exec setsid {}/opt/x "$@"`:                                                         false,
		`exec xvfb-run {}/opt/x "$@"`:                                                       false,
		`run() { exec {}/opt/x "$@"; }; run "$@" | cat`:                                     false,
		`run() { {}/opt/x "$@"; }; if [ "$1" ]; then run; fi; exec {}/opt/x "$@"`:           false,
		`{ exec {}/opt/x "$@"; } | cat`:                                                     false,
		`if true; then exec {}/opt/x "$@"; fi 2>&1 | tee /log`:                              false,
		`true && exec {}/opt/x "$@" & wait`:                                                 false,
		`(exec {}/opt/x "$@")`:                                                              false,
		`(E=exec); $E {}/opt/x "$@"`:                                                        false,
		`while read -r a; do {}/opt/x "$a"; done </list; exec {}/opt/x "$@"`:                false,
		`until exec {}/opt/x "$@"; do sleep 1; done & wait`:                                 false,
		`v=$({}/opt/x --version); exec {}/opt/x "$@"`:                                       false,
		"cat <<E\n$({}/opt/x)\nE\nexec {}/opt/x \"$@\"":                                     false,
		`exec sh -c '{}/opt/x "$@"; true' sh "$@"`:                                          false,
		`eval "{}/opt/x"; exec {}/opt/x "$@"`:                                               false,
		`trap {}/opt/x EXIT; [ "$1" ] && exit; exec {}/opt/x "$@"`:                          false,
		`exec() { "$@"; }; exec {}/opt/x "$@"`:                                              false,
		`. "$UNKNOWN/settings$(date)"; exec {}/opt/x "$@"`:                                  false,
		`for R in setsid ""; do exec $R {}/opt/x "$@"; done`:                                false,
		`if [ "$1" ]; then exec {}/opt/other "$@"; fi; exec {}/opt/x "$@"`:                  false,
		`false && { true; exec {}/opt/x; }; {}/opt/x "$@"`:                                  false,
		`{ false; } >/dev/null || {}/opt/x "$@"; exec {}/opt/x "$@"`:                        false,
		`(echo | { ! true; } 2>&1 >/dev/null) || {}/opt/x "$@"; exec {}/opt/x "$@"`:         false,
		`if true; then false; fi </dev/null || {}/opt/x "$@"; exec {}/opt/x "$@"`:           false,
		`{ true; } >/dev/null || {}/opt/x "$@"; exec {}/opt/x "$@"`:                         true,
	} {
		root := tree.Make(t, map[string]string{"bin/app": "#!/bin/sh\n" + script + "\n", "opt/x": "ELF x", "opt/other": "ELF y"})
		if got := Behind(root+"/bin/app", Search{Path: "/usr/bin:/bin", Dir: root, Env: display}); got.Execs != want {
			t.Errorf("%s\nexecs %v, want %v: %+v", script, got.Execs, want, got)
		}
	}
}

// What a script makes us look up is bounded, however many folders it names.
func TestLooksAreBounded(t *testing.T) {
	root := tree.Make(t, map[string]string{"opt/x": "ELF x"})
	for name, script := range map[string]string{
		"which":     "if unknown; then" + strings.Repeat("\nx=`which q`", 2500) + "\nfi",
		"exec":      strings.Repeat("[ $1 ] && exec q \"$@\"\n", 1900),
		"readlink":  strings.Repeat("x=$(readlink -f /usr/bin/../bin/../bin/sh)\n", 1000),
		"arguments": strings.Repeat("q \"$@\"\n", 1900),
	} {
		r := newReader(root+"/bin/app", Search{Path: strings.Repeat("/nonexistent:", 300), Dir: root}, nil)
		r.read(parse(script + "\nexec " + root + "/opt/x \"$@\"\n"))
		if r.looks <= maxLooks || r.looks > maxLooks+10 {
			t.Errorf("%s: %d looks", name, r.looks)
		}
		if r.everyPathExecs() {
			t.Errorf("%s: it is said to exec, and not all was looked at", name)
		}
	}
}
