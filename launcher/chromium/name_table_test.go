package chromium

import (
	"slices"
	"testing"
)

func TestTable(t *testing.T) {
	if names := Names(); !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("names are not in order, once each: %q", names)
	}
	for _, name := range Names() {
		r := Lookup(name)
		if r == nil {
			t.Errorf("%s is not found", name)
			continue
		}
		if r.Name != name || r.Means == "" || r.Source == "" {
			t.Errorf("%s: row %+v", name, r)
		}
		// The edges follow each other: Before < First <= Last < Gone.
		edge := 0
		for _, next := range []int{r.Before + 1, r.First, r.Last, r.Gone} {
			if next != 0 && next < edge {
				t.Errorf("%s: milestones are out of order: %d, %d, %d, %d", r.Name, r.Before, r.First, r.Last, r.Gone)
			}
			edge = max(edge, next)
		}
		if r.Gone != 0 && r.Last >= r.Gone {
			t.Errorf("%s is both there and gone at %d", r.Name, r.Gone)
		}
		if now := Lookup(r.Became); r.Became != "" && (now == nil || r.BecameAt == 0 || now.Gone != 0) {
			t.Errorf("%s became %q at %d, of which nothing is known", r.Name, r.Became, r.BecameAt)
		}
		for _, f := range r.Caveats {
			if f.Why == "" || f.Source == "" || r.Feature && f.Value != "" {
				t.Errorf("%s: fault %+v", r.Name, f)
			}
		}
	}
	if Lookup("") != nil || Lookup("zzz") != nil || Lookup("use-g") != nil {
		t.Error("lookup finds what is not there")
	}
}

func TestVSCodeSwitches(t *testing.T) {
	names := make([]string, 0, len(vscodeSwitches))
	for _, o := range vscodeSwitches {
		names = append(names, o.name)
	}
	if !slices.IsSorted(names) {
		t.Errorf("not in order: %q", names)
	}
}

// TestAt holds the edges of the facts, where known and where not.
func TestAt(t *testing.T) {
	for name, want := range map[string]map[int]Presence{
		"VaapiVideoDecoder":             {0: Unknown, 101: Unknown, 102: Unknown, 130: Unknown, 131: Absent, 156: Absent}, // hidden in a tail
		"VaapiVideoEncoder":             {0: Unknown, 101: Unknown, 102: Present, 130: Present, 131: Absent, 156: Absent},
		"AcceleratedVideoDecodeLinuxGL": {130: Absent, 131: Present, 156: Present, 157: Unknown},
		"AcceleratedVideoDecoder":       {130: Unknown, 131: Unknown, 156: Unknown}, // hidden in a tail
		"VaapiOnNvidiaGPUs":             {120: Absent, 121: Present},
		"CanvasOopRasterization":        {120: Present, 121: Unknown, 149: Unknown, 150: Absent},
		"ozone-platform-hint":           {102: Present, 140: Present, 141: Absent},
		"WebRTCPipeWireCapturer":        {149: Unknown, 150: Absent},
		"WaylandWindowDecorations":      {120: Absent, 156: Absent}, // Electron's, not Chromium's
		"ignore-gpu-blacklist":          {87: Present, 88: Unknown, 102: Absent},
		"use-gl":                        {104: Present, 156: Present},
	} {
		for milestone, want := range want {
			if got := Lookup(name).At(milestone); got != want {
				t.Errorf("%s at %d: %d, want %d", name, milestone, got, want)
			}
		}
	}
}
