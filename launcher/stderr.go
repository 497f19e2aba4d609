package launcher

import (
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"unsafe"

	"electroscope/launcher/mounts"
)

// A Descriptor is a [io.Writer] over a file descriptor that was inherited, for a
// line that must neither end this process nor hold it up. A pipe that nobody
// reads, or that is full, a terminal stopped with Ctrl-S, or one whose stty tostop
// stops a background job: they lose the line, and the app starts.
//
// It is not an os.File: that ends the process where descriptor 2 is a broken pipe
// (package os/signal, "SIGPIPE").
type Descriptor int

// Write writes what can be written at once. A short write has an error.
func (d Descriptor) Write(b []byte) (int, error) {
	kind := d.kind()
	if kind == waits {
		return 0, syscall.EWOULDBLOCK
	}
	defer holdBackground()()
	switch kind {
	case socket:
		return d.send(b)
	case stream:
		if fd, err := d.reopen(); err == nil {
			defer syscall.Close(fd)
			return pieces(b, func(piece []byte) (int, error) { return write(fd, piece) })
		}
	}
	return pieces(b, func(piece []byte) (int, error) {
		if !writable(int(d)) {
			return 0, syscall.EWOULDBLOCK
		}
		return write(int(d), piece)
	})
}

// A kind of descriptor, by what keeps a write to it from waiting.
type kind int

const (
	other  kind = iota // a plain file, or what cannot be told: poll(2) before the write
	stream             // a pipe or a terminal: may be opened anew with O_NONBLOCK
	socket             // takes MSG_DONTWAIT
	waits              // lies on a file system that may never answer: even fstat(2) could wait
)

// kind asks proc_pid_fd(5) for the file's path first, and fstat(2) only if no
// other machine has to answer it.
func (d Descriptor) kind() kind {
	path, err := os.Readlink(d.path())
	if err == nil && strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "/dev/") && mounts.OfDescriptor(int(d)).MayWait() {
		return waits
	}
	var st syscall.Stat_t
	if syscall.Fstat(int(d), &st) != nil {
		return other
	}
	switch st.Mode & syscall.S_IFMT {
	case syscall.S_IFSOCK:
		return socket
	case syscall.S_IFIFO, syscall.S_IFCHR:
		return stream
	}
	return other
}

func (d Descriptor) path() string { return "/proc/self/fd/" + strconv.Itoa(int(d)) }

// reopen gives a description of our own. O_NONBLOCK on the one that is there would
// hold for all who share it (open(2)).
func (d Descriptor) reopen() (int, error) {
	return syscall.Open(d.path(), syscall.O_WRONLY|syscall.O_NONBLOCK|syscall.O_NOCTTY|syscall.O_CLOEXEC, 0)
}

func (d Descriptor) send(b []byte) (int, error) {
	return pieces(b, func(piece []byte) (int, error) {
		return syscall.SendmsgN(int(d), piece, nil, nil, syscall.MSG_DONTWAIT|syscall.MSG_NOSIGNAL)
	})
}

// IsTerminal asks tcgetattr(3), where nobody else would have to answer.
func (d Descriptor) IsTerminal() bool {
	if d.kind() != stream {
		return false
	}
	var t syscall.Termios
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(d), syscall.TCGETS, uintptr(unsafe.Pointer(&t)))
	return errno == 0
}

// isJournal compares a descriptor with JOURNAL_STREAM, systemd.exec(5): its device
// and inode, as far as it is connected to the journal still.
func (d Descriptor) isJournal(stream string) bool {
	var st syscall.Stat_t
	return stream != "" && syscall.Fstat(int(d), &st) == nil &&
		stream == strconv.FormatUint(st.Dev, 10)+":"+strconv.FormatUint(st.Ino, 10)
}

// pipeBuf is PIPE_BUF: poll(2) promises room for as much, and a write of as much
// is whole or not at all (pipe(7)).
const pipeBuf = 4096

// pieces writes b in pieces of no more than pipeBuf, up to the first that fails.
func pieces(b []byte, write func([]byte) (int, error)) (int, error) {
	done := 0
	for done < len(b) {
		n, err := write(b[done:min(len(b), done+pipeBuf)])
		if err != nil {
			return done, err
		}
		if n == 0 {
			return done, io.ErrShortWrite
		}
		done += n
	}
	return done, nil
}

// write is write(2). Of SIGPIPE and SIGXFSZ the runtime's handler makes nothing
// if it is not an os.File that wrote.
func write(fd int, b []byte) (int, error) {
	for {
		n, err := syscall.Write(fd, b)
		if err != syscall.EINTR {
			return n, err
		}
	}
}

// writable is poll(2) for POLLOUT, without waiting.
func writable(fd int) bool {
	const out = 0x4 // POLLOUT
	p := struct {
		fd              int32
		events, revents int16
	}{int32(fd), out, 0}
	var now syscall.Timespec
	n, _, errno := syscall.Syscall6(syscall.SYS_PPOLL, uintptr(unsafe.Pointer(&p)), 1, uintptr(unsafe.Pointer(&now)), 0, 0, 0)
	return errno == 0 && n == 1 && p.revents == out
}

// holdBackground blocks SIGTTOU in this thread: a background process may then write
// to a terminal under stty tostop (tty_ioctl(4), __tty_check_change in the kernel).
// It returns what puts the mask back.
func holdBackground() func() {
	const block, set = 0, 2 // SIG_BLOCK, SIG_SETMASK
	mask, old := uint64(1)<<(syscall.SIGTTOU-1), uint64(0)
	runtime.LockOSThread()
	if !sigprocmask(block, &mask, &old) {
		return runtime.UnlockOSThread
	}
	return func() {
		sigprocmask(set, &old, nil)
		runtime.UnlockOSThread()
	}
}

func sigprocmask(how int, set, old *uint64) bool {
	_, _, errno := syscall.RawSyscall6(syscall.SYS_RT_SIGPROCMASK, uintptr(how), uintptr(unsafe.Pointer(set)), uintptr(unsafe.Pointer(old)), 8, 0, 0)
	return errno == 0
}
