package systemd

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"slices"
	"testing"

	godbus "github.com/godbus/dbus/v5"

	"electroscope/launcher/limit"
)

// godbus reads what we write: an implementation that is not ours.
// It cannot read an array of descriptors (v5.2.4 panics on "ah"), so it is shown
// the indexes as the numbers that they are.
func decodeByGodbus(t *testing.T, b []byte) *godbus.Message {
	t.Helper()
	b = bytes.ReplaceAll(b, []byte("\x02ah\x00"), []byte("\x02au\x00"))
	m, err := godbus.DecodeMessage(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("godbus: %v", err)
	}
	return m
}

type prop struct {
	Name  string
	Value godbus.Variant
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
		name string
		bare bool
		who  process
	}{{"PIDs", false, process{-1, 42}}, {"PIDFDs", false, process{pidfd: 7}}, {"who calls", true, process{pidfd: -1}}} {
		t.Run(test.name, func(t *testing.T) {
			m := decodeByGodbus(t, startCall(u, []string{"new.target"}, test.bare, test.who).Message(9))
			if m.Type != godbus.TypeMethodCall || m.Serial() != 9 {
				t.Errorf("type %v, serial %d", m.Type, m.Serial())
			}
			var name, mode string
			var props []prop
			var guards []aux
			if err := godbus.Store(m.Body, &name, &mode, &props, &guards); err != nil {
				t.Fatal(err)
			}
			got := map[string]any{}
			for _, p := range props {
				got[p.Name] = p.Value.Value()
			}
			want := map[string]any{
				"Description": "Signal", "Slice": "app-electron.slice", "CollectMode": "inactive-or-failed",
				"PartOf": u.PartOf, "After": slices.Concat([]string{"graphical-session.target"}, u.Guards, []string{"new.target"}),
				"OOMPolicy": "continue",
			}
			if !test.bare {
				want["MemoryMax"], want["IOAccounting"] = uint64(2<<30), true
			}
			if test.who.pidfd < 0 {
				want["PIDs"] = []uint32{uint32(test.who.pid)}
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
	m := decodeByGodbus(t, setCall("a.slice", Property{Name: "MemoryHigh", Value: uint64(1)}).Message(1))
	var unit string
	var runtime bool
	var props []prop
	if err := godbus.Store(m.Body, &unit, &runtime, &props); err != nil || unit != "a.slice" || !runtime || props[0].Value.Value() != uint64(1) {
		t.Errorf("SetUnitProperties: %v %v", m.Body, err)
	}
	m = decodeByGodbus(t, getCall("app-electron.slice", ifaceSlice, "MemoryHigh").Message(2))
	if path := m.Headers[godbus.FieldPath].Value(); path != godbus.ObjectPath("/org/freedesktop/systemd1/unit/app_2delectron_2eslice") {
		t.Errorf("object path %v", path)
	}
}

// wireOfGodbus writes a message as a real implementation does.
func wireOfGodbus(t testing.TB, kind godbus.Type, headers map[godbus.HeaderField]godbus.Variant, body ...any) []byte {
	t.Helper()
	if len(body) > 0 {
		headers[godbus.FieldSignature] = godbus.MakeVariant(godbus.SignatureOf(body...))
	}
	var b bytes.Buffer
	m := godbus.Message{Type: kind, Headers: headers, Body: body}
	if err := m.EncodeTo(&b, binary.LittleEndian); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jobRemoved(t testing.TB, unit, result string) []byte {
	return wireOfGodbus(t, godbus.TypeSignal, map[godbus.HeaderField]godbus.Variant{
		godbus.FieldPath:      godbus.MakeVariant(godbus.ObjectPath(objectManager)),
		godbus.FieldInterface: godbus.MakeVariant(ifaceManager),
		godbus.FieldMember:    godbus.MakeVariant("JobRemoved"),
	}, uint32(3), godbus.ObjectPath("/org/freedesktop/systemd1/job/3"), unit, result)
}

func BenchmarkWireStartCall(b *testing.B) {
	u := Unit{Name: "app-discord-42.scope", Slice: "app-electron.slice", PID: 42, Guards: []string{"app-org.chromium.Chromium-42.scope"},
		Properties: []Property{{Name: "MemoryMax", Value: uint64(2 << 30)}, {Name: "OOMPolicy", Value: "continue"}}}
	for b.Loop() {
		startCall(u, nil, false, process{-1, u.PID}).Message(1)
	}
}

func BenchmarkWireStartCallByGodbus(b *testing.B) {
	pids := []prop{{"PIDs", godbus.MakeVariant([]uint32{42})}}
	for b.Loop() {
		wireOfGodbus(b, godbus.TypeMethodCall, map[godbus.HeaderField]godbus.Variant{
			godbus.FieldPath: godbus.MakeVariant(godbus.ObjectPath(objectManager)), godbus.FieldInterface: godbus.MakeVariant(ifaceManager),
			godbus.FieldMember: godbus.MakeVariant("StartTransientUnit"),
		}, "app-discord-42.scope", "fail",
			append(pids, prop{"Slice", godbus.MakeVariant("app-electron.slice")}, prop{"MemoryMax", godbus.MakeVariant(uint64(2 << 30))}),
			[]aux{{"app-org.chromium.Chromium-42.scope", pids}})
	}
}

// TestWireEveryLimit: each property of package limit leaves with its type, and comes
// back as the number that it was.
func TestWireEveryLimit(t *testing.T) {
	type row struct {
		property  string
		signature string
		value     any
	}
	var rows []row
	for _, l := range limit.All() {
		rows = append(rows, row{l.Property, l.Signature, l.Value(77)})
		if scaled, ok := limit.ByProperty(l.Scale); ok {
			rows = append(rows, row{scaled.Property, "u", scaled.Value(77)})
		}
	}
	var u Unit
	for _, r := range rows {
		u.Properties = append(u.Properties, Property{Name: r.property, Value: r.value})
	}
	var name, mode string
	var props []prop
	var guards []aux
	m := decodeByGodbus(t, startCall(u, nil, false, process{-1, 42}).Message(9))
	if err := godbus.Store(m.Body, &name, &mode, &props, &guards); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		i := slices.IndexFunc(props, func(p prop) bool { return p.Name == r.property })
		if i < 0 {
			t.Errorf("no %s", r.property)
		} else if v := props[i].Value; v.Signature().String() != r.signature || v.Value() != r.value {
			t.Errorf("%s: %s %v, want %s %v", r.property, v.Signature(), v.Value(), r.signature, r.value)
		}
	}
}
