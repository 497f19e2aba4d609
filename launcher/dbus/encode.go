package dbus

import "encoding/binary"

// An Encoder appends values in the wire format, little endian:
// https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol-marshaling
type Encoder struct{ b []byte }

// Align pads to a multiple of n, counted from the start: 8 before a struct.
func (e *Encoder) Align(n int) {
	for len(e.b)%n != 0 {
		e.b = append(e.b, 0)
	}
}

// Byte appends a BYTE.
func (e *Encoder) Byte(v byte) { e.b = append(e.b, v) }

// Uint32 appends a UINT32, or what has its form (BOOLEAN, INT32, UNIX_FD).
func (e *Encoder) Uint32(v uint32) {
	e.Align(4)
	e.b = binary.LittleEndian.AppendUint32(e.b, v)
}

// Uint64 appends a UINT64.
func (e *Encoder) Uint64(v uint64) {
	e.Align(8)
	e.b = binary.LittleEndian.AppendUint64(e.b, v)
}

// Text appends a STRING or an OBJECT_PATH.
func (e *Encoder) Text(s string) {
	e.Uint32(uint32(len(s)))
	e.b = append(append(e.b, s...), 0)
}

// Signature appends a SIGNATURE, such as the one that a VARIANT begins with.
func (e *Encoder) Signature(s string) {
	e.b = append(append(append(e.b, byte(len(s))), s...), 0)
}

// Array appends the length in bytes, the padding to the element's alignment,
// which does not count, and what elements appends.
func (e *Encoder) Array(alignment int, elements func()) {
	e.Uint32(0)
	at := len(e.b) - 4
	e.Align(alignment)
	start := len(e.b)
	elements()
	binary.LittleEndian.PutUint32(e.b[at:], uint32(len(e.b)-start))
}

// Texts appends an array of STRING.
func (e *Encoder) Texts(list []string) {
	e.Array(4, func() {
		for _, s := range list {
			e.Text(s)
		}
	})
}

// A Call is a method call. The fields are those of its header, and of the body.
type Call struct {
	Destination, Path, Interface, Member string

	Signature string // of the body; empty if there is none
	Body      func(*Encoder)
	FDs       uint32 // file descriptors that travel beside it
	AutoStart bool   // the bus may start the service for it
}

type messageType byte

const (
	methodCall   messageType = 1
	methodReturn messageType = 2
	methodError  messageType = 3
	signal       messageType = 4
)

// Header fields, "Message Format" in the specification.
const (
	fieldPath        = 1
	fieldInterface   = 2
	fieldMember      = 3
	fieldErrorName   = 4
	fieldReplySerial = 5
	fieldDestination = 6
	fieldSender      = 7
	fieldSignature   = 8
	fieldUnixFDs     = 9
)

// noAutoStart asks a bus not to start a service that is not there.
const noAutoStart = 2

// Message is the call on the wire under a serial number, which must not be 0.
func (c Call) Message(serial uint32) []byte {
	var body Encoder
	if c.Body != nil {
		c.Body(&body)
	}
	flags := byte(noAutoStart)
	if c.AutoStart {
		flags = 0
	}
	e := Encoder{b: make([]byte, 0, 256+len(body.b))}
	e.b = append(e.b, 'l', byte(methodCall), flags, 1)
	e.Uint32(uint32(len(body.b)))
	e.Uint32(serial)
	e.Array(8, func() {
		e.field(fieldPath, "o", c.Path)
		e.field(fieldDestination, "s", c.Destination)
		e.field(fieldInterface, "s", c.Interface)
		e.field(fieldMember, "s", c.Member)
		if c.Signature != "" {
			e.field(fieldSignature, "g", c.Signature)
		}
		if c.FDs > 0 {
			e.Align(8)
			e.b = append(e.b, fieldUnixFDs)
			e.Signature("u")
			e.Uint32(c.FDs)
		}
	})
	e.Align(8)
	return append(e.b, body.b...)
}

// field appends a header field that is a text or a signature.
func (e *Encoder) field(code byte, signature, value string) {
	e.Align(8)
	e.b = append(e.b, code)
	e.Signature(signature)
	if signature == "g" {
		e.Signature(value)
	} else {
		e.Text(value)
	}
}
