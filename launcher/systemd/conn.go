package systemd

import (
	"errors"
	"io"
	"syscall"
	"time"

	"electroscope/launcher/dbus"
	"electroscope/launcher/machine"
)

// A Conn is one conversation with a user manager.
type Conn struct {
	*dbus.Conn // its deadline is that of this route, while there is another
	runtimeDir string
	route      route
	deadline   time.Time     // of everything
	moved      bool          // the deadline has been, for a busy machine
	patience   time.Duration // from Dial to the deadline, on a machine that is not busy

	helloSerial uint32 // 0 on the private socket, which takes no Hello
	memo        memo
}

// A route is a socket below the runtime folder that leads to the manager.
type route string

const (
	public  route = "/bus"             // the user's message bus, systemd's own dbus.socket
	private route = "/systemd/private" // the manager itself
)

// ErrDeadline says that the manager did not answer in time.
var ErrDeadline = dbus.ErrDeadline

// ErrQueued says that the manager has taken the request, and that the scope waits for
// another job, such as that of graphical-session.target in a session that starts.
var ErrQueued = errors.New("the scope still waits for another job of the user manager")

// Dial connects to the manager whose sockets lie in runtimeDir
// ($XDG_RUNTIME_DIR) and sends the greeting; it awaits nothing. Everything on
// the Conn ends at deadline. The descriptor closes on exec.
func Dial(runtimeDir string, deadline time.Time) (*Conn, error) {
	c := &Conn{runtimeDir: runtimeDir, deadline: deadline, patience: time.Until(deadline)}
	c.memo.path = runtimeDir + "/electroscope/manager"
	turn := time.Now().Add(c.patience / 2)
	if c.dial(public, turn) == nil {
		return c, nil
	}
	return c, c.dialPrivate()
}

// dialPrivate calls a manager that executes itself anew (systemctl --user
// daemon-reexec): it hangs up, takes connections into the backlog of a socket
// that it is about to close, and then has none for about a tenth of a second.
func (c *Conn) dialPrivate() error {
	err := c.dial(private, c.deadline)
	if !away(err) {
		return err
	}
	for end := time.Now().Add(Stretched(absence)); away(err) && time.Now().Before(end); err = c.dial(private, c.deadline) {
		Pause(pause)
	}
	return err
}

func (c *Conn) dial(r route, deadline time.Time) error {
	c.Close()
	var first []dbus.Call
	c.route, c.helloSerial = r, 0
	if r == public {
		first = []dbus.Call{dbus.Hello, dbus.Match(jobsEnd), dbus.Match(managerLeaves)}
		c.helloSerial = 1
	}
	conn, err := dbus.Dial(c.runtimeDir+string(r), deadline, first...)
	c.Conn = conn
	if err == nil {
		conn.Longer = c.longer
	}
	return err
}

// longer is how much longer the conversation may take, asked at the deadline of this
// route: nothing while there is another route.
func (c *Conn) longer() time.Duration {
	if c.Conn.Deadline.Before(c.deadline) || c.expired() {
		return 0
	}
	return time.Until(c.deadline)
}

// expired reports whether the deadline of everything has passed. On a machine whose
// processors are too few for what runs it moves, once: the manager, too, then gets only
// its share of them.
func (c *Conn) expired() bool {
	if time.Now().Before(c.deadline) {
		return false
	}
	if !c.moved {
		longest := max(c.patience, maxWait)
		c.moved, c.deadline = true, time.Now().Add(min(Stretched(c.patience), longest)-c.patience)
	}
	return !time.Now().Before(c.deadline)
}

// maxWait is the longest that a busy machine makes a launch wait, unless its own deadline
// is later.
const maxWait = 10 * time.Second

// maxStretch bounds how many times longer a busy machine makes a launch wait.
const maxStretch = 5

// contention is a variable for the tests.
var contention = machine.Contention

// Stretched is a time on a machine that has nothing else to do, as it is on this one
// now.
func Stretched(d time.Duration) time.Duration {
	return time.Duration(float64(d) * min(contention(), maxStretch))
}

// Until moves the deadline of everything. The time that a launch needed for its own
// work between Dial and Start is none in which the manager kept it waiting.
func (c *Conn) Until(deadline time.Time) {
	later := deadline.Sub(c.deadline)
	c.deadline, c.Conn.Deadline = deadline, c.Conn.Deadline.Add(later)
}

// Close ends the conversation. A launch need not call it: exec closes.
func (c *Conn) Close() {
	if c.Conn != nil {
		c.Conn.Close()
	}
}

// absence is how long a manager that executes itself anew is called, every pause.
const (
	absence = 500 * time.Millisecond
	pause   = 5 * time.Millisecond
)

// errGone says that the manager has left the bus.
var errGone = errors.New("the user manager left the bus")

// away reports whether the manager hung up or does not listen.
func away(err error) bool {
	return errors.Is(err, errGone) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		errors.Is(err, syscall.ECONNREFUSED)
}
