package compare

import (
	"math"
	"testing"
)

func TestParseSetting(t *testing.T) {
	for text, want := range map[string]Setting{
		"off": {Off: true}, "default": {},
		`heap = "1G"`:                             {TOML: "apps.\"chat\".heap = \"1G\"\n"},
		`memory="2G" ; gpu.raster = true`:         {TOML: "apps.\"chat\".memory = \"2G\"\ngpu.raster = true\n"},
		`limits.CPUQuota = "50%";budget.cpus = 2`: {TOML: "apps.\"chat\".limits.CPUQuota = \"50%\"\nbudget.cpus = 2\n"},
	} {
		want.Name = text
		if got, err := ParseSetting("chat", text); err != nil || got != want {
			t.Errorf("%q: %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"", " ", "on", "heap", "= 1", "heap = ", `heap = "1G";`} {
		if got, err := ParseSetting("chat", text); err == nil {
			t.Errorf("%q is %+v", text, got)
		}
	}
}

func TestSummary(t *testing.T) {
	for _, test := range []struct {
		figures []float64
		want    Summary
	}{
		{[]float64{3, 1, 2}, Summary{2, 1, 3, true}},
		{[]float64{4, 1, 2, 3}, Summary{2.5, 1, 4, true}},
		{[]float64{5}, Summary{5, 5, 5, true}},
		{nil, Summary{}},
		{[]float64{1, math.NaN()}, Summary{}},
	} {
		if got := Of(test.figures); got != test.want {
			t.Errorf("Of(%v) = %+v", test.figures, got)
		}
	}
}

func TestRatio(t *testing.T) {
	for _, test := range []struct {
		a, b           Summary
		ratio          float64
		differs, known bool
	}{
		{Of([]float64{10, 11, 12}), Of([]float64{5, 5.5, 6}), 0.5, true, true},
		{Of([]float64{10, 11, 12}), Of([]float64{11, 22, 33}), 2, false, true},
		{Of([]float64{10}), Of([]float64{11}), 1.1, true, true},
		{Of([]float64{0, 0}), Of([]float64{1}), 0, false, false},
		{Summary{}, Of([]float64{1}), 0, false, false},
	} {
		if ratio, differs, known := Ratio(test.a, test.b); ratio != test.ratio || differs != test.differs || known != test.known {
			t.Errorf("%+v, %+v: %v %v %v", test.a, test.b, ratio, differs, known)
		}
	}
}
