package kwin

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/godbus/dbus/v5"
)

// What needs a KWin is in tests/desktops.

func TestHear(t *testing.T) {
	const ended = 1 << 23 // above the kernel's largest pid_max, so no process has it
	w := &Windows{changed: make(chan struct{}, 1), said: make(chan struct{}, 1), kwin: ":1.5", clients: map[int]bool{}}
	for _, test := range []struct {
		name                string
		sender              dbus.Sender
		number, active, all string
		want                int
		refused             bool
	}{
		{"one window", ":1.5", "1", "7", "7", 7, false},
		{"no window is active", ":1.5", "2", "0", "7", 0, false},
		{"another program on the bus", ":1.6", "3", "9", "9", 0, true},
		{"no number", ":1.5", "3", "undefined", "9", 0, true},
		{"not numbered", ":1.5", "undefined", "9", "9", 0, true},
		{"empty list", ":1.5", "5", "8", "", 8, false},
		{"a call that comes late", ":1.5", "4", "0", "8", 8, false},
		{"windows that have no process", ":1.5", "6", "8", "-1 0 null 8", 8, false},
		{"of two, the later comes first", ":1.5", "8", "10", "8 10", 10, false},
		{"and the earlier after it", ":1.5", "7", "0", "8 9", 10, false},
	} {
		refusal := w.hear(test.sender, test.number, test.active, test.all)
		if got, err := w.ActivePID(); err != nil || got != test.want || (refusal != nil) != test.refused {
			t.Errorf("%s: %d, %v; refused: %v", test.name, got, err, refusal)
		}
	}
	clear(w.clients)
	w.hear(":1.5", "9", "0", fmt.Sprint("1 ", os.Getpid(), " ", ended))
	if got, err := w.Clients(); err != nil || !slices.Equal(got, []int{1, os.Getpid()}) {
		t.Errorf("clients %v, %v", got, err)
	}
	w.kwin, w.known = "", false
	if refusal := w.hear("", "10", "7", ""); refusal == nil {
		t.Error("it hears while there is no KWin")
	}
	if _, err := w.ActivePID(); err == nil {
		t.Error("it knows what a KWin that has ended said")
	}
}
