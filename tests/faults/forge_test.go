//go:build rig

package faults

import (
	"bytes"
	"encoding/binary"
	"testing"

	godbus "github.com/godbus/dbus/v5"
)

// A forgery gives, for each message of the manager's, what is sent for it.
type forgery struct {
	name string
	make func(t *testing.T) func(message []byte) [][]byte
}

// before sends something else first, once.
func before(forged func(t *testing.T) [][]byte) func(t *testing.T) func([]byte) [][]byte {
	return func(t *testing.T) func([]byte) [][]byte {
		first := forged(t)
		return func(message []byte) [][]byte {
			out := append(first, message)
			first = nil
			return out
		}
	}
}

func one(b []byte) func(*testing.T) [][]byte {
	return func(*testing.T) [][]byte { return [][]byte{b} }
}

const (
	ifaceManager = "org.freedesktop.systemd1.Manager"
	otherJob     = godbus.ObjectPath("/org/freedesktop/systemd1/job/4294967295")
)

func removed(unit, result string) func(*testing.T) [][]byte {
	return func(t *testing.T) [][]byte {
		return [][]byte{wire(t, godbus.TypeSignal, signalOf(ifaceManager, "JobRemoved"), uint32(4294967295), otherJob, unit, result)}
	}
}

var forgeries = []forgery{
	{"another unit's job fails", before(removed("other.scope", "failed"))},
	{"another unit's job is done", before(removed("other.scope", "done"))},
	{"our unit's job fails, by another job's path", func(t *testing.T) func([]byte) [][]byte { return ownUnit(t, "failed") }},
	{"our unit's job is done, by another job's path", func(t *testing.T) func([]byte) [][]byte { return ownUnit(t, "done") }},
	{"JobRemoved of another signature", before(func(t *testing.T) [][]byte {
		return [][]byte{wire(t, godbus.TypeSignal, signalOf(ifaceManager, "JobRemoved"), "done")}
	})},
	{"the manager arrives on the bus", before(owner("", ":1.7"))},
	{"the manager leaves the bus", before(owner(":1.7", ""))},
	{"a reply to nothing", before(func(t *testing.T) [][]byte { return [][]byte{reply(t, 4294967295)} })},
	{"errors that answer nothing", before(func(t *testing.T) [][]byte {
		return [][]byte{failure(t, 99, "org.freedesktop.DBus.Error.AccessDenied"), failure(t, 100, "org.freedesktop.systemd1.UnitExists")}
	})},
	{"an error for each early call", before(func(t *testing.T) [][]byte {
		var all [][]byte
		for serial := uint32(1); serial < 8; serial++ {
			all = append(all, failure(t, serial, "org.freedesktop.DBus.Error.Failed"))
		}
		return all
	})},
	{"a message of 1 MB", before(func(t *testing.T) [][]byte {
		return [][]byte{wire(t, godbus.TypeSignal, signalOf(ifaceManager, "UnitNew"), string(bytes.Repeat([]byte("x"), 1<<20)))}
	})},
	{"1 000 signals", before(func(t *testing.T) [][]byte {
		noise := wire(t, godbus.TypeSignal, signalOf(ifaceManager, "UnitNew"), "x.scope", otherJob)
		return [][]byte{bytes.Repeat(noise, 1000)}
	})},
	{"a length of 4 GB", before(one([]byte("l\x02\x01\x01\xff\xff\xff\xff\x01\x00\x00\x00\xff\xff\xff\xff")))},
	{"a length of 127 MB that never comes", before(one([]byte("l\x04\x01\x01\x00\x00\xf0\x07\x01\x00\x00\x00\x00\x00\x00\x00")))},
	{"a message of type 0", before(one([]byte("l\x00\x01\x01\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00")))},
	{"version 2", before(one([]byte("l\x02\x01\x02\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00")))},
	{"neither byte order", before(one([]byte("x\x02\x01\x01\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00")))},
	{"zeroes", before(one(make([]byte, 64)))},
	{"each message twice", func(*testing.T) func([]byte) [][]byte {
		return func(m []byte) [][]byte { return [][]byte{m, m} }
	}},
	{"each pair the other way round", func(*testing.T) func([]byte) [][]byte { return swapped() }},
	{"no signals at all", func(*testing.T) func([]byte) [][]byte {
		return func(m []byte) [][]byte {
			if godbus.Type(m[1]) == godbus.TypeSignal {
				return nil
			}
			return [][]byte{m}
		}
	}},
	{"signals alone", func(*testing.T) func([]byte) [][]byte {
		return func(m []byte) [][]byte {
			if godbus.Type(m[1]) == godbus.TypeSignal {
				return [][]byte{m}
			}
			return nil
		}
	}},
}

func swapped() func([]byte) [][]byte {
	var held []byte
	return func(m []byte) [][]byte {
		if held == nil {
			held = m
			return nil
		}
		out := [][]byte{m, held}
		held = nil
		return out
	}
}

// ownUnit forges the end of our unit's job before the manager tells of it.
func ownUnit(t *testing.T, result string) func([]byte) [][]byte {
	return func(message []byte) [][]byte {
		m, err := godbus.DecodeMessage(bytes.NewReader(message))
		name, _ := m.Headers[godbus.FieldMember].Value().(string)
		if err != nil || name != "JobRemoved" || len(m.Body) != 4 {
			return [][]byte{message}
		}
		return append(removed(m.Body[2].(string), result)(t), message)
	}
}

func owner(old, now string) func(*testing.T) [][]byte {
	return func(t *testing.T) [][]byte {
		return [][]byte{wire(t, godbus.TypeSignal, signalOf("org.freedesktop.DBus", "NameOwnerChanged"), "org.freedesktop.systemd1", old, now)}
	}
}

func signalOf(iface, member string) map[godbus.HeaderField]godbus.Variant {
	return map[godbus.HeaderField]godbus.Variant{
		godbus.FieldPath:      godbus.MakeVariant(godbus.ObjectPath("/org/freedesktop/systemd1")),
		godbus.FieldInterface: godbus.MakeVariant(iface),
		godbus.FieldMember:    godbus.MakeVariant(member),
	}
}

func reply(t *testing.T, to uint32) []byte {
	return wire(t, godbus.TypeMethodReply, map[godbus.HeaderField]godbus.Variant{godbus.FieldReplySerial: godbus.MakeVariant(to)})
}

func failure(t *testing.T, to uint32, name string) []byte {
	return wire(t, godbus.TypeError, map[godbus.HeaderField]godbus.Variant{
		godbus.FieldReplySerial: godbus.MakeVariant(to), godbus.FieldErrorName: godbus.MakeVariant(name),
	}, "forged")
}

// wire encodes by godbus, which is not the implementation under test.
func wire(t *testing.T, kind godbus.Type, headers map[godbus.HeaderField]godbus.Variant, body ...any) []byte {
	t.Helper()
	m := &godbus.Message{Type: kind, Flags: godbus.FlagNoReplyExpected, Headers: headers, Body: body}
	if len(body) > 0 {
		headers[godbus.FieldSignature] = godbus.MakeVariant(godbus.SignatureOf(body...))
	}
	var b bytes.Buffer
	if err := m.EncodeTo(&b, binary.LittleEndian); err != nil {
		t.Fatal(err)
	}
	out := b.Bytes()
	binary.LittleEndian.PutUint32(out[8:], 77) // godbus leaves the serial to its connection
	return out
}
