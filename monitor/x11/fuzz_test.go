package x11

import (
	"bytes"
	"testing"
)

// FuzzServer: whatever an X server sends, each message ends the reader or is whole, and no more is
// read out of it than it holds.
func FuzzServer(f *testing.F) {
	reply := make([]byte, unit+8)
	reply[0], reply[4] = isReply, 2
	f.Add(setup(), byte(1))
	f.Add(append(bytes.Clone(reply), make([]byte, unit)...), byte(0))
	f.Add([]byte{isReply, 32, 0, 0, 0xff, 0xff, 0xff, 0xff}, byte(255))
	f.Fuzz(func(t *testing.T, sent []byte, screen byte) {
		if _, err := rootOf(sent, int(screen)); err == nil && len(sent) < 72 {
			t.Errorf("a root window in %d bytes", len(sent))
		}
		in := bytes.NewReader(sent)
		for {
			left := in.Len()
			message, err := next(in)
			if err != nil {
				return
			}
			if len(message) < unit || len(message) > left {
				t.Fatalf("a message of %d bytes in %d", len(message), left)
			}
			windowIn(message)
			if pids := pidsIn(message); len(pids)*16 > len(message) {
				t.Errorf("%d clients in %d bytes", len(pids), len(message))
			}
		}
	})
}
