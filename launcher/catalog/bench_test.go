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

// BenchmarkAll and those below are what the tool pays at 1,000 apps: nothing in it may grow
// with the square of their number.
func BenchmarkAll(b *testing.B) { benchmarkMany(b, func(l catalog.Layers) { l.All() }) }

func BenchmarkShow(b *testing.B) { benchmarkMany(b, func(l catalog.Layers) { l.Show() }) }

// BenchmarkNames is what completion pays.
func BenchmarkNames(b *testing.B) { benchmarkMany(b, func(l catalog.Layers) { l.Names() }) }

// BenchmarkEach is what asking for each app costs, beside decoding all.
func BenchmarkEach(b *testing.B) {
	benchmarkMany(b, func(l catalog.Layers) {
		whole := l.Whole()
		for _, name := range whole.Names() {
			whole.App(name)
			whole.Origin(name, "exec")
		}
	})
}

func benchmarkMany(b *testing.B, f func(catalog.Layers)) {
	for _, n := range []int{0, 100, 1000} {
		layers := catalog.ReadLayers(environment{"XDG_CONFIG_DIRS": "/none"}.get, catalogueOf(n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				f(layers)
			}
		})
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
