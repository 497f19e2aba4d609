// Package x11test stands in for an X server with a window manager, for tests on machines that
// have neither. It knows which window is active, and nothing else.
package x11test

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"sync"
)

// A Server is one that answers at a display of this machine.
type Server struct {
	Display string // for DISPLAY

	listener net.Listener
	mu       sync.Mutex
	clients  map[*client]bool
	state    State
}

// A State is what a server says.
type State struct {
	Active  int   // PID of the client whose window is active; 0: no window is
	Others  []int // PIDs of other clients
	Unknown bool  // the server does not know whose the window is
	Manager bool  // a window manager runs
	Wayland bool  // it is an Xwayland
	Silent  bool  // it does not answer
}

type client struct {
	net.Conn
	mu       sync.Mutex
	sequence uint16
}

const (
	root, check, windows     = 0x26, 0x42, 0x100000 // a window has its client's PID in its number
	atomActive, atomCheck    = 300, 301
	opcodeWayland, opcodeRes = 129, 130
)

var order = binary.LittleEndian

// Start is a server at the first display from a number on that is free.
func Start(number int, state State) (*Server, error) {
	for last := number + 100; ; number++ {
		listener, err := net.Listen("unix", fmt.Sprintf("@/tmp/.X11-unix/X%d", number))
		if err != nil && number < last {
			continue
		}
		if err != nil {
			return nil, err
		}
		s := &Server{Display: fmt.Sprintf(":%d", number), listener: listener, clients: map[*client]bool{}, state: state}
		go s.accept()
		return s, nil
	}
}

// Set changes what it says, and tells its clients that something has changed.
func (s *Server) Set(state State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = state
	for c := range s.clients {
		event := make([]byte, 32)
		event[0] = 28 // PropertyNotify
		order.PutUint32(event[4:], root)
		order.PutUint32(event[8:], atomActive)
		c.send(event)
	}
}

// Clients is how many there are that want to be told.
func (s *Server) Clients() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.clients)
}

// Close ends the server and all connections.
func (s *Server) Close() {
	s.listener.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.clients {
		c.Close()
	}
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		go s.serve(&client{Conn: conn})
	}
}

// serve answers one client until it hangs up.
func (s *Server) serve(c *client) {
	defer c.Close()
	defer func() {
		s.mu.Lock()
		delete(s.clients, c)
		s.mu.Unlock()
	}()
	var hello [12]byte
	if _, err := io.ReadFull(c, hello[:]); err != nil {
		return
	}
	pad := func(n uint16) int64 { return int64(n+3) &^ 3 }
	if _, err := io.CopyN(io.Discard, c, pad(order.Uint16(hello[6:]))+pad(order.Uint16(hello[8:]))); err != nil {
		return
	}
	setup := make([]byte, 8+32+40) // without a vendor and formats, with one screen
	setup[0], setup[6], setup[8+20] = 1, (32+40)/4, 1
	order.PutUint32(setup[8+32:], root)
	c.send(setup)
	for {
		var head [4]byte
		if _, err := io.ReadFull(c, head[:]); err != nil {
			return
		}
		body := make([]byte, 4*int(order.Uint16(head[2:]))-4)
		if _, err := io.ReadFull(c, body); err != nil {
			return
		}
		c.mu.Lock()
		c.sequence++
		c.mu.Unlock()
		if reply := s.answer(c, head[0], head[1], body); reply != nil {
			c.send(reply)
		}
	}
}

func (c *client) send(b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(b) >= 32 && b[0] <= 1 {
		order.PutUint16(b[2:], c.sequence)
	}
	_, _ = c.Write(b) // a client that is gone reads nothing
}

// answer is the reply to a request; nil: there is none.
func (s *Server) answer(c *client, opcode, data byte, body []byte) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	reply := make([]byte, 32)
	reply[0] = 1
	switch {
	case opcode == 2: // ChangeWindowAttributes
		s.clients[c] = true
		return nil
	case s.state.Silent:
		return nil
	case opcode == 16: // InternAtom
		order.PutUint32(reply[8:], atomActive)
		if name(body) == "_NET_SUPPORTING_WM_CHECK" {
			order.PutUint32(reply[8:], atomCheck)
		}
	case opcode == 98: // QueryExtension
		switch {
		case name(body) == "X-Resource":
			reply[8], reply[9] = 1, opcodeRes
		case name(body) == "XWAYLAND" && s.state.Wayland:
			reply[8], reply[9] = 1, opcodeWayland
		}
	case opcode == 20: // GetProperty
		return s.property(reply, order.Uint32(body), order.Uint32(body[4:]))
	case opcode == opcodeRes && data == 0: // QueryVersion
		reply[8], reply[10] = 1, 2
	case opcode == opcodeRes && data == 4: // QueryClientIds
		return s.client(reply, order.Uint32(body[4:]))
	default:
		reply[0], reply[1], reply[10] = 0, 1, opcode // BadRequest
	}
	return reply
}

func name(body []byte) string { return string(body[4 : 4+order.Uint16(body)]) }

// property is the answer to GetProperty, of a window property.
func (s *Server) property(reply []byte, window, atom uint32) []byte {
	value := uint32(check)
	switch {
	case !s.state.Manager && window == check:
		reply[0], reply[1], reply[10] = 0, 3, 20 // BadWindow
		return reply
	case atom == atomActive && window == root && s.state.Active == 0:
		value = 0
	case atom == atomActive && window == root:
		value = windows + uint32(s.state.Active)
	}
	reply[1], reply[4], reply[8], reply[16] = 32, 1, 33, 1
	return order.AppendUint32(reply, value)
}

// client is the answer to QueryClientIds.
func (s *Server) client(reply []byte, window uint32) []byte {
	if s.state.Unknown {
		return reply
	}
	pids := []int{int(window - windows)}
	if window == 0 {
		pids = append(s.state.Others, s.state.Active)
	}
	reply[4], reply[8] = byte(4*len(pids)), byte(len(pids))
	for _, pid := range pids {
		for _, word := range []uint32{window, 2, 4, uint32(pid)} {
			reply = order.AppendUint32(reply, word)
		}
	}
	return reply
}
