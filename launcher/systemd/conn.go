package systemd

import (
	"errors"
	"time"

	"electroscope/launcher/dbus"
)

// A Conn is one conversation with a user manager.
type Conn struct {
	*dbus.Conn // its deadline is that of this route, while there is another
	runtimeDir string
	route      route
	wait
	manager int // its PID, 0 while that is not needed or not known

	helloSerial uint32 // until the bus has answered Hello; 0 on the private socket, which takes none
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
	c := &Conn{runtimeDir: runtimeDir, wait: wait{deadline: deadline, patience: time.Until(deadline)}}
	c.memo.path = runtimeDir + "/electroscope/manager"
	turn := time.Now().Add(c.patience / 2)
	if c.dial(public, turn) == nil {
		return c, nil
	}
	err := c.dial(private, c.deadline)
	if away(err) {
		err = c.redial(err, time.Now().Add(Stretched(absence)), func() error { return nil })
	}
	return c, err
}

func (c *Conn) dial(r route, deadline time.Time) error {
	c.note()
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
// route: nothing while the bus has said nothing, for there is another route.
func (c *Conn) longer() time.Duration {
	if c.helloSerial != 0 || c.expired() {
		return 0
	}
	return time.Until(c.deadline)
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
