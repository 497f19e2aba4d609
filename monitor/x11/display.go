package x11

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"

	"electroscope/launcher/regular"
)

// A Display is a connection to an X server.
type Display struct {
	conn    net.Conn
	root    uint32
	active  uint32 // atoms
	check   uint32
	res     byte // opcode of X-Resource
	changed chan struct{}

	mu      sync.Mutex // of one request at a time
	replies chan []byte
}

// patience is how long the server may take to answer: not longer than a person waits.
const patience = 5 * time.Second

// largest is the most that is read of an Xauthority file.
const largest = 1 << 20

// Dial connects to the server that the variables DISPLAY and XAUTHORITY name. It is an error
// if the server is one of a Wayland session: there X knows only some of the windows.
func Dial(display, authority string) (*Display, error) {
	d, err := dial(display, authority)
	if err != nil {
		return nil, fmt.Errorf("cannot ask the X server of DISPLAY=%q: %w", display, err)
	}
	go d.read()
	return d, nil
}

func dial(display, authority string) (*Display, error) {
	a, err := parseAddress(display)
	if err != nil {
		return nil, err
	}
	var conn net.Conn
	for _, socket := range a.sockets() {
		if conn, err = net.DialTimeout("unix", socket, patience); err == nil {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	host, _ := os.Hostname()
	text, _ := regular.Read(authority, largest) // without one a server may still admit us, by our UID
	d := &Display{conn: conn, changed: make(chan struct{}, 1), replies: make(chan []byte, 1)}
	if err = conn.SetDeadline(time.Now().Add(patience)); err == nil {
		err = d.greet(cookie(text, host, a.number), a.screen)
	}
	if err == nil {
		err = d.prepare()
	}
	if err == nil {
		err = conn.SetDeadline(time.Time{})
	}
	if err != nil {
		conn.Close()
	}
	return d, err
}

// greet opens the connection.
func (d *Display) greet(secret []byte, screen int) error {
	if err := d.send(greeting(secret)); err != nil {
		return err
	}
	var head [8]byte
	if _, err := io.ReadFull(d.conn, head[:]); err != nil {
		return err
	}
	setup := make([]byte, 4*int(order.Uint16(head[6:])))
	if _, err := io.ReadFull(d.conn, setup); err != nil {
		return err
	}
	if head[0] != 1 {
		return fmt.Errorf("it refuses: %q", setup[:min(int(head[1]), len(setup))])
	}
	root, err := rootOf(setup, screen)
	d.root = root
	return err
}

// prepare asks for what is needed later, and at last to be told of changes: before that the
// server sends nothing but answers.
func (d *Display) prepare() error {
	// Xwayland has it since 22.1 (xwaylandproto).
	if opcode, err := d.extension("XWAYLAND"); err != nil || opcode != 0 {
		return orElse(err, "it is that of a Wayland session")
	}
	opcode, err := d.extension("X-Resource")
	if err != nil || opcode == 0 {
		return orElse(err, "it has no X-Resource extension, which knows whose a window is")
	}
	d.res = opcode
	const client = 1 | 2<<8 // the version that we speak, 1.2
	version, err := d.first(request(opcode, queryVersion, client))
	if err != nil || order.Uint16(version[8:]) != 1 || order.Uint16(version[10:]) < 2 {
		return orElse(err, "its X-Resource extension is older than 1.2")
	}
	if d.active, err = d.atom("_NET_ACTIVE_WINDOW"); err != nil {
		return err
	}
	if d.check, err = d.atom("_NET_SUPPORTING_WM_CHECK"); err != nil {
		return err
	}
	return d.send(request(changeWindowAttributes, 0, d.root, eventMask, propertyChange))
}

func orElse(err error, text string) error {
	if err != nil {
		return err
	}
	return errors.New(text)
}

// extension is the opcode of an extension, 0 if the server has none of that name.
func (d *Display) extension(name string) (byte, error) {
	reply, err := d.first(named(queryExtension, name))
	if err != nil || reply[8] == 0 {
		return 0, err
	}
	return reply[9], nil
}

func (d *Display) atom(name string) (uint32, error) {
	reply, err := d.first(named(internAtom, name))
	if err != nil {
		return 0, err
	}
	return order.Uint32(reply[8:]), nil
}

// Changed has a value whenever another window may be the active one, and is closed when the
// connection ends.
func (d *Display) Changed() <-chan struct{} { return d.changed }

// ActivePID is the process whose window is the active one, 0 if none is (Extended Window
// Manager Hints, _NET_ACTIVE_WINDOW). It is an error if there is no window manager that says
// so, or if the server does not know whose the window is.
func (d *Display) ActivePID() (int, error) {
	manager, ok, err := d.window(d.root, d.check)
	if err != nil {
		return 0, err
	}
	if self, lives, err := d.window(manager, d.check); !ok || err != nil || !lives || self != manager {
		return 0, errors.New("no window manager says which window is active")
	}
	window, ok, err := d.window(d.root, d.active)
	switch {
	case err != nil:
		return 0, err
	case !ok:
		return 0, errors.New("the window manager does not say which window is active")
	case window == 0:
		return 0, nil
	}
	pids, err := d.clients(window)
	if err == nil && len(pids) == 0 {
		err = errors.New("it is not known whose window is active")
	}
	if err != nil {
		return 0, err
	}
	return pids[0], nil
}

// Clients are the processes that are connected to the server, as far as it knows them.
func (d *Display) Clients() ([]int, error) {
	const all = 0
	return d.clients(all)
}

func (d *Display) clients(of uint32) ([]int, error) {
	reply, err := d.ask(request(d.res, queryClientIDs, 1, of, localClientPID))
	if err != nil {
		return nil, err
	}
	return pidsIn(reply), nil
}

func (d *Display) window(of, property uint32) (window uint32, ok bool, err error) {
	reply, err := d.ask(request(getProperty, 0, of, property, typeWindow, 0, 1))
	if err != nil {
		return 0, false, err
	}
	window, ok = windowIn(reply)
	return window, ok, nil
}

// Close ends the connection.
func (d *Display) Close() { d.conn.Close() }

func (d *Display) send(request []byte) error {
	_, err := d.conn.Write(request)
	return err
}

// first is ask as long as nobody reads beside it.
func (d *Display) first(request []byte) ([]byte, error) {
	if err := d.send(request); err != nil {
		return nil, err
	}
	reply, err := next(d.conn)
	if err == nil && reply[0] != isReply {
		err = refusal(reply)
	}
	return reply, err
}

func refusal(packet []byte) error { return fmt.Errorf("the X server answers with error %d", packet[1]) }

// ask sends a request and waits for its answer.
func (d *Display) ask(request []byte) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.send(request); err != nil {
		return nil, err
	}
	select {
	case reply, open := <-d.replies:
		switch {
		case !open:
			return nil, net.ErrClosed
		case reply[0] == isError:
			return nil, refusal(reply)
		}
		return reply, nil
	case <-time.After(patience):
		d.Close() // its answer would be taken for that of the next request
		return nil, fmt.Errorf("the X server does not answer within %v", patience)
	}
}
