package x11

import (
	"bufio"
	"io"
)

// unit is the size of what a server sends: events and errors have it, replies may be longer.
const unit = 32

// mostReply bounds a reply: those asked for here are below 100 bytes.
const mostReply = 64 << 10

// read takes what the server sends, until the connection ends.
func (d *Display) read() {
	defer close(d.changed)
	defer close(d.replies)
	defer d.conn.Close()
	in := bufio.NewReader(d.conn)
	for {
		packet, err := next(in)
		if err != nil {
			return
		}
		switch kind := packet[0] &^ 0x80; { // the high bit marks what another client sent
		case packet[0] == isReply, packet[0] == isError && !d.isOfChange(packet):
			select {
			case d.replies <- packet:
			default: // one that nobody asked for
				return
			}
		case kind == propertyNotify && (order.Uint32(packet[8:]) == d.active || order.Uint32(packet[8:]) == d.check):
			select {
			case d.changed <- struct{}{}:
			default: // one is waiting to be seen
			}
		}
	}
}

// isOfChange reports whether an error is of the only request without a reply.
func (d *Display) isOfChange(packet []byte) bool { return packet[10] == changeWindowAttributes }

// next reads one reply, error or event.
func next(in io.Reader) ([]byte, error) {
	packet := make([]byte, unit)
	if _, err := io.ReadFull(in, packet); err != nil {
		return nil, err
	}
	if kind := packet[0] &^ 0x80; packet[0] != isReply && kind != genericEvent {
		return packet, nil
	}
	more := 4 * int64(order.Uint32(packet[4:]))
	if more > mostReply {
		return nil, errMalformed
	}
	packet = append(packet, make([]byte, more)...)
	_, err := io.ReadFull(in, packet[unit:])
	return packet, err
}
