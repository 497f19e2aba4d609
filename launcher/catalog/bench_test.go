package catalog_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"electroscope"
	"electroscope/launcher/catalog"
)

// catalogueOf writes a catalogue of n apps beside the shipped ones.
func catalogueOf(n int) string {
	var b strings.Builder
	b.WriteString(electroscope.Apps)
	for i := range n {
		fmt.Fprintf(&b, `
# Another app.
[apps.app%[1]d]
names   = ["app%[1]d", "App%[1]d"]
exec    = ["App%[1]d", "/opt/app%[1]d/App%[1]d"]
runtime = "electron"
id      = "app%[1]d"
heap    = "1024M"

[apps.app%[1]d.limits]
MemoryHigh = "2G"
MemoryMax  = "3G"
CPUQuota   = "150%%"
`, i)
	}
	return b.String()
}

// BenchmarkApp is what a launch pays: reading all layers, and one app.
func BenchmarkApp(b *testing.B) {
	home := b.TempDir()
	write(b, filepath.Join(home, "electroscope/apps.toml"), "[apps.discord]\nheap = \"512M\"\n\n[apps.mine]\nexec = [\"mine\"]\n")
	getenv := func(name string) string {
		return map[string]string{"XDG_CONFIG_HOME": home, "XDG_CONFIG_DIRS": home + "/none"}[name]
	}
	for _, n := range []int{0, 100, 1000} {
		text := catalogueOf(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s, mistakes, ok := catalog.ReadLayers(getenv, text).App("Discord")
				if !ok || len(mistakes) > 0 || s.App.Heap != 512<<20 {
					b.Fatal(s, mistakes, ok)
				}
			}
		})
	}
}

func BenchmarkAll(b *testing.B) {
	layers := shipped()
	for b.Loop() {
		layers.All()
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
