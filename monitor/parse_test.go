package monitor

import (
	"encoding/json"
	"os"
	"testing"

	"electroscope/launcher/limit"
)

var ownUID = os.Getuid()

func link(t *testing.T, target, path string) {
	t.Helper()
	if target == "" {
		return
	}
	if err := os.Symlink(target, path); err != nil {
		t.Fatal(err)
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]Figure{
		"max 100000": Known(limit.Infinity), "50000 100000": Known(500_000), "400000 100000": Known(4_000_000), "1000 250000": Known(4_000),
		"": {}, "x 100000": {}, "50000 0": {}, "50000": {}, "-1 100000": {},
	} {
		if got := parseQuota(text); got != want {
			t.Errorf("cpu.max %q: %+v, want %+v", text, got, want)
		}
	}
	const psi = "some avg10=12.50 avg60=1.00 avg300=0.00 total=5\nfull avg10=3.00 avg60=1.00 avg300=0.00 total=5\n"
	for line, want := range map[string]Percentage{"some": Percent(12.5), "full": Percent(3), "other": {}} {
		if got := parsePressure(psi, line); got != want {
			t.Errorf("%s: %+v, want %+v", line, got, want)
		}
	}
	for _, text := range []string{"x", "NaN", "Inf", "-1", "1e9"} {
		if got := parsePressure("some avg10="+text+" avg60=1", "some"); got.IsKnown() {
			t.Errorf("%s is %v", text, got)
		}
	}
	for text, want := range map[string]Figure{
		"MemTotal:       16316412 kB\n": Known(16316412 << 10), "MemTotal: x kB\n": {}, "MemTotal: 5\n": {}, "": {},
	} {
		if got := parseMeminfo(text)["MemTotal"]; got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestParseStat(t *testing.T) {
	for _, text := range []string{"", "7", "7 (a", "7 (a) S 1", "7 (a) Z" + stat(7, 5)[len("7 (a) b (c) S"):], "x (a) S" + stat(7, 5)[len("7 (a) b (c) S"):]} {
		if p, ok := parseStat(text, 4096); ok {
			t.Errorf("%q is %+v", text, p)
		}
	}
	p, ok := parseStat(stat(7, 250), 4096)
	if !ok || p.PID != 7 || p.Parent != 1 || p.Command != "a) b (c" || p.Memory != Known(40960) || p.Started.Milliseconds() != 2500 {
		t.Errorf("%+v, %v", p, ok)
	}
}

func TestKindOf(t *testing.T) {
	for cmdline, want := range map[string]Kind{
		"/opt/Discord\x00--type=renderer\x00--lang=de\x00":            Renderer,
		"/opt/Discord --type=gpu-process --no-sandbox":                GPU,
		"/opt/Discord\x00--x\x00--type=utility\x00--utility-sub-type": Utility,
		"/opt/Discord\x00--type=zygote\x00--no-zygote-sandbox":        Zygote,
		"/usr/lib/chromium/chrome_crashpad_handler\x00--monitor-self": Crash,
		"/opt/Discord\x00--type=crashpad-handler":                     Crash,
		"/opt/Discord\x00--type=new":                                  Other,
		"/opt/Discord\x00https://x/?--type=renderer":                  Other,
		"": Other,
	} {
		if got := kindOf(cmdline); got != want {
			t.Errorf("%q is %s, want %s", cmdline, got, want)
		}
	}
}

func TestRenderingOf(t *testing.T) {
	for _, test := range []struct {
		open    []string
		cmdline string
		seen    bool
		want    Rendering
	}{
		{[]string{"/dev/null", "/dev/dri/renderD128"}, "x --type=gpu-process --disable-gpu-sandbox", true, Hardware},
		{[]string{"/dev/nvidiactl"}, "x", true, Hardware},
		{[]string{"/dev/dri/card0"}, "x", true, Software},
		{[]string{"/dev/dri/renderD128"}, "x --use-angle=swiftshader-webgl", true, Software},
		{[]string{"/dev/dri/renderD128"}, "x --use-gl=disabled", true, Software},
		{nil, "x --type=gpu-process", false, UnknownGPU},
	} {
		if got := renderingOf(test.open, test.cmdline, test.seen); got != test.want {
			t.Errorf("%q %q: %s, want %s", test.open, test.cmdline, got, test.want)
		}
	}
}

// TestJSON: what is not known is null, infinity is "max", and both come back.
func TestJSON(t *testing.T) {
	type pair struct {
		F Figure
		P Percentage
	}
	for text, want := range map[string]pair{
		`{"F":null,"P":null}`:  {},
		`{"F":"max","P":0.00}`: {Known(limit.Infinity), Percent(0)},
		`{"F":0,"P":12.50}`:    {Known(0), Percent(12.5)},
	} {
		b, err := json.Marshal(want)
		if err != nil || string(b) != text {
			t.Errorf("%s, %v; want %s", b, err, text)
		}
		var got pair
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	var f Figure
	if json.Unmarshal([]byte(`"x"`), &f) == nil {
		t.Error("a word is a figure")
	}
}
