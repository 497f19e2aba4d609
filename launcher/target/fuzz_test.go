package target

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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
	root := tree(f, map[string]string{
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
		for _, word := range slices.Concat(c.Before, c.After) {
			if len(word) > maxText {
				t.Errorf("a word of %d bytes", len(word))
			}
		}
	})
}

// Any file ends the scan, and what it tells can be remembered.
func FuzzScan(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte(elfMagic))
	f.Add(fakeELF([]byte("\x00use-gl\x00kVulkan\x00156.0.8078.79\x00js-flags\x00")))
	f.Add(fakeELF([]byte("Chrome/150.0.7871.224 Electron/43.4.1\x00" + fuseSentinel + "\x01\x00")))
	names := sorted([]string{"use-gl", "Vulkan", "js-flags"})
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, data := range [][]byte{file, fakeELF(file)} {
			found := newLiterals(names)
			if found.scan(bytes.NewReader(data), int64(len(data))) != nil {
				continue
			}
			k := Knowledge{Engine: found.engine("/nonexistent/app", false)}
			for i, name := range names {
				if found.found[i] {
					k.Known = append(k.Known, name)
				}
			}
			if got, ok := parseEntry(entry(k), names); !ok || got.Engine != k.Engine || !slices.Equal(got.Known, k.Known) {
				t.Errorf("%+v is remembered as %+v", k, got)
			}
		}
	})
}

// Any cache file is refused, or says what a scan could have said.
func FuzzParseEntry(f *testing.F) {
	f.Add("electron\n150\n150.0.7871.224\n43.4.1\nuse-gl\n")
	f.Add("native\n0\n\n\n")
	names := sorted([]string{"use-gl", "Vulkan", "js-flags"})
	f.Fuzz(func(t *testing.T, body string) {
		parseEntry(body, names)
		k, ok := parseEntry(body+sum(body)+"\n", names)
		if !ok {
			return
		}
		if !k.plausible() || k.Milestone < 0 || k.Milestone > maxMilestone {
			t.Errorf("took %+v", k)
		}
		for _, name := range k.Known {
			if !slices.Contains(names, name) {
				t.Errorf("took the name %q", name)
			}
		}
	})
}
