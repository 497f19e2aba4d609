//go:build rig

package files

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// A mount is a file system that has one file, "log", until it dies: from then on its
// server reads what is asked and answers nothing, as sshfs does when its other end is
// gone. Not even SIGKILL ends who waits for such an answer (fs/fuse/dev.c,
// request_wait_answer).
type mount struct {
	dir  string
	dead atomic.Bool
}

func newMount(t *testing.T) *mount {
	t.Helper()
	m := &mount{dir: filepath.Join(t.TempDir(), "dead")}
	if err := os.Mkdir(m.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	fd, err := syscall.Open("/dev/fuse", syscall.O_RDWR|syscall.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	options := fmt.Sprintf("fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other", fd)
	if err := syscall.Mount("dead", m.dir, "fuse.dead", syscall.MS_NOSUID|syscall.MS_NODEV, options); err != nil {
		t.Fatal(err)
	}
	served := make(chan struct{})
	t.Cleanup(func() {
		m.abort()
		select {
		case <-served:
		case <-time.After(10 * time.Second):
			t.Error("the server of the file system does not end")
		}
		syscall.Close(fd)
	})
	go func() {
		defer close(served)
		m.serve(fd)
	}()
	return m
}

// abort ends the connection, and with it all waiting (umount2(2), MNT_FORCE).
func (m *mount) abort() { syscall.Unmount(m.dir, syscall.MNT_DETACH|syscall.MNT_FORCE) }

func deadMount(t *testing.T) *mount {
	m := newMount(t)
	m.dead.Store(true)
	return m
}

// Of <linux/fuse.h>, version 7.31.
const (
	opLookup  = 1
	opGetattr = 3
	opOpen    = 14
	opInit    = 26
)

func (m *mount) serve(fd int) {
	request := make([]byte, 1<<20)
	for {
		n, err := syscall.Read(fd, request)
		if err != nil || n < 40 {
			return
		}
		opcode := binary.NativeEndian.Uint32(request[4:])
		if m.dead.Load() && opcode != opInit {
			continue
		}
		body, errno := answer(opcode, binary.NativeEndian.Uint64(request[16:]))
		out := make([]byte, 16, 16+len(body))
		binary.NativeEndian.PutUint32(out, uint32(16+len(body)))
		binary.NativeEndian.PutUint32(out[4:], uint32(-int32(errno)))
		copy(out[8:16], request[8:16]) // the request's number
		if _, err := syscall.Write(fd, append(out, body...)); err != nil {
			return
		}
	}
}

func answer(opcode uint32, node uint64) ([]byte, syscall.Errno) {
	const file = 2
	switch opcode {
	case opInit:
		body := make([]byte, 64)
		binary.NativeEndian.PutUint32(body, 7)
		binary.NativeEndian.PutUint32(body[4:], 31)
		binary.NativeEndian.PutUint32(body[20:], 4096) // max_write
		return body, 0
	case opLookup:
		body := make([]byte, 40, 128)
		binary.NativeEndian.PutUint64(body, file)
		return append(body, attributes(file)...), 0
	case opGetattr:
		return append(make([]byte, 16), attributes(node)...), 0
	case opOpen:
		return make([]byte, 16), 0
	}
	return nil, syscall.ENOSYS
}

// attributes are those of the root folder or of the file.
func attributes(node uint64) []byte {
	mode := uint32(syscall.S_IFREG | 0o666)
	if node == 1 {
		mode = syscall.S_IFDIR | 0o755
	}
	body := make([]byte, 88)
	binary.NativeEndian.PutUint64(body, node)
	binary.NativeEndian.PutUint32(body[60:], mode)
	binary.NativeEndian.PutUint32(body[64:], 1) // one name
	return body
}
