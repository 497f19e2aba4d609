//go:build rig

package faults

import (
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A folder is a runtime folder that is not well, made at a path where nothing is.
type folder struct {
	name string
	make func(t *testing.T, dir string) // what is opened there is closed at the test's end
}

func try(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// withSocket has one thing in the place of each socket.
func withSocket(make func(t *testing.T, path string)) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		try(t, os.MkdirAll(dir+"/systemd", 0o700))
		for _, route := range routes {
			make(t, dir+route)
		}
	}
}

// listen answers each connection by do, and leaves the file at the end.
func listen(do func(c *net.UnixConn)) func(t *testing.T, path string) {
	return func(t *testing.T, path string) {
		l, err := net.Listen("unix", path)
		try(t, err)
		t.Cleanup(func() { l.Close() })
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				t.Cleanup(func() { c.Close() })
				go do(c.(*net.UnixConn))
			}
		}()
	}
}

// raw makes a socket that Go would listen at or bind otherwise.
func raw(kind, backlog int) func(t *testing.T, path string) {
	return func(t *testing.T, path string) {
		fd, err := syscall.Socket(syscall.AF_UNIX, kind|syscall.SOCK_CLOEXEC, 0)
		try(t, err)
		t.Cleanup(func() { syscall.Close(fd) })
		try(t, syscall.Bind(fd, &syscall.SockaddrUnix{Name: path}))
		if backlog >= 0 {
			try(t, syscall.Listen(fd, backlog))
		}
	}
}

// full is a listener that never accepts, with as many connections as it holds.
func full(t *testing.T, path string) {
	raw(syscall.SOCK_STREAM, 0)(t, path)
	for {
		fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
		try(t, err)
		t.Cleanup(func() { syscall.Close(fd) })
		if err := syscall.Connect(fd, &syscall.SockaddrUnix{Name: path}); err == syscall.EAGAIN {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

var folders = []folder{
	{"absent", func(*testing.T, string) {}},
	{"a file", func(t *testing.T, dir string) { try(t, os.WriteFile(dir, nil, 0o600)) }},
	{"a FIFO", func(t *testing.T, dir string) { try(t, syscall.Mkfifo(dir, 0o600)) }},
	{"a socket", func(t *testing.T, dir string) { listen(func(*net.UnixConn) {})(t, dir) }},
	{"a link to itself", func(t *testing.T, dir string) { try(t, os.Symlink(dir, dir)) }},
	{"a link to a device", func(t *testing.T, dir string) { try(t, os.Symlink("/dev/zero", dir)) }},
	{"a folder of another's", func(t *testing.T, dir string) { try(t, os.Symlink("/root", dir)) }},
	{"empty", func(t *testing.T, dir string) { try(t, os.Mkdir(dir, 0o700)) }},
	{"may not be entered", func(t *testing.T, dir string) { try(t, os.Mkdir(dir, 0)) }},
	{"may not be written", func(t *testing.T, dir string) {
		withSocket(listen(func(*net.UnixConn) {}))(t, dir)
		try(t, os.Chmod(dir, 0o500))
	}},
	{"the memo is a FIFO", func(t *testing.T, dir string) {
		try(t, os.MkdirAll(dir+"/electroscope", 0o700))
		try(t, syscall.Mkfifo(dir+"/electroscope/manager", 0o600))
	}},
	{"the memo's folder is a link to a device", func(t *testing.T, dir string) {
		try(t, os.Mkdir(dir, 0o700))
		try(t, os.Symlink("/dev", dir+"/electroscope"))
	}},
	{"sockets that are files", withSocket(func(t *testing.T, path string) { try(t, os.WriteFile(path, []byte("x"), 0o600)) })},
	{"sockets that are FIFOs", withSocket(func(t *testing.T, path string) { try(t, syscall.Mkfifo(path, 0o600)) })},
	{"sockets that are folders", withSocket(func(t *testing.T, path string) { try(t, os.Mkdir(path, 0o700)) })},
	{"sockets that link to themselves", withSocket(func(t *testing.T, path string) { try(t, os.Symlink(path, path)) })},
	{"sockets that may not be written", withSocket(func(t *testing.T, path string) {
		listen(func(*net.UnixConn) {})(t, path)
		try(t, os.Chmod(path, 0o400))
	})},
	{"bound and not listening", withSocket(raw(syscall.SOCK_STREAM, -1))},
	{"datagram sockets", withSocket(raw(syscall.SOCK_DGRAM, -1))},
	{"packet sockets", withSocket(raw(syscall.SOCK_SEQPACKET, 8))},
	{"a backlog that is never taken", withSocket(raw(syscall.SOCK_STREAM, 64))},
	{"a backlog that is full", withSocket(full)},
	{"silent", withSocket(listen(func(*net.UnixConn) {}))},
	{"closed at once", withSocket(listen(func(c *net.UnixConn) { c.Close() }))},
	{"closed for writing", withSocket(listen(func(c *net.UnixConn) { c.CloseWrite() }))},
	{"closed for reading", withSocket(listen(func(c *net.UnixConn) { c.CloseRead() }))},
	{"an echo", withSocket(listen(func(c *net.UnixConn) { echo(c) }))},
	{"a line without end", withSocket(listen(func(c *net.UnixConn) { flood(c, strings.Repeat("OK", 2048)) }))},
	{"lines without end", withSocket(listen(func(c *net.UnixConn) { flood(c, strings.Repeat("DATA\r\n", 512)) }))},
	{"welcomed again and again", withSocket(listen(func(c *net.UnixConn) { flood(c, "OK 0123456789abcdef0123456789abcdef\r\nAGREE_UNIX_FD\r\n") }))},
	{"a byte now and then", withSocket(listen(func(c *net.UnixConn) {
		for ; ; time.Sleep(50 * time.Millisecond) {
			if _, err := c.Write([]byte("O")); err != nil {
				return
			}
		}
	}))},
}

func echo(c *net.UnixConn) {
	b := make([]byte, 4096)
	for {
		n, err := c.Read(b)
		if err != nil {
			return
		}
		if _, err := c.Write(b[:n]); err != nil {
			return
		}
	}
}

func flood(c *net.UnixConn, text string) {
	for {
		if _, err := c.Write([]byte(text)); err != nil {
			return
		}
	}
}

// TestSockets: the environment names such a folder. The manager's own is still
// where pam_systemd(8) puts it.
func TestSockets(t *testing.T) {
	s := newStage(t, "/bin/sh", catalogue)
	a := newArea(t, "odd runtime folders and sockets in XDG_RUNTIME_DIR")
	at := func(i int) string { return fmt.Sprintf("%s/%d", s.dir, i) }
	for i, f := range folders {
		f.make(t, at(i))
	}
	each(len(folders), atOnce, func(i int) {
		l, err := s.run(s.with("XDG_RUNTIME_DIR=" + at(i)))
		a.launch(folders[i].name, l, err)
	})
	for name, entry := range map[string]string{
		"unset": "XDG_RUNTIME_DIR", "of no value": "XDG_RUNTIME_DIR=", "relative": "XDG_RUNTIME_DIR=run", "too long": "XDG_RUNTIME_DIR=/" + strings.Repeat("x", 4000),
		"too long for a socket by one": "XDG_RUNTIME_DIR=/" + strings.Repeat("x", 107-len(private)), "a bare slash": "XDG_RUNTIME_DIR=/",
		"with a line": "XDG_RUNTIME_DIR=/tmp/\n/x", "with a colon": "XDG_RUNTIME_DIR=/tmp/:", "of no text": "XDG_RUNTIME_DIR=/\xff\xfe",
	} {
		l, err := s.run(s.with(entry))
		a.launch(name, l, err)
	}
}

// TestAloneSockets has the folder in the place where the manager's would be. It
// needs a rig without one.
func TestAloneSockets(t *testing.T) {
	s := newStage(t, "/bin/sh", catalogue)
	a := newArea(t, "the same in the place of the manager's")
	usual := os.Getenv("XDG_RUNTIME_DIR")
	try(t, os.Chmod(usual, 0o700))
	for i, f := range folders {
		t.Run(f.name, func(t *testing.T) {
			dir := fmt.Sprintf("%s/%d", s.dir, i)
			f.make(t, dir)
			for _, name := range []string{"bus", "systemd", "electroscope"} {
				os.RemoveAll(usual + "/" + name)
				try(t, os.Symlink(dir+"/"+name, usual+"/"+name)) // the folder itself cannot be replaced
			}
			l, err := s.run(s.env)
			if l.inside() {
				t.Fatal("there is a manager")
			}
			a.launch(f.name, l, err)
		})
	}
}
