package main

import (
	"strings"
	"testing"
	"time"
)

func TestFramesOf(t *testing.T) {
	const ms = time.Millisecond
	took := []time.Duration{10 * ms, 60 * ms, 50 * ms, 4 * ms}
	if got, want := framesOf(took), (Frames{All: 4, Late: 1, Median: 50, P99: 60, Worst: 60}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := framesOf(nil); got != (Frames{}) {
		t.Errorf("%+v", got)
	}
}

func TestSettings(t *testing.T) {
	for _, want := range settings {
		if got, ok := settingOf(want.Name); !ok || got != want || got.isDirect() != strings.HasPrefix(want.Name, "without") {
			t.Errorf("%q: %+v, %v", want.Name, got, ok)
		}
	}
	if _, ok := settingOf("width"); ok {
		t.Error("there is a setting that is not in the table")
	}
}
