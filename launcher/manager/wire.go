package manager

import (
	"encoding/binary"
	"errors"
)

// The D-Bus wire format, little endian, as far as this exchange needs it:
// https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol-marshaling

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
	fieldSignature   = 8
	fieldUnixFDs     = 9
)

// noAutoStart asks a bus not to start a service that is not there.
const noAutoStart = 2

// maxMessage bounds what is read; the answers of this exchange are below 4 KiB.
const maxMessage = 1 << 20

// An encoder appends values to b. Alignment counts from the start of b.
type encoder struct{ b []byte }

func (e *encoder) align(n int) {
	for len(e.b)%n != 0 {
		e.b = append(e.b, 0)
	}
}

func (e *encoder) uint32(v uint32) {
	e.align(4)
	e.b = binary.LittleEndian.AppendUint32(e.b, v)
}

func (e *encoder) uint64(v uint64) {
	e.align(8)
	e.b = binary.LittleEndian.AppendUint64(e.b, v)
}

func (e *encoder) string(s string) {
	e.uint32(uint32(len(s)))
	e.b = append(append(e.b, s...), 0)
}

func (e *encoder) signature(s string) {
	e.b = append(append(append(e.b, byte(len(s))), s...), 0)
}

// array writes the length in bytes, the padding to the element's alignment,
// which does not count, and what elements appends.
func (e *encoder) array(alignment int, elements func()) {
	e.uint32(0)
	at := len(e.b) - 4
	e.align(alignment)
	start := len(e.b)
	elements()
	binary.LittleEndian.PutUint32(e.b[at:], uint32(len(e.b)-start))
}

func (e *encoder) strings(list []string) {
	e.array(4, func() {
		for _, s := range list {
			e.string(s)
		}
	})
}

// A call is a method call, on an object of the manager where dest is empty.
type call struct {
	dest                string
	path, iface, member string
	signature           string
	fds                 uint32 // file descriptors that travel beside it
	body                func(*encoder)
}

// message renders the call under a serial number, which must not be 0.
func (c call) message(serial uint32) []byte {
	var body encoder
	if c.body != nil {
		c.body(&body)
	}
	if c.dest == "" {
		c.dest = "org.freedesktop.systemd1"
	}
	e := encoder{b: make([]byte, 0, 256+len(body.b))}
	e.b = append(e.b, 'l', byte(methodCall), noAutoStart, 1)
	e.uint32(uint32(len(body.b)))
	e.uint32(serial)
	field := func(code byte, signature, value string) {
		e.align(8)
		e.b = append(e.b, code)
		e.signature(signature)
		if signature == "g" {
			e.signature(value)
		} else {
			e.string(value)
		}
	}
	e.array(8, func() {
		field(fieldPath, "o", c.path)
		field(fieldDestination, "s", c.dest)
		field(fieldInterface, "s", c.iface)
		field(fieldMember, "s", c.member)
		if c.signature != "" {
			field(fieldSignature, "g", c.signature)
		}
		if c.fds > 0 {
			e.align(8)
			e.b = append(e.b, fieldUnixFDs)
			e.signature("u")
			e.uint32(c.fds)
		}
	})
	e.align(8)
	return append(e.b, body.b...)
}

var errMalformed = errors.New("malformed D-Bus message")

// A message is what came in: the header fields that this exchange looks at, and
// the body with its signature.
type message struct {
	kind        messageType
	replySerial uint32
	member      string
	errorName   string
	signature   string
	body        []byte
}

// messageLength tells how many bytes the message at the start of b has, 0 when
// b does not hold enough of it to tell.
func messageLength(b []byte) (int, error) {
	if len(b) < 16 {
		return 0, nil
	}
	if b[0] != 'l' || b[3] != 1 { // sd-bus answers in its own byte order, the machine's
		return 0, errMalformed
	}
	body, fields := binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint32(b[12:])
	if body > maxMessage || fields > maxMessage {
		return 0, errMalformed
	}
	return int((16+fields+7)/8*8 + body), nil
}

// decodeMessage reads one whole message, of the length that messageLength told.
func decodeMessage(b []byte) (message, error) {
	fields := int(binary.LittleEndian.Uint32(b[12:]))
	m := message{kind: messageType(b[1])}
	d := decoder{b: b[:16+fields], at: 16}
	for d.at < len(d.b) && !d.bad {
		d.align(8)
		code := d.byte()
		switch kind := d.signature(); kind {
		case "s", "o":
			value := d.string()
			switch code {
			case fieldMember:
				m.member = value
			case fieldErrorName:
				m.errorName = value
			}
		case "g":
			value := d.signature()
			if code == fieldSignature {
				m.signature = value
			}
		case "u":
			value := d.uint32()
			if code == fieldReplySerial {
				m.replySerial = value
			}
		default:
			return m, errMalformed
		}
	}
	start := (16 + fields + 7) / 8 * 8
	if d.bad || start > len(b) {
		return m, errMalformed
	}
	m.body = b[start:]
	return m, nil
}

// A decoder reads values from b; what is not there sets bad and reads as zero.
type decoder struct {
	b   []byte
	at  int
	bad bool
}

func (d *decoder) take(n int) []byte {
	if n < 0 || d.at+n > len(d.b) {
		d.bad = true
		return nil
	}
	d.at += n
	return d.b[d.at-n : d.at]
}

func (d *decoder) align(n int) {
	if r := d.at % n; r != 0 {
		d.take(n - r)
	}
}

func (d *decoder) byte() byte {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *decoder) uint32() uint32 {
	d.align(4)
	if b := d.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (d *decoder) uint64() uint64 {
	d.align(8)
	if b := d.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (d *decoder) text(n uint32) string {
	if n > maxMessage {
		d.bad = true
		return ""
	}
	b := d.take(int(n) + 1)
	if b == nil {
		return ""
	}
	return string(b[:n])
}

func (d *decoder) string() string    { return d.text(d.uint32()) }
func (d *decoder) signature() string { return d.text(uint32(d.byte())) }
