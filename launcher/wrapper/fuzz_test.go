package wrapper

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"electroscope/tests/tree"
)

// Any script ends the reader, in bounds; and what it calls a program is there.
func FuzzBehind(f *testing.F) {
	f.Add(vscode)
	f.Add(arch)
	f.Add("#!/bin/sh\nexec {}/opt/x --a \"$@\"")
	f.Add("#!/bin/sh\ncd {}/opt; A=(x \"$@\"); A+=(b); exec \"${A[@]}\"")
	f.Add("#!/bin/sh\nfor f in {}/opt/*; do . $f; done; X=$X$X; if a; then X=b; else X=c; fi; (exec ./$X <<E)\n$(\nE\n")
	f.Add("#!/bin/sh\nx=`which app`; case $x in a) exec -a \"$0\" env -u A B=c ${x%/*}/${x##*/} ;; esac")
	f.Add("#!/bin/sh\n{ exec {}/opt/x; } | cat\nf() (exec x); f & a && b || { exec {}/opt/x; } &")
	f.Add("#!/bin/bash\ncat <<E | x <<-'F'\n$(x)\nE\n\tF\n[[ $(x) ]] && exec > >(exec x); for x do exec x; done")
	f.Add("#!/bin/sh\nsystemd-run --user {}/opt/x; exec env -S'a b' timeout -k 5 7 {}/opt/x; exec -la y {}/opt/x")
	root := tree.Make(f, map[string]string{
		"bin/electroscope": "ELF electroscope", "a/app": "-> {}/bin/electroscope", "opt/x": "ELF x", "opt/y": "#!/bin/sh\nexec x\n",
	})
	s := search(f, root)
	s.Path = root + "/a:" + root + "/opt"
	f.Fuzz(func(t *testing.T, script string) {
		script = strings.ReplaceAll(script, "{}", root)
		path := filepath.Join(t.TempDir(), "app")
		check(t, os.WriteFile(path, []byte(script), 0o755))
		c := Behind(path, s)
		if c.Program != "" && !stat(t, c.Program).Mode().IsRegular() {
			t.Errorf("program %q", c.Program)
		}
		if c.Execs && c.Program == "" || c.Loop != "" && c.Execs || len(c.Scripts) > maxHops+1 {
			t.Errorf("%+v", c)
		}
		for _, word := range slices.Concat(c.Before.Known, c.Before.May, c.After.Known, c.After.May) {
			if len(word) > maxText {
				t.Errorf("a word of %d bytes", len(word))
			}
		}
	})
}
