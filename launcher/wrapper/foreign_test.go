package wrapper

import (
	"testing"

	"electroscope/tests/tree"
)

// TestForeign: what no known wrapper has is not guessed at. The whole script counts as
// one that cannot be read.
func TestForeign(t *testing.T) {
	for _, line := range []string{
		`select x in a b; do F=--$x; break; done`,
		`until [ -n "$F" ]; do F=--a; done`,
		`while getopts a: o; do F="--enable-features=$OPTARG"; done`,
		`printf -v F %s --a`,
		`case $1 in a) F=--a ;& b) F=--b ;; esac`,
		`case $1 in a) F=--a ;;& *) F=--b ;; esac`,
		`set_flags() { printf -v F %s --a; }; set_flags`,
	} {
		root := tree.Make(t, map[string]string{"bin/app": "#!/bin/bash\n" + line + "\nexec {}/opt/x $F \"$@\"\n", "opt/x": "ELF x"})
		if c := Behind(root+"/bin/app", search(t, root)); c.Program != "" || c.Execs {
			t.Errorf("%s: %+v", line, c)
		}
	}
}
