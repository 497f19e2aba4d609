// Package dbus speaks D-Bus over a socket: to a message bus, or to the private
// socket of a systemd. It knows no services; those who call it do.
//
// A Conn is blocking and single-threaded on purpose: a launch has nothing else to
// wait for, and the runtime's poller would cost a thread.
//
// # Why not godbus here
//
// A few messages of fixed shape go out and a few come in. godbus writes and reads
// them by reflection, keeps the serial number of a message to itself, and links
// package net: together 0.2 to 0.3 ms of a launch, where the whole exchange with
// systemd takes about 3 (go test -bench Wire ./launcher/systemd). The tests hold
// this codec against it, in both directions.
package dbus

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"time"
)

// A Conn is one connection.
type Conn struct {
	Deadline time.Time // every wait on the Conn ends there

	// Longer, if it is set, is asked whenever the deadline has passed how much longer to
	// wait, until it says that it is over: 0.
	Longer func() time.Duration

	path     string
	fd       int
	in       []byte // received and not yet read
	welcomed bool   // the answer to AUTH has been read
	takesFDs bool   // and says that descriptors may travel
	serial   uint32
	late     int  // reads after the deadline
	graced   bool // the deadline has been moved
}

// After the deadline a Conn still takes what has come. If there is something, or
// something had to be sent, it was this process that did not run meanwhile (SIGSTOP,
// a suspended machine), and not the other side that kept it waiting: once, that gets
// grace. lateReads bounds it for one that never stops talking.
const (
	grace     = 500 * time.Millisecond
	lateReads = 16
)

func (c *Conn) graceOnce() {
	if now := time.Now(); !c.graced && now.After(c.Deadline) {
		c.graced, c.Deadline = true, now.Add(grace)
	}
}

// extended reports whether the deadline has been moved by what Longer says.
func (c *Conn) extended() bool {
	if c.Longer == nil {
		return false
	}
	more := c.Longer()
	if more <= 0 {
		c.Longer = nil
		return false
	}
	c.Deadline = time.Now().Add(more)
	return true
}

// ErrDeadline says that the other side did not answer in time.
var ErrDeadline = errors.New("no answer in time")

// Dial connects to the socket at path, where a leading @ stands for the NUL byte
// of an abstract name (unix(7)), and sends the greeting with the first calls
// behind it, whose serial numbers are 1, 2 and so on. It awaits nothing. The
// descriptor closes on exec.
//
// AUTH EXTERNAL names nobody: the other side takes the uid that the kernel tells it
// (SO_PEERCRED), which in a user namespace is another than ours. It answers with a
// challenge, "DATA", for which the empty one is sent at once (D-Bus specification,
// "EXTERNAL"; sd-bus does the same), so that it costs no time.
func Dial(path string, deadline time.Time, first ...Call) (*Conn, error) {
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("open a socket: %w", err)
	}
	c := &Conn{Deadline: deadline, path: path, fd: fd}
	if err := c.greet(first); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func (c *Conn) greet(first []Call) error {
	c.graceOnce()
	if err := c.arm(syscall.SO_SNDTIMEO); err != nil { // bounds connect(2) too, unix(7)
		return err
	}
	if err := syscall.Connect(c.fd, &syscall.SockaddrUnix{Name: c.path}); err != nil {
		return fmt.Errorf("connect to %q: %w", c.path, err)
	}
	greeting := []byte("\x00AUTH EXTERNAL\r\nDATA\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n")
	for _, call := range first {
		greeting = append(greeting, call.Message(c.NextSerial())...)
	}
	return c.Send(greeting, nil)
}

// Close ends the connection.
func (c *Conn) Close() { syscall.Close(c.fd) }

// Listener is the PID of the process that listens at the socket, in our PID namespace;
// 0 if that has none for it (unix(7), SO_PEERCRED).
func (c *Conn) Listener() (int, error) {
	peer, err := syscall.GetsockoptUcred(c.fd, syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	if err != nil {
		return 0, err
	}
	return int(peer.Pid), nil
}

// NextSerial numbers a call.
func (c *Conn) NextSerial() uint32 {
	c.serial++
	return c.serial
}

// arm sets a timeout of the socket to what is left until the deadline.
func (c *Conn) arm(option int) error {
	left := time.Until(c.Deadline)
	if left <= 0 {
		return ErrDeadline
	}
	tv := syscall.NsecToTimeval(left.Nanoseconds())
	if tv.Sec == 0 && tv.Usec == 0 {
		tv.Usec = 1 // 0 would mean: no timeout
	}
	return syscall.SetsockoptTimeval(c.fd, syscall.SOL_SOCKET, option, &tv)
}

// Send writes messages, with descriptors beside the first byte (unix(7), SCM_RIGHTS).
func (c *Conn) Send(b, rights []byte) error {
	c.graceOnce()
	for len(b) > 0 {
		n, err := syscall.SendmsgN(c.fd, b, rights, nil, syscall.MSG_NOSIGNAL)
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.EAGAIN:
			return ErrDeadline
		case err != nil:
			return fmt.Errorf("write to %q: %w", c.path, err)
		}
		b, rights = b[n:], nil
	}
	return nil
}

// receive reads once, at least one byte, into c.in. After the deadline it does not
// wait.
func (c *Conn) receive() error {
	flags := 0
	if err := c.arm(syscall.SO_RCVTIMEO); errors.Is(err, ErrDeadline) && c.late < lateReads {
		c.late++
		flags = syscall.MSG_DONTWAIT
	} else if err != nil {
		return err
	}
	var buf [8192]byte
	for {
		n, _, err := syscall.Recvfrom(c.fd, buf[:], flags)
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.EAGAIN && c.extended() && c.arm(syscall.SO_RCVTIMEO) == nil:
			flags = 0
			continue
		case err == syscall.EAGAIN:
			return ErrDeadline
		case err != nil:
			return fmt.Errorf("read from %q: %w", c.path, err)
		case n == 0:
			return io.ErrUnexpectedEOF
		}
		c.in = append(c.in, buf[:n]...)
		c.graceOnce()
		return nil
	}
}

// welcome reads the answer to the greeting: "DATA", "OK GUID", then "AGREE_UNIX_FD"
// or "ERROR" (D-Bus specification, "Authentication Protocol").
func (c *Conn) welcome() error {
	for !c.welcomed {
		ok, rest, whole := strings.Cut(strings.TrimPrefix(string(c.in), "DATA\r\n"), "\r\n")
		fds, rest, both := strings.Cut(rest, "\r\n")
		switch {
		case whole && !strings.HasPrefix(ok, "OK"): // "REJECTED"
			return fmt.Errorf("what answers at %q refuses this user: %q", c.path, ok)
		case both:
			c.welcomed, c.takesFDs, c.in = true, fds == "AGREE_UNIX_FD", []byte(rest)
		case len(c.in) > 512:
			return fmt.Errorf("what answers at %q speaks no D-Bus: %w", c.path, ErrMalformed)
		default:
			if err := c.receive(); err != nil {
				return err
			}
		}
	}
	return nil
}

// TakesFDs waits for the answer to the greeting, which says whether descriptors
// may travel.
func (c *Conn) TakesFDs() (bool, error) {
	err := c.welcome()
	return c.takesFDs, err
}

// Next waits for a message.
func (c *Conn) Next() (Message, error) {
	if err := c.welcome(); err != nil {
		return Message{}, err
	}
	for {
		n, err := messageLength(c.in)
		if err != nil {
			return Message{}, err
		}
		if n > 0 && len(c.in) >= n {
			m, err := decodeMessage(c.in[:n])
			c.in = c.in[n:]
			return m, err
		}
		if err := c.receive(); err != nil {
			return Message{}, err
		}
	}
}

// name is that of the message bus itself.
const name = "org.freedesktop.DBus"

// Hello is what a message bus wants to hear before it carries anything.
var Hello = Call{Destination: name, Path: "/org/freedesktop/DBus", Interface: name, Member: "Hello"}

// Match asks a message bus for the signals of a rule.
func Match(rule string) Call {
	return Call{
		Destination: name, Path: "/org/freedesktop/DBus", Interface: name, Member: "AddMatch", Signature: "s",
		Body: func(e *Encoder) { e.Text(rule) },
	}
}
