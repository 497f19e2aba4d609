package engine

import (
	"os"
	"strings"
	"testing"

	"electroscope/tests/tree"
)

const debianChromium = "/usr/lib/chromium/chromium"

// BenchmarkCacheWarm is with as many names as a launch asks for.
func BenchmarkCacheWarm(b *testing.B) {
	names := make([]string, 60)
	for i := range names {
		names[i] = "enable-some-switch-" + string(rune('a'+i/26)) + string(rune('a'+i%26))
	}
	root := tree.Make(b, map[string]string{"app": "ELF Chrome/150.0.7871.224 Electron/43.4.1\x00" + strings.Join(names, "\x00")})
	c := Cache{Dir: root + "/cache"}
	for b.Loop() {
		if k, err := c.Examine(root+"/app", names); err != nil || len(k.Known) != len(names) {
			b.Fatal(k, err)
		}
	}
}

// BenchmarkExamine is the scan without a cache; the file's pages are warm.
func BenchmarkExamine(b *testing.B) {
	if _, err := os.Stat(debianChromium); err != nil {
		b.Skip("Debian's chromium is not installed")
	}
	for b.Loop() {
		if _, err := Examine(debianChromium, someNames); err != nil {
			b.Fatal(err)
		}
	}
}
