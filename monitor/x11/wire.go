package x11

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Opcodes and numbers of the core protocol (x11proto, X.h and Xproto.h).
const (
	changeWindowAttributes = 2
	internAtom             = 16
	getProperty            = 20
	queryExtension         = 98

	eventMask      = 1 << 11 // CWEventMask
	propertyChange = 1 << 22 // PropertyChangeMask
	typeWindow     = 33      // XA_WINDOW

	isError        = 0
	isReply        = 1
	propertyNotify = 28
	genericEvent   = 35
)

// Of the X-Resource extension (resourceproto, XResproto.h).
const (
	queryVersion   = 0
	queryClientIDs = 4
	localClientPID = 1 << 1
)

// order is the byte order that is asked for in the greeting.
var order = binary.LittleEndian

var errMalformed = errors.New("the X server's answer is malformed")

// padded is a length that ends on a multiple of four bytes.
func padded(n int) int { return (n + 3) &^ 3 }

// greeting begins a connection.
func greeting(secret []byte) []byte {
	name := cookieName
	if secret == nil {
		name = ""
	}
	b := []byte{'l', 0}
	b = order.AppendUint16(b, 11)
	b = order.AppendUint16(b, 0)
	b = order.AppendUint16(b, uint16(len(name)))
	b = order.AppendUint16(b, uint16(len(secret)))
	b = append(b, 0, 0)
	b = appendPadded(b, name)
	return appendPadded(b, string(secret))
}

func appendPadded(b []byte, text string) []byte {
	b = append(b, text...)
	return append(b, make([]byte, padded(len(text))-len(text))...)
}

// request is one request: opcode and data in the first four bytes, then words.
func request(opcode, data byte, words ...uint32) []byte {
	b := []byte{opcode, data}
	b = order.AppendUint16(b, uint16(1+len(words)))
	for _, w := range words {
		b = order.AppendUint32(b, w)
	}
	return b
}

// named is a request with a name: InternAtom or QueryExtension.
func named(opcode byte, name string) []byte {
	b := request(opcode, 0, uint32(len(name)))
	b = appendPadded(b, name)
	order.PutUint16(b[2:], uint16(len(b)/4))
	return b
}

// rootOf finds the root window of a screen in what follows the first eight bytes of the
// server's answer to the greeting.
func rootOf(setup []byte, screen int) (uint32, error) {
	const fixed, format, screenSize, depthSize, visualSize = 32, 8, 40, 8, 24
	if len(setup) < fixed {
		return 0, errMalformed
	}
	screens, formats := int(setup[20]), int(setup[21])
	at := fixed + padded(int(order.Uint16(setup[16:]))) + format*formats
	if screen >= screens {
		return 0, fmt.Errorf("the X server has no screen %d", screen)
	}
	for ; ; screen-- {
		if len(setup) < at+screenSize {
			return 0, errMalformed
		}
		if screen == 0 {
			return order.Uint32(setup[at:]), nil
		}
		depths := int(setup[at+39])
		at += screenSize
		for range depths {
			if len(setup) < at+depthSize {
				return 0, errMalformed
			}
			at += depthSize + visualSize*int(order.Uint16(setup[at+2:]))
		}
	}
}

// windowIn is the one window in the answer to GetProperty; ok is false if the property is not
// there, or not of that form.
func windowIn(reply []byte) (window uint32, ok bool) {
	if len(reply) < 36 || reply[1] != 32 || order.Uint32(reply[8:]) != typeWindow || order.Uint32(reply[16:]) == 0 {
		return 0, false
	}
	return order.Uint32(reply[32:]), true
}

// pidsIn are the PIDs in the answer to QueryClientIds: none of a client of another machine.
func pidsIn(reply []byte) []int {
	var pids []int
	const head = 12 // a client, a mask, and a length in bytes
	for rest := reply[min(len(reply), 32):]; len(rest) >= head; {
		size := padded(int(order.Uint32(rest[8:])))
		if size > len(rest)-head {
			break
		}
		if order.Uint32(rest[4:])&localClientPID != 0 && size >= 4 {
			pids = append(pids, int(order.Uint32(rest[head:])))
		}
		rest = rest[head+size:]
	}
	return pids
}
