//go:build rig

package faults

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"time"
)

// errStalled says that nothing more is to go on, and that nobody hangs up.
var errStalled = errors.New("stalled")

type straightOn struct{}

func (straightOn) pass(chunk []byte, to io.Writer) error {
	_, err := to.Write(chunk)
	return err
}

func straight() spoiler { return straightOn{} }

// atByte lets n bytes pass, then does something to the rest.
type atByte struct {
	left int
	then func(rest []byte, to io.Writer) error
}

func (a *atByte) pass(chunk []byte, to io.Writer) error {
	if a.left < 0 {
		return a.then(chunk, to)
	}
	n := min(a.left, len(chunk))
	if _, err := to.Write(chunk[:n]); err != nil {
		return err
	}
	a.left -= n
	if n == len(chunk) {
		return nil
	}
	a.left = -1
	return a.then(chunk[n:], to)
}

// once does something to the first bytes it is given, and lets the rest pass.
func once(change func(rest []byte) []byte) func([]byte, io.Writer) error {
	done := false
	return func(rest []byte, to io.Writer) error {
		if !done {
			done, rest = true, change(rest)
		}
		_, err := to.Write(rest)
		return err
	}
}

// A damage is what can happen to a stream at its byte n.
type damage struct {
	name string
	make func() func(rest []byte, to io.Writer) error
}

func flip(mask byte) func() func([]byte, io.Writer) error {
	return func() func([]byte, io.Writer) error {
		return once(func(b []byte) []byte { b[0] ^= mask; return b })
	}
}

func closed() func([]byte, io.Writer) error { return func([]byte, io.Writer) error { return io.EOF } }
func stalled() func([]byte, io.Writer) error {
	return func([]byte, io.Writer) error { return errStalled }
}

// damages are those of replies. A request that says something else is not a fault
// but another request; of requests only the end is tried.
var damages = []damage{
	{"closed", closed},
	{"stalled", stalled},
	{"lowest bit flipped", flip(0x01)},
	{"case flipped", flip(0x20)},
	{"highest bit flipped", flip(0x80)},
	{"all bits flipped", flip(0xff)},
	{"a byte lost", func() func([]byte, io.Writer) error {
		return once(func(b []byte) []byte { return b[1:] })
	}},
	{"a byte twice", func() func([]byte, io.Writer) error {
		return once(func(b []byte) []byte { return append([]byte{b[0]}, b...) })
	}},
	{"noise between", func() func([]byte, io.Writer) error {
		return once(func(b []byte) []byte { return append(bytes.Repeat([]byte{0xa5}, 40), b...) })
	}},
	{"dripping", func() func([]byte, io.Writer) error { return drip }},
}

// drip sends byte by byte; what a whole reply has takes longer than patience.
func drip(rest []byte, to io.Writer) error {
	for i := range rest {
		if _, err := to.Write(rest[i : i+1]); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return nil
}

// byMessage cuts the stream into the lines of the greeting and the messages behind
// it, and has each of the messages changed into those that shall be sent for it.
type byMessage struct {
	rest   []byte
	change func(message []byte) [][]byte
}

func (m *byMessage) pass(chunk []byte, to io.Writer) error {
	m.rest = append(m.rest, chunk...)
	for len(m.rest) > 0 {
		// A message begins with its byte order, a line with its command: OK, DATA …
		line := m.rest[0] != 'l' && m.rest[0] != 'B'
		n := messageLength(m.rest)
		if line {
			n = bytes.IndexByte(m.rest, '\n') + 1
		}
		if n == 0 || n > len(m.rest) {
			return nil
		}
		out := [][]byte{m.rest[:n]}
		if !line {
			out = m.change(bytes.Clone(m.rest[:n]))
		}
		m.rest = m.rest[n:]
		for _, b := range out {
			if _, err := to.Write(b); err != nil {
				return err
			}
		}
	}
	return nil
}

// messageLength is that of the first message, 0 if its fixed part is not there yet
// (D-Bus specification, "Message Format").
func messageLength(b []byte) int {
	if len(b) < 16 {
		return 0
	}
	order := binary.ByteOrder(binary.LittleEndian)
	if b[0] == 'B' {
		order = binary.BigEndian
	}
	body, fields := int(order.Uint32(b[4:])), int(order.Uint32(b[12:]))
	return 16 + (fields+7)/8*8 + body
}
