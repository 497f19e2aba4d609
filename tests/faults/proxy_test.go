//go:build rig

package faults

import (
	"io"
	"net"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
)

// A spoiler changes one direction of a connection. It is given what has come, and
// gives what goes on; io.EOF ends the connection, errStalled holds it open for
// ever without another byte.
type spoiler interface {
	pass(chunk []byte, to io.Writer) error
}

// A proxy stands between a launch and the real manager, in a runtime folder of its
// own. The sockets are those of package systemd: the bus and the manager's own.
//
// The manager and the bus ask the kernel who connected to them (SO_PEERCRED,
// unix(7)), and it must hear of the launch, not of the proxy. So the launch's
// process makes the connections before it becomes the launch, and hands them over.
type proxy struct {
	dir      string
	listener []net.Listener

	mu      sync.Mutex
	servers map[string][]net.Conn // made by the launch's process, by route
	conns   []net.Conn
	sent    atomic.Int64 // bytes of replies, before they are spoilt
	asked   atomic.Int64 // and of requests
}

const (
	public  = "/bus"
	private = "/systemd/private"
)

// routes are the sockets of a runtime folder.
var routes = []string{public, private}

// handed is how many connections a launch may make on each route. Further ones are
// closed, as by a manager that hangs up.
const handed = 4

// newProxy spoils what goes over one route; the other is left as it is, or is not
// there if only this one shall be tried.
func newProxy(route string, alone bool, replies, requests func() spoiler) (*proxy, error) {
	dir, err := os.MkdirTemp("/tmp", "p") // short: a socket's path has 107 bytes (unix(7))
	if err != nil {
		return nil, err
	}
	p := &proxy{dir: dir, servers: map[string][]net.Conn{}}
	if err := os.Mkdir(dir+"/systemd", 0o700); err != nil {
		return nil, err
	}
	for _, r := range routes {
		if r != route && alone {
			continue
		}
		l, err := net.Listen("unix", dir+r)
		if err != nil {
			p.end()
			return nil, err
		}
		p.listener = append(p.listener, l)
		if r == route {
			go p.serve(l, r, replies, requests)
		} else {
			go p.serve(l, r, straight, straight)
		}
	}
	return p, nil
}

// through launches once over the route, spoilt so.
func (s *stage) through(route string, alone bool, replies, requests func() spoiler) (launch, error) {
	p, err := newProxy(route, alone, replies, requests)
	if err != nil {
		return launch{}, err
	}
	defer p.end()
	return s.runBehind(p)
}

// runBehind launches from a process that has handed its connections over.
func (s *stage) runBehind(p *proxy) (launch, error) {
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return launch{}, err
	}
	ours, theirs := os.NewFile(uintptr(fds[0]), "ours"), os.NewFile(uintptr(fds[1]), "theirs")
	defer theirs.Close()
	conn, err := net.FileConn(ours)
	ours.Close()
	if err != nil {
		return launch{}, err
	}
	defer conn.Close()
	go p.takeOver(conn.(*net.UnixConn))
	return s.runAs(s.with("XDG_RUNTIME_DIR="+p.dir), func(c *exec.Cmd) {
		c.Args = append([]string{"", inheritOption, handOver, c.Path}, c.Args...)
		c.Path = "/proc/self/exe"
		c.ExtraFiles = []*os.File{theirs}
	})
}

// takeOver receives the connections of each route in turn, and says so.
func (p *proxy) takeOver(c *net.UnixConn) {
	rights := make([]byte, syscall.CmsgSpace(4*handed))
	for _, route := range routes {
		_, n, _, _, err := c.ReadMsgUnix(make([]byte, 1), rights)
		if err != nil {
			return
		}
		for _, fd := range descriptorsIn(rights[:n]) {
			file := os.NewFile(uintptr(fd), route)
			server, err := net.FileConn(file)
			file.Close()
			if err != nil {
				return
			}
			p.keep(server)
			p.mu.Lock()
			p.servers[route] = append(p.servers[route], server)
			p.mu.Unlock()
		}
	}
	c.Write([]byte{0})
}

// server is the next connection of the launch's own on a route.
func (p *proxy) server(route string) net.Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.servers[route]
	if len(list) == 0 {
		return nil
	}
	p.servers[route] = list[1:]
	return list[0]
}

// end closes everything; what waits on a connection then returns.
func (p *proxy) end() {
	for _, l := range p.listener {
		l.Close()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.Close()
	}
	os.RemoveAll(p.dir)
}

func (p *proxy) serve(l net.Listener, route string, replies, requests func() spoiler) {
	for {
		client, err := l.Accept()
		if err != nil {
			return
		}
		p.keep(client)
		server := p.server(route)
		if server == nil {
			client.Close()
			continue
		}
		go p.pump(client, server, requests(), &p.asked)
		go p.pump(server, client, replies(), &p.sent)
	}
}

func (p *proxy) keep(c net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns = append(p.conns, c)
}

// pump carries one direction, descriptors with it: a launch sends its pidfd.
func (p *proxy) pump(from, to net.Conn, s spoiler, count *atomic.Int64) {
	in, out := from.(*net.UnixConn), to.(*net.UnixConn)
	data, rights := make([]byte, 64<<10), make([]byte, 1<<10)
	for {
		n, oob, _, _, err := in.ReadMsgUnix(data, rights)
		if n == 0 || err != nil {
			break
		}
		count.Add(int64(n))
		err = s.pass(data[:n], &beside{out, rights[:oob]})
		release(rights[:oob])
		if err == errStalled {
			io.Copy(io.Discard, in)
			return
		}
		if err != nil {
			break
		}
	}
	from.Close()
	to.Close()
}

// beside sends descriptors along with the first byte.
type beside struct {
	*net.UnixConn
	rights []byte
}

func (b *beside) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	n, _, err := b.WriteMsgUnix(p, b.rights, nil)
	b.rights = nil
	return n, err
}

// release closes the descriptors that came with a message.
func release(rights []byte) {
	for _, fd := range descriptorsIn(rights) {
		syscall.Close(fd)
	}
}

func descriptorsIn(rights []byte) []int {
	messages, err := syscall.ParseSocketControlMessage(rights)
	if err != nil {
		return nil
	}
	var all []int
	for _, m := range messages {
		fds, err := syscall.ParseUnixRights(&m)
		if err == nil {
			all = append(all, fds...)
		}
	}
	return all
}
