package manager

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A Conn is one conversation with a user manager. It is blocking and
// single-threaded on purpose: a launch has nothing else to wait for, and the
// runtime's poller would cost a thread.
type Conn struct {
	runtimeDir string
	route      route
	deadline   time.Time // of everything
	turn       time.Time // of this route, while there is another
	fd         int
	in         []byte // received and not yet read
	welcomed   bool   // the answer to AUTH has been read
	takesFDs   bool   // and says that descriptors may travel

	serial      uint32
	helloSerial uint32
	memo        memo
}

// A route is a socket below the runtime folder that leads to the manager.
type route string

const (
	bus     route = "/bus"             // the user's message bus, systemd's own dbus.socket
	private route = "/systemd/private" // the manager itself
)

// ErrDeadline says that the manager did not answer in time.
var ErrDeadline = errors.New("no answer in time")

// ErrQueued says that the manager has taken the request, and that the scope waits for
// another job, such as that of graphical-session.target in a session that starts.
var ErrQueued = errors.New("the scope still waits for another job of the user manager")

// Dial connects to the manager whose sockets lie in runtimeDir
// ($XDG_RUNTIME_DIR) and sends the greeting; it awaits nothing. Everything on
// the Conn ends at deadline. The descriptor closes on exec.
//
// Only the peer's uid as the kernel tells it (SO_PEERCRED) counts for the
// other side; the uid in AUTH EXTERNAL must merely agree with it.
func Dial(runtimeDir string, deadline time.Time) (*Conn, error) {
	c := &Conn{runtimeDir: runtimeDir, deadline: deadline, fd: -1}
	c.memo.path = runtimeDir + "/electroscope/manager"
	c.turn = time.Now().Add(time.Until(deadline) / 2)
	if c.dial(bus) == nil {
		return c, nil
	}
	return c, c.dialPrivate()
}

// dialPrivate calls a manager that executes itself anew (systemctl --user
// daemon-reexec): it hangs up, takes connections into the backlog of a socket
// that it is about to close, and then has none for about a tenth of a second.
func (c *Conn) dialPrivate() error {
	c.turn = c.deadline
	err := c.dial(private)
	for end := time.Now().Add(absence); away(err) && time.Now().Before(end); err = c.dial(private) {
		time.Sleep(pause)
	}
	return err
}

func (c *Conn) dial(r route) error {
	c.Close()
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("open a socket: %w", err)
	}
	c.fd, c.route, c.in, c.welcomed, c.takesFDs = fd, r, nil, false, false
	if err := c.arm(syscall.SO_SNDTIMEO); err != nil { // bounds connect(2) too, unix(7)
		return err
	}
	if err := syscall.Connect(fd, &syscall.SockaddrUnix{Name: c.socket()}); err != nil {
		return fmt.Errorf("connect to %q: %w", c.socket(), err)
	}
	uid := hex.EncodeToString([]byte(strconv.Itoa(os.Getuid())))
	greeting := []byte("\x00AUTH EXTERNAL " + uid + "\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n")
	if r == bus {
		c.helloSerial = c.nextSerial()
		greeting = append(greeting, hello.message(c.helloSerial)...)
		greeting = append(greeting, match(jobsEnd).message(c.nextSerial())...)
		greeting = append(greeting, match(managerLeaves).message(c.nextSerial())...)
	}
	return c.send(greeting, nil)
}

func (c *Conn) socket() string { return c.runtimeDir + string(c.route) }

// Close ends the conversation. A launch need not call it: exec closes.
func (c *Conn) Close() {
	if c.fd >= 0 {
		syscall.Close(c.fd)
		c.fd = -1
	}
}

// arm sets a timeout of the socket to what is left until the deadline.
func (c *Conn) arm(option int) error {
	left := time.Until(c.turn)
	if left <= 0 {
		return ErrDeadline
	}
	tv := syscall.NsecToTimeval(left.Nanoseconds())
	if tv.Sec == 0 && tv.Usec == 0 {
		tv.Usec = 1 // 0 would mean: no timeout
	}
	return syscall.SetsockoptTimeval(c.fd, syscall.SOL_SOCKET, option, &tv)
}

func (c *Conn) send(b, rights []byte) error {
	for len(b) > 0 {
		n, err := syscall.SendmsgN(c.fd, b, rights, nil, syscall.MSG_NOSIGNAL)
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.EAGAIN:
			return ErrDeadline
		case err != nil:
			return fmt.Errorf("write to %q: %w", c.socket(), err)
		}
		b, rights = b[n:], nil
	}
	return nil
}

// receive reads once, at least one byte, into c.in.
func (c *Conn) receive() error {
	if err := c.arm(syscall.SO_RCVTIMEO); err != nil {
		return err
	}
	var buf [8192]byte
	for {
		n, err := syscall.Read(c.fd, buf[:])
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.EAGAIN:
			return ErrDeadline
		case err != nil:
			return fmt.Errorf("read from %q: %w", c.socket(), err)
		case n == 0:
			return io.ErrUnexpectedEOF
		}
		c.in = append(c.in, buf[:n]...)
		return nil
	}
}

// welcome reads the answer to the greeting: "OK GUID", then "AGREE_UNIX_FD" or
// "ERROR" (D-Bus specification, "Authentication Protocol").
func (c *Conn) welcome() error {
	for !c.welcomed {
		ok, rest, whole := strings.Cut(string(c.in), "\r\n")
		fds, rest, both := strings.Cut(rest, "\r\n")
		switch {
		case whole && !strings.HasPrefix(ok, "OK"):
			return fmt.Errorf("manager at %q refuses this user: %q", c.socket(), ok)
		case both:
			c.welcomed, c.takesFDs, c.in = true, fds == "AGREE_UNIX_FD", []byte(rest)
		case len(c.in) > 512:
			return fmt.Errorf("what answers at %q is no systemd: %w", c.socket(), errMalformed)
		default:
			if err := c.receive(); err != nil {
				return err
			}
		}
	}
	return nil
}

// next reads one message.
func (c *Conn) next() (message, error) {
	if err := c.welcome(); err != nil {
		return message{}, err
	}
	for {
		n, err := messageLength(c.in)
		if err != nil {
			return message{}, err
		}
		if n > 0 && len(c.in) >= n {
			m, err := decodeMessage(c.in[:n])
			c.in = c.in[n:]
			return m, err
		}
		if err := c.receive(); err != nil {
			return message{}, err
		}
	}
}

// absence is how long a manager that executes itself anew is called, every pause.
const (
	absence = 500 * time.Millisecond
	pause   = 5 * time.Millisecond
)

// errGone says that the manager has left the bus.
var errGone = errors.New("the user manager left the bus")

// away tells whether the manager hung up or does not listen.
func away(err error) bool {
	return errors.Is(err, errGone) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		errors.Is(err, syscall.ECONNREFUSED)
}
