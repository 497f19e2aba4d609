//go:build rig

package session

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"

	godbus "github.com/godbus/dbus/v5"
)

// socket listens where a manager would, in the stage's folder, and is closed with
// the file left there.
func (s *stage) socket() *net.UnixListener {
	s.t.Helper()
	s.write(s.dir+"/systemd/.keep", "")
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: s.dir + "/systemd/private"})
	s.must(err)
	l.SetUnlinkOnClose(false)
	s.t.Cleanup(func() { l.Close() })
	return l
}

// TestSocket stands in for managers that are not well.
func TestSocket(t *testing.T) {
	const greeting = "OK 0123456789abcdef0123456789abcdef\r\nAGREE_UNIX_FD\r\n"
	for _, test := range []struct {
		name   string
		answer func(net.Conn) // of each connection; then it is closed
		says   []string
	}{
		{"never answers", func(c net.Conn) { io.Copy(io.Discard, c) }, []string{"limits", "does not answer"}},
		{"welcomes and falls silent", func(c net.Conn) {
			io.WriteString(c, greeting)
			io.Copy(io.Discard, c)
		}, []string{"limits", "does not answer"}},
		{"hangs up after the greeting", func(c net.Conn) { bufio.NewReader(c).ReadString('N') }, []string{"limits"}},
		{"hangs up after the request", func(c net.Conn) {
			io.WriteString(c, greeting)
			c.Read(make([]byte, 1))
			readCall(c)
		}, []string{"limits"}},
		{"refuses the user", func(c net.Conn) {
			bufio.NewReader(c).ReadString('N')
			io.WriteString(c, "REJECTED EXTERNAL\r\n")
		}, []string{"limits", "refuses"}},
		{"speaks another language", func(c net.Conn) {
			c.Read(make([]byte, 64))
			io.WriteString(c, strings.Repeat("HTTP/1.1 400 Bad Request\r\n\r\n", 100))
		}, []string{"limits"}},
		{"sends rubbish", func(c net.Conn) {
			io.WriteString(c, greeting+strings.Repeat("\xff", 4096))
			io.Copy(io.Discard, c)
		}, []string{"limits"}},
		{"trickles for ever", func(c net.Conn) {
			io.WriteString(c, greeting)
			trickle(c)
		}, []string{"limits"}},
		{"denies access", func(c net.Conn) {
			io.WriteString(c, greeting)
			denyAll(c)
		}, []string{"limits", "Permission denied"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := plainStage(t)
			l := s.socket()
			go serve(l, test.answer)
			s.runtimeDir("XDG_RUNTIME_DIR=" + s.dir)
			fault{stage: s, says: test.says}.check(t)
		})
	}
}

func serve(l net.Listener, answer func(net.Conn)) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			answer(c)
		}()
	}
}

// readCall reads the greeting and the first message.
func readCall(c net.Conn) (*bufio.Reader, *godbus.Message) {
	r := bufio.NewReader(c)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return nil, nil
		}
		if line == "BEGIN\r\n" {
			break
		}
	}
	m, err := godbus.DecodeMessage(r)
	if err != nil {
		return nil, nil
	}
	return r, m
}

// denyAll answers every call as a manager behind SELinux would.
func denyAll(c net.Conn) {
	r, m := readCall(c)
	for m != nil {
		answer := &godbus.Message{
			Type: godbus.TypeError, Flags: godbus.FlagNoReplyExpected,
			Headers: map[godbus.HeaderField]godbus.Variant{
				godbus.FieldErrorName:   godbus.MakeVariant("org.freedesktop.DBus.Error.AccessDenied"),
				godbus.FieldReplySerial: godbus.MakeVariant(m.Serial()),
				godbus.FieldSignature:   godbus.MakeVariant(godbus.SignatureOf("")),
			},
			Body: []any{"Permission denied"},
		}
		if answer.EncodeTo(c, binary.LittleEndian) != nil {
			return
		}
		var err error
		if m, err = godbus.DecodeMessage(r); err != nil {
			return
		}
	}
}

// trickle sends one signal after the other that is none of ours.
func trickle(c net.Conn) {
	r, _ := readCall(c)
	if r == nil {
		return
	}
	noise := &godbus.Message{
		Type: godbus.TypeSignal, Flags: godbus.FlagNoReplyExpected,
		Headers: map[godbus.HeaderField]godbus.Variant{
			godbus.FieldPath:      godbus.MakeVariant(godbus.ObjectPath("/org/freedesktop/systemd1")),
			godbus.FieldInterface: godbus.MakeVariant("org.freedesktop.systemd1.Manager"),
			godbus.FieldMember:    godbus.MakeVariant("UnitNew"),
		},
	}
	for noise.EncodeTo(c, binary.LittleEndian) == nil {
	}
}
