package wrapper

import (
	"strings"
	"testing"

	"electroscope/tests/tree"

	"github.com/google/go-cmp/cmp"
)

// TestWords has small wrappers of one construct each; those in testdata have
// several.
func TestWords(t *testing.T) {
	known := func(words ...string) Words { return Words{Known: words} }
	for script, want := range map[string]struct{ before, after Words }{
		// Functions.
		`stop() { kill -TERM "$1"; }; go() { "$@" & wait $!; }; go {}/opt/x --a "$@"`:          {before: known("--a")},
		`go() { exec "$@"; }; go {}/opt/x --a "$@"`:                                            {before: known("--a")},
		`log() { logger "$1"; }; go() { log "$1"; shift; exec {}/opt/x --b "$@"; }; go x "$@"`: {before: known("--b")},
		`add() { F="$F --$1"; }; add a; add b; exec {}/opt/x $F "$@"`:                          {before: known("--a", "--b")},
		`f() { local F=--lost; }; F=--a; f; exec {}/opt/x $F "$@"`:                             {before: known("--a")},
		`f() { [ "$1" ] || return 0; F="$F --$1"; }; f; f a; exec {}/opt/x $F "$@"`:            {before: known("--a")},

		// Branches that the environment decides, and those that it does not.
		`if [ "$S" = wayland ]; then F="$F --w"; else F="$F --x"; fi; exec {}/opt/x $F "$@"`:           {before: known("--w")},
		`A=(--a); if [[ $S == way* ]]; then A+=(--w); else A+=(--x); fi; exec {}/opt/x "${A[@]}" "$@"`: {before: known("--a", "--w")},
		`case "$S" in x11) F=--x ;; wayland) F=--w ;; *) F=--y ;; esac; exec {}/opt/x $F "$@"`:         {before: known("--w")},
		`test -z "$GONE" && F=--a; [ -n "$S" ] || F=--b; exec {}/opt/x $F "$@"`:                        {before: known("--a")},
		`if lspci | grep -q x; then exec {}/opt/x --a --b "$@"; fi; exec {}/opt/x --b "$@"`:            {before: Words{Known: []string{"--b"}, May: []string{"--a"}}},
		`F=--a; lspci && F="$F --b"; exec {}/opt/x $F "$@"`:                                            {before: Words{Known: []string{"--a"}, May: []string{"--b"}}},
		`A=(--a); lspci && A+=(--b); A+=(--c); exec {}/opt/x "${A[@]}" "$@"`:                           {before: Words{Known: []string{"--a", "--c"}, May: []string{"--b"}}},
		`for i in a b; do F="$F --$i"; done; exec {}/opt/x $F "$@"`:                                    {before: known("--a", "--b")},

		// Behind the user's words.
		`exec {}/opt/x --a "$@" --b`:                                          {before: known("--a"), after: known("--b")},
		`set -- "$@" --b; set -- --a "$@"; exec {}/opt/x "$@"`:                {before: known("--a"), after: known("--b")},
		`F="$(sed 's/#.*//' {}/f.conf | tr '\n' ' ')"; exec {}/opt/x "$@" $F`: {after: Words{Files: []string{"{}/f.conf"}}},

		`F=$1; if lspci; then set -- --a "$@"; fi; exec {}/opt/x $F "$@" --b`: {before: Words{May: []string{"--a", "--b"}}, after: Words{May: []string{"--a", "--b"}}},

		// Files by any name.
		`exec {}/opt/x $(< {}/f.conf) "$@"`:                                             {before: Words{Files: []string{"{}/f.conf"}}},
		`readarray -t F < <(grep -v '^#' {}/f.conf); exec {}/opt/x "${F[@]}" "$@"`:      {before: Words{Files: []string{"{}/f.conf"}}},
		`while read -r l; do A+=("$l"); done < {}/f.conf; exec {}/opt/x "${A[@]}" "$@"`: {before: Words{Files: []string{"{}/f.conf"}}},
		`eval "set -- $(cat {}/f.conf) \"\$@\""; exec {}/opt/x "$@"`:                    {before: Words{Files: []string{"{}/f.conf"}}},

		`readarray -t A < {}/f.conf; F="${A[*]}"; exec {}/opt/x $F "$@"`: {before: Words{Files: []string{"{}/f.conf"}}},

		`for i in $(cat {}/f.conf); do set -- "$@" --b; done; exec {}/opt/x "$@"`: {after: Words{May: []string{"--b"}}},

		// What cannot be seen.
		`readarray -t A < {}/f.conf; F="$(IFS=,; echo "${A[*]}")"; exec {}/opt/x $F "$@"`: {before: Words{Unknown: true}},
		`exec {}/opt/x $(app-flags) "$@"`:                                                 {before: Words{Unknown: true}},
		`exec {}/opt/x "--enable-features=$(f)" "$@"`:                                     {before: Words{Unknown: true}},
		`exec {}/opt/x "--class=$(f)" "$@"`:                                               {},
		`exec {}/opt/x "$@" ${F:-$(f)}`:                                                   {after: Words{Unknown: true}},
	} {
		root := tree.Make(t, map[string]string{"bin/app": "#!/bin/bash\n" + script + "\n", "opt/x": "ELF x", "f.conf": "--a"})
		env := func(name string) (string, bool) { return "wayland", name == "S" }
		c := Behind(root+"/bin/app", Search{Path: "/usr/bin:/bin", Dir: root, Env: env})
		for _, w := range []*Words{&c.Before, &c.After} {
			w.Files = tree.Relative(root, w.Files)
		}
		if diff := cmp.Diff([]Words{want.before, want.after}, []Words{c.Before, c.After}); diff != "" || !strings.HasSuffix(c.Program, "/opt/x") {
			t.Errorf("%s\nprogram %q %s", script, c.Program, diff)
		}
	}
}
