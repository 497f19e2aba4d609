package doctor

import (
	"slices"
	"testing"

	"electroscope/monitor"
)

// TestVideo: an app is judged by its own use of the CPU, if one of its processes decodes.
func TestVideo(t *testing.T) {
	running := func(name string, pid int, cpu monitor.Percentage) monitor.App {
		return monitor.App{Name: name, Processes: []monitor.Process{{PID: pid, Kind: monitor.GPU}}, Rates: monitor.Rates{CPU: cpu}}
	}
	apps := []monitor.App{running("discord", 10, monitor.Percent(12)), running("teams", 20, monitor.Percent(55)), running("zoom", 30, monitor.Percentage{})}
	for _, test := range []struct {
		decoding []int
		want     Result
	}{
		{[]int{10}, ok("discord: 12% of a CPU")},
		{[]int{20}, warn("teams: 55% of a CPU")},
		{[]int{10, 20}, warn("teams: 55% of a CPU")},
		{[]int{30}, unknown("zoom: its use of the CPU is not known")},
		{[]int{99}, notHere("the card decodes for no app of the catalogue")},
	} {
		if got := judgeVideo(apps, test.decoding); got != test.want {
			t.Errorf("%v: %+v, want %+v", test.decoding, got, test.want)
		}
	}
}

func TestDecodersOf(t *testing.T) {
	for text, want := range map[string][]int{
		"# gpu pid type sm mem enc dec command\n# Idx # C/G % % % % name\n 0 7 G 1 1 - 12 a\n 0 8 G 1 1 - - b\n 0 9 G 1 1 - 0 c\n": {7},
		"# gpu pid type sm mem enc dec jpg ofa command\n 0 7 G 1 1 - 3 - - a\n":                                                    {7},
		"# gpu pid type fb command\n 0 7 G 1 a\n":                                                                                  nil,
		"":                                      nil,
		"No devices were found":                 nil,
		"# dec\n1\n":                            nil,
		"# gpu pid dec\n 0 x 3\n 0 5\n 0 6 4\n": {6},
	} {
		if got := decodersOf(text); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// TestGenerations: cards by their ids in pci.ids, and whether the newest driver knows them.
func TestGenerations(t *testing.T) {
	for device, want := range map[string]struct {
		name   string
		branch int
		vp9    bool
	}{
		"0x1401": {"Maxwell GM206", 580, true}, // GTX 960
		"0x1402": {"Maxwell GM206", 580, true}, // GTX 950
		"0x13c2": {"Maxwell", 580, false},      // GTX 970
		"0x1380": {"Maxwell", 580, false},      // GTX 750 Ti
		"0x17c8": {"Maxwell", 580, false},      // GTX 980 Ti
		"0x1c03": {"Pascal", 580, true},        // GTX 1060
		"0x1b80": {"Pascal", 580, true},        // GTX 1080
		"0x1d81": {"Volta", 580, true},         // Titan V
		"0x1f02": {"Turing", 0, true},          // RTX 2070
		"0x2184": {"Turing", 0, true},          // GTX 1660
		"0x2484": {"Ampere", 0, true},          // RTX 3070
		"0x2684": {"Ada", 0, true},             // RTX 4090
		"0x1180": {"Kepler", 470, false},       // GTX 680
		"0x0001": {}, "": {}, "x": {}, "0xffffffffffffffffff": {},
	} {
		g := generationOf(device)
		if g.name != want.name || g.lastBranch != want.branch || slices.Contains(g.decodes, vp9) != want.vp9 {
			t.Errorf("%q: %+v", device, g)
		}
	}
}

func TestNumbers(t *testing.T) {
	for list, want := range map[string]int{"0": 1, "0-7": 8, "0-3,8": 5, "": 0, "a": 0, "3-1": 0, "0-": 0, "-1": 0, "0-99999999": 0, "0,,1": 0} {
		if got := len(numbers(list)); got != want {
			t.Errorf("%q: %d, want %d", list, got, want)
		}
	}
	for text, want := range map[string]string{"none [mq-deadline]": "mq-deadline", "[none] bfq": "none", "none": "", "[": "", "]x[": ""} {
		if got := chosen(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]int{"580.95.05": 580, "257 (257.9-1)": 257, "": 0, "v1": 0, "99999999999999999999": 0} {
		if got := leading(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// TestSettingsOfApps: switches as the files of Teams and VSCodium have them.
func TestSettingsOfApps(t *testing.T) {
	for text, want := range map[string][]string{
		`{"electronCLIFlags": ["disable-gpu", ["use-gl", "desktop"], ["x"], [], 3, null]}`: {"--disable-gpu", "--use-gl=desktop", "--x"},
		`{}`: nil,
	} {
		if got, err := teamsSwitches(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
	for text, want := range map[string][]string{
		"// a comment\n{\n\t// another\n\t\"disable-gpu\": true,\n\t\"enable-crash-reporter\": false,\n}": {"--disable-gpu"},
		`{"js-flags": "--expose-gc"}`: {"--js-flags=--expose-gc"},
		`{}`:                          nil,
	} {
		if got, err := argvSwitches(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "}", "[", `{"electronCLIFlags": 3}`} {
		if got, err := teamsSwitches(text); err == nil {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// TestOwners: what root has left behind is named.
func TestOwners(t *testing.T) {
	m := record(t, nixos).unpack(t)
	if got := checkOwners(m); got.State != OK {
		t.Errorf("%+v", got)
	}
	m.Process.UID++
	if got := checkOwners(m); got.State != Warn {
		t.Errorf("another user's: %+v", got)
	}
}

// TestSelect: by name, by group, and what is neither.
func TestSelect(t *testing.T) {
	all, unmatched := Select(nil)
	if len(all) != len(Checks()) || unmatched != "" {
		t.Errorf("%d checks, %q", len(all), unmatched)
	}
	if list, unmatched := Select([]string{"zram", "nix"}); len(list) != 1+len(nixChecks()) || unmatched != "" || list[0].Name != "zram" {
		t.Errorf("%v, %q", list, unmatched)
	}
	if list, unmatched := Select([]string{"zram", "zzz"}); list != nil || unmatched != "zzz" {
		t.Errorf("%v, %q", list, unmatched)
	}
}
