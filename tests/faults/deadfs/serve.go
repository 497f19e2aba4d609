package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// The protocol is that of linux/fuse.h, version 7.31, as far as folders need it.
const (
	opLookup      = 1
	opForget      = 2
	opGetattr     = 3
	opStatfs      = 17
	opInit        = 26
	opOpendir     = 27
	opReaddir     = 28
	opReleasedir  = 29
	opInterrupt   = 36
	opBatchForget = 42

	headerSize = 40
	attrSize   = 88
)

// The nodes are the root and its folders, of which there are as many as are asked
// for: who waits for a name, or in a folder, keeps others from it.
const (
	root   = 1
	cwd    = 1_000_000
	silent = 2_000_000
)

// nodeOf is the node of "cwd7" or "silent7".
func nodeOf(name string) (uint64, bool) {
	for prefix, first := range map[string]uint64{"cwd": cwd, "silent": silent} {
		if number, found := strings.CutPrefix(name, prefix); found {
			n, err := strconv.ParseUint(number, 10, 16)
			return first + n, err == nil
		}
	}
	return 0, false
}

// A request is what the kernel asks.
type request struct {
	op     uint32
	unique uint64
	node   uint64
	thread uint32 // that waits for the answer
	body   []byte
}

// An answer is none, an error, or a body.
type answer struct {
	never bool
	errno syscall.Errno
	body  []byte
}

// decide is the whole file system.
func decide(r request) answer {
	switch {
	case r.op == opInit:
		return answer{body: welcome()}
	case r.op == opLookup && r.node >= silent, r.op == opOpendir && r.node != root, r.op == opGetattr && r.node >= cwd && r.node < silent:
		return answer{never: true}
	case r.op == opLookup && r.node == root:
		node, known := nodeOf(strings.TrimRight(string(r.body), "\x00"))
		if !known {
			return answer{errno: syscall.ENOENT}
		}
		return answer{body: entry(node)}
	case r.op == opGetattr:
		return answer{body: append(make([]byte, 16), attributes(r.node)...)}
	case r.op == opOpendir:
		return answer{body: make([]byte, 16)}
	case r.op == opReaddir, r.op == opReleasedir:
		return answer{}
	case r.op == opStatfs:
		return answer{body: make([]byte, 80)}
	}
	return answer{errno: syscall.ENOSYS}
}

// welcome is struct fuse_init_out, with nothing that can be done without.
func welcome() []byte {
	b := make([]byte, 64)
	binary.NativeEndian.PutUint32(b[0:], 7)
	binary.NativeEndian.PutUint32(b[4:], 31)
	const parallelDirOps = 1 << 18 // a look-up that waits keeps nobody from another
	binary.NativeEndian.PutUint32(b[12:], parallelDirOps)
	binary.NativeEndian.PutUint32(b[20:], 4096) // max_write
	return b
}

// entry is struct fuse_entry_out: the name is valid for an hour, what is known of
// the node for no time at all.
func entry(node uint64) []byte {
	b := make([]byte, 40)
	binary.NativeEndian.PutUint64(b[0:], node)
	binary.NativeEndian.PutUint64(b[16:], 3600)
	return append(b, attributes(node)...)
}

// attributes is struct fuse_attr of a folder that everybody may enter.
func attributes(node uint64) []byte {
	b := make([]byte, attrSize)
	binary.NativeEndian.PutUint64(b[0:], node)
	binary.NativeEndian.PutUint32(b[60:], syscall.S_IFDIR|0o755)
	binary.NativeEndian.PutUint32(b[64:], 2)
	return b
}

// serve answers until the file system is unmounted.
func serve(device int) {
	var mu sync.Mutex
	send := func(r request, a answer) {
		b := make([]byte, 16, 16+len(a.body))
		binary.NativeEndian.PutUint32(b[0:], uint32(16+len(a.body)))
		binary.NativeEndian.PutUint32(b[4:], uint32(-int32(a.errno)))
		binary.NativeEndian.PutUint64(b[8:], r.unique)
		mu.Lock()
		defer mu.Unlock()
		// ENOENT: who asked does not wait any more.
		_, _ = syscall.Write(device, append(b, a.body...))
	}
	in := make([]byte, 64<<10)
	for {
		n, err := syscall.Read(device, in)
		if err == syscall.EINTR || err == syscall.ENOENT || err == syscall.EAGAIN {
			continue
		}
		if err != nil || n < headerSize {
			return
		}
		r := request{
			op: binary.NativeEndian.Uint32(in[4:]), unique: binary.NativeEndian.Uint64(in[8:]), node: binary.NativeEndian.Uint64(in[16:]),
			thread: binary.NativeEndian.Uint32(in[32:]), body: append([]byte(nil), in[headerSize:n]...),
		}
		switch a := decide(r); {
		case r.op == opForget || r.op == opBatchForget || r.op == opInterrupt: // these take no answer
		case a.never:
			go func() {
				untilKilled(r.thread)
				send(r, answer{errno: syscall.EINTR})
			}()
		default:
			send(r, a)
		}
	}
}

// untilKilled waits until SIGKILL waits for a thread, or it is not there. The
// kernel lets nobody die whose request has been read and not answered.
func untilKilled(thread uint32) {
	for ; ; time.Sleep(10 * time.Millisecond) {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", thread))
		if err != nil {
			return
		}
		for line := range strings.SplitSeq(string(text), "\n") {
			set, found := strings.CutPrefix(line, "SigPnd:\t")
			if bits, err := strconv.ParseUint(set, 16, 64); found && err == nil && bits&(1<<(syscall.SIGKILL-1)) != 0 {
				return
			}
		}
	}
}
