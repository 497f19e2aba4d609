package catalog

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGPUTables(t *testing.T) {
	env := map[string]string{"HOME": t.TempDir(), "XDG_CONFIG_DIRS": t.TempDir()}
	env["ELECTROSCOPE_SET"] = `
[gpu]
video-decode = true
ozone = "x11"
[gpu.nvidia]
zero-copy = true
video-decode = false
[apps.one]
[apps.one.gpu]
ozone = "wayland"
zero-copy = false
[apps.two]
`
	layers := ReadLayers(func(name string) string { return env[name] }, "[gpu]\nraster = true\nozone = \"auto\"\n[gpu.nvidia]\nbackend = \"gl\"\n")
	yes, no := true, false
	all := GPUTable{"gpu", GPU{VideoDecode: &yes, Raster: &yes, Ozone: "x11"}}
	byVendor := GPUTable{"gpu.nvidia", GPU{VideoDecode: &no, ZeroCopy: &yes, Backend: "gl"}}
	one := GPUTable{"apps.one.gpu", GPU{ZeroCopy: &no, Ozone: "wayland"}}
	for _, test := range []struct {
		app, vendor string
		want        []GPUTable
	}{
		{"two", "intel", []GPUTable{all, {Name: "apps.two.gpu"}}},
		{"two", "nvidia", []GPUTable{all, byVendor, {Name: "apps.two.gpu"}}},
		{"one", "nvidia", []GPUTable{all, byVendor, one}},
		{"one", "none", []GPUTable{all, one}},
	} {
		s, mistakes, known := layers.App(test.app)
		if !known || len(mistakes) > 0 {
			t.Fatalf("%s: known %v, mistakes %v", test.app, known, mistakes)
		}
		if diff := cmp.Diff(test.want, s.GPUTables(test.vendor)); diff != "" {
			t.Errorf("%s on %s: %s", test.app, test.vendor, diff)
		}
	}
	for _, test := range []struct {
		app  string
		path []string
		want int // line
	}{
		{"", []string{"gpu", "nvidia", "zero-copy"}, 6},
		{"", []string{"gpu", "ozone"}, 4},
		{"one", []string{"gpu", "ozone"}, 10},
		// Another table's value is none of this one's.
		{"", []string{"gpu", "intel", "zero-copy"}, 0},
		{"", []string{"gpu", "zero-copy"}, 0},
		{"two", []string{"gpu", "zero-copy"}, 0},
	} {
		if o := layers.Origin(test.app, test.path...); o.Line != test.want {
			t.Errorf("origin of %s %q: %+v, want line %d", test.app, test.path, o, test.want)
		}
	}
}
