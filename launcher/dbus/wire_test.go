package dbus

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"strings"
	"testing"

	godbus "github.com/godbus/dbus/v5"
)

// byGodbus writes a message as an implementation does that is not ours. What we
// write is read by it in launcher/systemd and launcher/notify.
func byGodbus(t testing.TB, kind godbus.Type, headers map[godbus.HeaderField]godbus.Variant, body ...any) []byte {
	t.Helper()
	headers[godbus.FieldSignature] = godbus.MakeVariant(godbus.SignatureOf(body...))
	var b bytes.Buffer
	m := godbus.Message{Type: kind, Headers: headers, Body: body}
	if err := m.EncodeTo(&b, binary.LittleEndian); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jobRemoved(t testing.TB) []byte {
	return byGodbus(t, godbus.TypeSignal, map[godbus.HeaderField]godbus.Variant{
		godbus.FieldPath:      godbus.MakeVariant(godbus.ObjectPath("/org/freedesktop/systemd1")),
		godbus.FieldInterface: godbus.MakeVariant("org.freedesktop.systemd1.Manager"),
		godbus.FieldMember:    godbus.MakeVariant("JobRemoved"),
	}, uint32(3), godbus.ObjectPath("/org/freedesktop/systemd1/job/3"), "a.scope", "done")
}

func TestWireReadsGodbus(t *testing.T) {
	refusal := byGodbus(t, godbus.TypeError, map[godbus.HeaderField]godbus.Variant{
		godbus.FieldErrorName:   godbus.MakeVariant("org.freedesktop.DBus.Error.PropertyReadOnly"),
		godbus.FieldReplySerial: godbus.MakeVariant(uint32(5)),
		godbus.FieldSender:      godbus.MakeVariant(":1.34"),
	}, "Cannot set property X, or unknown property.")
	for _, test := range []struct {
		name string
		wire []byte
		want Message
	}{
		{"signal", jobRemoved(t), Message{kind: signal, Member: "JobRemoved", Signature: "uoss"}},
		{"error", refusal, Message{kind: methodError, errorName: "org.freedesktop.DBus.Error.PropertyReadOnly", ReplySerial: 5, Sender: ":1.34", Signature: "s"}},
	} {
		n, err := messageLength(test.wire)
		if err != nil || n != len(test.wire) {
			t.Errorf("%s: length %d, %v; want %d", test.name, n, err, len(test.wire))
		}
		got, err := decodeMessage(test.wire)
		got.Body = nil
		if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %+v, %v; want %+v", test.name, got, err, test.want)
		}
	}
	m, err := decodeMessage(refusal)
	if err != nil || !strings.Contains(m.Err().Error(), "property X") {
		t.Errorf("error text %v, %v", m.Err(), err)
	}
	m, err = decodeMessage(jobRemoved(t))
	d := m.Read()
	if id, job, unit, result := d.Uint32(), d.Text(), d.Text(), d.Text(); err != nil || d.Bad || id != 3 || job != "/org/freedesktop/systemd1/job/3" || unit != "a.scope" || result != "done" {
		t.Errorf("body: %d %q %q %q, bad %v, %v", id, job, unit, result, d.Bad, err)
	}
}

func FuzzWireDecode(f *testing.F) {
	f.Add(jobRemoved(f))
	f.Add([]byte("l\x02\x01\x01\xff\xff\xff\x7f\x00\x00\x00\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := messageLength(b)
		if err != nil || n == 0 || n > len(b) {
			return
		}
		m, err := decodeMessage(b[:n])
		if err == nil && len(m.Body) > n {
			t.Errorf("a body of %d bytes from a message of %d", len(m.Body), n)
		}
		_ = m.Err()
	})
}
