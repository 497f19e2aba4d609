package manager

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// godbus reads what we write: an implementation that is not ours.
// It cannot read an array of descriptors (v5.2.4 panics on "ah"), so it is shown
// the indexes as the numbers that they are.
func decodeByGodbus(t *testing.T, b []byte) *dbus.Message {
	t.Helper()
	b = bytes.ReplaceAll(b, []byte("\x02ah\x00"), []byte("\x02au\x00"))
	m, err := dbus.DecodeMessage(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("godbus: %v", err)
	}
	return m
}

type prop struct {
	Name  string
	Value dbus.Variant
}

type aux struct {
	Name  string
	Props []prop
}

func TestWireStartCallReadByGodbus(t *testing.T) {
	u := Unit{
		Name: `app-signal\x2ddesktop-42.scope`, Slice: "app-electron.slice", Description: "Signal", PID: 42,
		After: []string{"graphical-session.target"}, PartOf: []string{"graphical-session.target"},
		Guards: []string{"app-org.chromium.Chromium-42.scope", "app-signal-42.scope"},
		Properties: []Property{
			{Name: "MemoryMax", Value: uint64(2 << 30)},
			{Name: "OOMPolicy", Value: "continue", Creation: true},
			{Name: "IOAccounting", Value: true},
		},
	}
	for _, test := range []struct {
		name  string
		bare  bool
		pidfd int
	}{{"PIDs", false, -1}, {"PIDFDs", false, 7}, {"bare", true, -1}} {
		t.Run(test.name, func(t *testing.T) {
			m := decodeByGodbus(t, startCall(u, test.bare, test.pidfd).message(9))
			if m.Type != dbus.TypeMethodCall || m.Serial() != 9 {
				t.Errorf("type %v, serial %d", m.Type, m.Serial())
			}
			var name, mode string
			var props []prop
			var guards []aux
			if err := dbus.Store(m.Body, &name, &mode, &props, &guards); err != nil {
				t.Fatal(err)
			}
			got := map[string]any{}
			for _, p := range props {
				got[p.Name] = p.Value.Value()
			}
			want := map[string]any{
				"Description": "Signal", "Slice": "app-electron.slice", "CollectMode": "inactive-or-failed",
				"PartOf": u.PartOf, "After": append([]string{"graphical-session.target"}, u.Guards...),
				"OOMPolicy": "continue",
			}
			if !test.bare {
				want["MemoryMax"], want["IOAccounting"] = uint64(2<<30), true
			}
			if test.pidfd < 0 {
				want["PIDs"] = []uint32{42}
			} else {
				want["PIDFDs"] = []uint32{0}
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("properties\n got %v\nwant %v", got, want)
			}
			if name != u.Name || mode != "fail" || len(guards) != 2 || guards[1].Name != u.Guards[1] || len(guards[0].Props) != 1 {
				t.Errorf("name %q, mode %q, guards %v", name, mode, guards)
			}
		})
	}
}

func TestWirePropertyCallsReadByGodbus(t *testing.T) {
	m := decodeByGodbus(t, setCall("a.slice", Property{Name: "MemoryHigh", Value: uint64(1)}).message(1))
	var unit string
	var runtime bool
	var props []prop
	if err := dbus.Store(m.Body, &unit, &runtime, &props); err != nil || unit != "a.slice" || !runtime || props[0].Value.Value() != uint64(1) {
		t.Errorf("SetUnitProperties: %v %v", m.Body, err)
	}
	m = decodeByGodbus(t, getCall("app-electron.slice", "MemoryHigh").message(2))
	if path := m.Headers[dbus.FieldPath].Value(); path != dbus.ObjectPath("/org/freedesktop/systemd1/unit/app_2delectron_2eslice") {
		t.Errorf("object path %v", path)
	}
}

// wireOfGodbus writes a message as a real implementation does.
func wireOfGodbus(t testing.TB, kind dbus.Type, headers map[dbus.HeaderField]dbus.Variant, body ...any) []byte {
	t.Helper()
	if len(body) > 0 {
		headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(body...))
	}
	var b bytes.Buffer
	m := dbus.Message{Type: kind, Headers: headers, Body: body}
	if err := m.EncodeTo(&b, binary.LittleEndian); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jobRemoved(t testing.TB, unit, result string) []byte {
	return wireOfGodbus(t, dbus.TypeSignal, map[dbus.HeaderField]dbus.Variant{
		dbus.FieldPath:      dbus.MakeVariant(dbus.ObjectPath(objectManager)),
		dbus.FieldInterface: dbus.MakeVariant(ifaceManager),
		dbus.FieldMember:    dbus.MakeVariant("JobRemoved"),
	}, uint32(3), dbus.ObjectPath("/org/freedesktop/systemd1/job/3"), unit, result)
}

func TestWireReadsGodbus(t *testing.T) {
	refusal := wireOfGodbus(t, dbus.TypeError, map[dbus.HeaderField]dbus.Variant{
		dbus.FieldErrorName:   dbus.MakeVariant("org.freedesktop.DBus.Error.PropertyReadOnly"),
		dbus.FieldReplySerial: dbus.MakeVariant(uint32(5)),
	}, "Cannot set property X, or unknown property.")
	for _, test := range []struct {
		name string
		wire []byte
		want message
	}{
		{"signal", jobRemoved(t, "a.scope", "done"), message{kind: signal, member: "JobRemoved", signature: "uoss"}},
		{"error", refusal, message{kind: methodError, errorName: "org.freedesktop.DBus.Error.PropertyReadOnly", replySerial: 5, signature: "s"}},
	} {
		n, err := messageLength(test.wire)
		if err != nil || n != len(test.wire) {
			t.Errorf("%s: length %d, %v; want %d", test.name, n, err, len(test.wire))
		}
		got, err := decodeMessage(test.wire)
		got.body = nil
		if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %+v, %v; want %+v", test.name, got, err, test.want)
		}
	}
	m, err := decodeMessage(refusal)
	if err != nil || !strings.Contains(m.err().Error(), "property X") {
		t.Errorf("error text %v, %v", m.err(), err)
	}
}

func FuzzWireDecode(f *testing.F) {
	f.Add(jobRemoved(f, "a.scope", "done"))
	f.Add([]byte("l\x02\x01\x01\xff\xff\xff\x7f\x00\x00\x00\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := messageLength(b)
		if err != nil || n == 0 || n > len(b) {
			return
		}
		m, err := decodeMessage(b[:n])
		if err == nil && len(m.body) > n {
			t.Errorf("a body of %d bytes from a message of %d", len(m.body), n)
		}
		_ = m.err()
	})
}

func BenchmarkWireStartCall(b *testing.B) {
	u := Unit{Name: "app-discord-42.scope", Slice: "app-electron.slice", PID: 42, Guards: []string{"app-org.chromium.Chromium-42.scope"},
		Properties: []Property{{Name: "MemoryMax", Value: uint64(2 << 30)}, {Name: "OOMPolicy", Value: "continue"}}}
	for b.Loop() {
		startCall(u, false, -1).message(1)
	}
}

func BenchmarkWireStartCallByGodbus(b *testing.B) {
	pids := []prop{{"PIDs", dbus.MakeVariant([]uint32{42})}}
	for b.Loop() {
		wireOfGodbus(b, dbus.TypeMethodCall, map[dbus.HeaderField]dbus.Variant{
			dbus.FieldPath: dbus.MakeVariant(dbus.ObjectPath(objectManager)), dbus.FieldInterface: dbus.MakeVariant(ifaceManager),
			dbus.FieldMember: dbus.MakeVariant("StartTransientUnit"),
		}, "app-discord-42.scope", "fail",
			append(pids, prop{"Slice", dbus.MakeVariant("app-electron.slice")}, prop{"MemoryMax", dbus.MakeVariant(uint64(2 << 30))}),
			[]aux{{"app-org.chromium.Chromium-42.scope", pids}})
	}
}
