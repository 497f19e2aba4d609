package engine

import (
	"bytes"
	"slices"
	"testing"

	"electroscope/launcher/elf"
	"electroscope/tests/tree"
)

// Any file ends the scan, and what it tells can be remembered.
func FuzzScan(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte(elf.Magic))
	f.Add(tree.ELF([]byte("\x00use-gl\x00kVulkan\x00156.0.8078.79\x00js-flags\x00")))
	f.Add(tree.ELF([]byte("Chrome/150.0.7871.224 Electron/43.4.1\x00" + fuseSentinel + "\x01\x00")))
	names := sorted([]string{"use-gl", "Vulkan", "js-flags"})
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, data := range [][]byte{file, tree.ELF(file)} {
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
