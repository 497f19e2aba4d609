package background

import (
	"slices"
	"testing"
)

func TestPlayers(t *testing.T) {
	const nobody = "[]"
	// As pactl 16.1 prints them, with less.
	const plays = `[{"index":3,"client":"7","corked":false,"mute":false,"properties":{"application.process.id":"69"}}]`
	for _, test := range []struct {
		name                     string
		inputs, outputs, clients string
		want                     []int
		known                    bool
	}{
		{"nobody", nobody, nobody, nobody, nil, true},
		{"a client alone", nobody, nobody, `[{"index":7,"properties":{"application.process.id":"69"}}]`, nil, true},
		{"one plays", plays, nobody, nobody, []int{69}, true},
		{"one records", nobody, plays, nobody, []int{69}, true},
		{"one is paused", `[{"client":"7","corked":true,"properties":{}}]`, nobody, nobody, nil, true},
		{"its client is known", `[{"client":"7","properties":{}}]`, nobody, `[{"index":7,"properties":{"application.process.id":"70"}}]`, []int{70}, true},
		{"by a number", `[{"client":7,"properties":{}}]`, nobody, `[{"index":7,"properties":{"application.process.id":"70"}}]`, []int{70}, true},
		{"the kernel's word too", plays, nobody, `[{"index":7,"properties":{"application.process.id":"69","pipewire.sec.pid":"4000"}}]`, []int{69, 4000}, true},
		{"nobody knows whose", `[{"client":"n/a","properties":{"media.name":"x"}}]`, nobody, nobody, nil, false},
		{"a PID that is none", `[{"client":"7","properties":{"application.process.id":"0"}}]`, nobody, nobody, nil, false},
		{"one is known, another not", `[{"properties":{"application.process.id":"69"}},{"properties":{}}]`, nobody, nobody, nil, false},
		{"no JSON", "Sink Input #3", nobody, nobody, nil, false},
		{"nothing", "", nobody, nobody, nil, false},
	} {
		got, err := players([]byte(test.inputs), []byte(test.outputs), []byte(test.clients))
		if !slices.Equal(got, test.want) || (err == nil) != test.known {
			t.Errorf("%s: %v, %v", test.name, got, err)
		}
	}
}
