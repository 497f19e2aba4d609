package x11

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	for display, want := range map[string]address{
		":0": {0, 0}, ":10.1": {10, 1}, "unix:3": {3, 0},
	} {
		if a, err := parseAddress(display); err != nil || a != want {
			t.Errorf("%q: %+v, %v", display, a, err)
		}
	}
	for _, display := range []string{"", "0", "host:0", "10.0.0.1:0", ":", ":x", ":-1", ":0.x", "/tmp/launch:0"} {
		if a, err := parseAddress(display); err == nil {
			t.Errorf("%q: %+v", display, a)
		}
	}
}

// authority is an entry of an Xauthority file.
func authority(family uint16, fields ...string) string {
	b := []byte{byte(family >> 8), byte(family)}
	for _, f := range fields {
		b = append(b, byte(len(f)>>8), byte(len(f)))
		b = append(b, f...)
	}
	return string(b)
}

func TestCookie(t *testing.T) {
	mine := authority(familyLocal, "here", "0", cookieName, "secret")
	for text, want := range map[string]string{
		mine: "secret",
		authority(familyLocal, "there", "0", cookieName, "other") + mine:           "secret",
		authority(familyLocal, "here", "1", cookieName, "other") + mine:            "secret",
		authority(familyLocal, "here", "0", "XDM-AUTHORIZATION-1", "other") + mine: "secret",
		authority(0, "\x7f\x00\x00\x01", "0", cookieName, "other") + mine:          "secret",
		authority(familyWild, "", "", cookieName, "wild") + mine:                   "wild",
		authority(familyWild, "", "7", cookieName, "wild"):                         "",
		mine[:len(mine)-1]: "",
		"\x01":             "",
		"":                 "",
	} {
		if got := cookie([]byte(text), "here", 0); string(got) != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestGreeting(t *testing.T) {
	want := "l\x00\x0b\x00\x00\x00\x12\x00\x05\x00\x00\x00MIT-MAGIC-COOKIE-1\x00\x00abcde\x00\x00\x00"
	if got := greeting([]byte("abcde")); string(got) != want {
		t.Errorf("%q", got)
	}
	if got := greeting(nil); string(got) != "l\x00\x0b\x00\x00\x00\x00\x00\x00\x00\x00\x00" {
		t.Errorf("without a secret: %q", got)
	}
}

func TestRequests(t *testing.T) {
	if got := request(20, 0, 0x123, 5); string(got) != "\x14\x00\x03\x00\x23\x01\x00\x00\x05\x00\x00\x00" {
		t.Errorf("%q", got)
	}
	if got := named(98, "XTEST"); string(got) != "\x62\x00\x04\x00\x05\x00\x00\x00XTEST\x00\x00\x00" {
		t.Errorf("%q", got)
	}
}

// setup is what a server says first: a vendor of 3 letters, 2 formats, and two screens, of
// which the first has depths with visuals.
func setup() []byte {
	fixed := make([]byte, 32)
	fixed[16], fixed[20], fixed[21] = 3, 2, 2
	first, second := make([]byte, 40), make([]byte, 40)
	order.PutUint32(first, 0x1AB)
	order.PutUint32(second, 0x2CD)
	first[39] = 2
	depth, empty := make([]byte, 8+24), make([]byte, 8)
	depth[2] = 1
	return bytes.Join([][]byte{fixed, []byte("X11\x00"), make([]byte, 16), first, depth, empty, second}, nil)
}

func TestRootOf(t *testing.T) {
	for screen, want := range []uint32{0x1AB, 0x2CD} {
		if root, err := rootOf(setup(), screen); root != want || err != nil {
			t.Errorf("screen %d: %#x, %v", screen, root, err)
		}
	}
	if _, err := rootOf(setup(), 2); err == nil {
		t.Error("there is a third screen")
	}
	for n := range len(setup()) {
		if root, err := rootOf(setup()[:n], 1); err == nil {
			t.Errorf("in %d bytes: %#x", n, root)
		}
	}
}

func TestReplies(t *testing.T) {
	window := make([]byte, 36)
	window[1], window[8], window[16], window[32] = 32, typeWindow, 1, 7
	if w, ok := windowIn(window); w != 7 || !ok {
		t.Errorf("%d, %v", w, ok)
	}
	for _, i := range []int{1, 8, 16} { // its format, its type, how many there are
		other := bytes.Clone(window)
		other[i] = 0
		if w, ok := windowIn(other); ok {
			t.Errorf("byte %d: %d", i, w)
		}
	}
	pids := make([]byte, 32, 80)
	for _, word := range []uint32{1, localClientPID, 4, 99, 2, localClientPID, 0, 3, 1, 4, 77, 4, localClientPID, 4, 98} {
		pids = order.AppendUint32(pids, word)
	}
	if got := pidsIn(pids); !slices.Equal(got, []int{99, 98}) {
		t.Error(got)
	}
	for n := range len(pids) {
		if got := pidsIn(pids[:n]); len(got) > 1 {
			t.Errorf("in %d bytes: %v", n, got)
		}
	}
}

func TestNext(t *testing.T) {
	reply := make([]byte, unit+8)
	reply[0], reply[4] = isReply, 2
	event := make([]byte, unit)
	event[0] = propertyNotify
	in := bytes.NewReader(append(bytes.Clone(reply), event...))
	for _, want := range [][]byte{reply, event} {
		if got, err := next(in); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%q, %v", got, err)
		}
	}
	if _, err := next(bytes.NewReader(reply[:unit+4])); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("of half a reply: %v", err)
	}
	order.PutUint32(reply[4:], 1<<30)
	if _, err := next(bytes.NewReader(reply)); err != errMalformed {
		t.Errorf("of a reply that is too long: %v", err)
	}
}

func TestDialNothing(t *testing.T) {
	for _, display := range []string{"elsewhere:0", ":4242"} {
		if d, err := Dial(display, ""); err == nil || !strings.Contains(err.Error(), display) {
			t.Errorf("%q: %v, %v", display, d, err)
		}
	}
}
