package dbus

import (
	"encoding/binary"
	"errors"
)

// maxMessage bounds what is read; the answers that are asked for are below 4 KiB.
const maxMessage = 1 << 20

// ErrMalformed says that what came is not a D-Bus message.
var ErrMalformed = errors.New("malformed D-Bus message")

// A Message is what came in: the header fields that are looked at here, and the
// body with its signature.
type Message struct {
	ReplySerial uint32 // of the call that it answers; 0 if it answers none
	Member      string // of a signal
	Sender      string // the unique name of the connection that it comes from, as a message bus has it
	Signature   string
	Body        []byte

	kind      messageType
	errorName string
}

// IsSignal tells a signal from an answer.
func (m Message) IsSignal() bool { return m.kind == signal }

// IsReply reports whether the message answers a call, well or with an error.
func (m Message) IsReply() bool { return m.kind == methodReturn || m.kind == methodError }

// A CallError is an error answer.
type CallError struct{ Name, Message string }

func (e *CallError) Error() string {
	if e.Message == "" {
		return e.Name
	}
	return e.Message
}

// Err is a *[CallError] if the message is an error answer, else nil.
func (m Message) Err() error {
	if m.kind != methodError {
		return nil
	}
	e := &CallError{Name: m.errorName}
	if len(m.Signature) > 0 && m.Signature[0] == 's' {
		e.Message = m.Read().Text()
	}
	return e
}

// Read begins to read the body.
func (m Message) Read() *Decoder { return &Decoder{b: m.Body} }

// messageLength tells how many bytes the message at the start of b has, 0 when
// b does not hold enough of it to tell.
func messageLength(b []byte) (int, error) {
	if len(b) < 16 {
		return 0, nil
	}
	if b[0] != 'l' || b[3] != 1 { // a bus and sd-bus answer in their own byte order, the machine's
		return 0, ErrMalformed
	}
	body, fields := binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint32(b[12:])
	if body > maxMessage || fields > maxMessage {
		return 0, ErrMalformed
	}
	return int((16+fields+7)/8*8 + body), nil
}

// decodeMessage reads one whole message, of the length that messageLength told.
func decodeMessage(b []byte) (Message, error) {
	fields := int(binary.LittleEndian.Uint32(b[12:]))
	m := Message{kind: messageType(b[1])}
	d := Decoder{b: b[:16+fields], at: 16}
	for d.at < len(d.b) && !d.Bad {
		d.align(8)
		code := d.byte()
		switch kind := d.Signature(); kind {
		case "s", "o":
			value := d.Text()
			switch code {
			case fieldMember:
				m.Member = value
			case fieldErrorName:
				m.errorName = value
			case fieldSender:
				m.Sender = value
			}
		case "g":
			value := d.Signature()
			if code == fieldSignature {
				m.Signature = value
			}
		case "u":
			value := d.Uint32()
			if code == fieldReplySerial {
				m.ReplySerial = value
			}
		default:
			return m, ErrMalformed
		}
	}
	start := (16 + fields + 7) / 8 * 8
	if d.Bad || start > len(b) {
		return m, ErrMalformed
	}
	m.Body = b[start:]
	return m, nil
}

// A Decoder reads values one after the other; what is not there sets Bad and
// reads as zero.
type Decoder struct {
	Bad bool

	b  []byte
	at int
}

func (d *Decoder) take(n int) []byte {
	if n < 0 || d.at+n > len(d.b) {
		d.Bad = true
		return nil
	}
	d.at += n
	return d.b[d.at-n : d.at]
}

func (d *Decoder) align(n int) {
	if r := d.at % n; r != 0 {
		d.take(n - r)
	}
}

func (d *Decoder) byte() byte {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

// Uint32 reads a UINT32.
func (d *Decoder) Uint32() uint32 {
	d.align(4)
	if b := d.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// Uint64 reads a UINT64.
func (d *Decoder) Uint64() uint64 {
	d.align(8)
	if b := d.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// Text reads a STRING or an OBJECT_PATH.
func (d *Decoder) Text() string { return d.text(d.Uint32()) }

// Texts reads an ARRAY of STRING.
func (d *Decoder) Texts() []string {
	n := d.Uint32()
	if n > maxMessage {
		d.Bad = true
		return nil
	}
	var list []string
	for end := d.at + int(n); d.at < end && !d.Bad; {
		list = append(list, d.Text())
	}
	return list
}

// Signature reads a SIGNATURE, such as the one that a VARIANT begins with.
func (d *Decoder) Signature() string { return d.text(uint32(d.byte())) }

func (d *Decoder) text(n uint32) string {
	if n > maxMessage {
		d.Bad = true
		return ""
	}
	b := d.take(int(n) + 1)
	if b == nil {
		return ""
	}
	return string(b[:n])
}
