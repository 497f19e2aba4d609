package kwin

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"
)

// Windows is what KWin has said of its windows.
type Windows struct {
	conn    *dbus.Conn
	folder  string
	changed chan struct{}
	said    chan struct{} // has a value when KWin has said something

	mu      sync.Mutex
	kwin    string // its unique name on the bus; empty: there is none
	known   bool   // it has said something
	told    int    // the number of the last that counts
	active  int
	clients map[int]bool // processes that have had a window
}

const (
	service   = "org.kde.KWin"
	scripting = "org.kde.kwin.Scripting"
	plugin    = "electroscope-watch"
	// One watcher at a time has the script: another would take it from the first.
	ownName = "io.github.electroscope.Watch" // of its interface, too
	ownPath = "/io/github/electroscope/Watch"
)

// patience is how long KWin may take to answer: not longer than a person waits.
const patience = 5 * time.Second

var errSilent = errors.New("KWin does not say which window is active")

// Dial asks the KWin of a session, by the address of its message bus. The folder is for a file that
// KWin reads; it must be the user's own.
func Dial(address, folder string) (*Windows, error) {
	conn, err := dbus.Connect(address)
	if err != nil {
		return nil, fmt.Errorf("cannot reach the message bus at %q, to ask KWin which window is active: %w", address, err)
	}
	w := &Windows{conn: conn, folder: folder, changed: make(chan struct{}, 1), said: make(chan struct{}, 1), clients: map[int]bool{}}
	if err := w.prepare(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("cannot ask KWin which window is active: %w", err)
	}
	return w, nil
}

// prepare has KWin run the script, and waits for what that says first.
func (w *Windows) prepare() error {
	if err := w.conn.ExportMethodTable(map[string]any{"Windows": w.hear}, ownPath, ownName); err != nil {
		return err
	}
	switch reply, err := w.conn.RequestName(ownName, dbus.NameFlagDoNotQueue); {
	case err != nil:
		return err
	case reply != dbus.RequestNameReplyPrimaryOwner:
		return errors.New("another electroscope watch does")
	}
	if err := w.conn.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, service)); err != nil {
		return err
	}
	signals := make(chan *dbus.Signal, 16)
	w.conn.Signal(signals)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var owner string
	if err := w.conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.GetNameOwner", 0, service).Store(&owner); err != nil {
		return fmt.Errorf("%w; of Wayland's window managers no other says it", err)
	}
	if err := w.install(ctx, owner); err != nil {
		return err
	}
	go w.follow(signals)
	return nil
}

// install has one KWin run the script.
func (w *Windows) install(ctx context.Context, owner string) error {
	w.mu.Lock()
	w.kwin, w.known, w.told = owner, false, 0
	w.mu.Unlock()
	select {
	case <-w.said: // by the one before
	default:
	}
	path, err := w.writeScript()
	if err != nil {
		return err
	}
	object := w.conn.Object(owner, "/Scripting")
	if err := object.CallWithContext(ctx, scripting+".unloadScript", 0, plugin).Err; err != nil { // of a watcher that was killed
		return err
	}
	var id int32
	if err := object.CallWithContext(ctx, scripting+".loadScript", 0, path, plugin).Store(&id); err != nil {
		return err
	}
	if id < 0 {
		return errors.New("it does not take a script")
	}
	if err := object.CallWithContext(ctx, scripting+".start", 0).Err; err != nil {
		return err
	}
	select { // KWin reads the file after it has answered
	case <-w.said:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("its script has said nothing within %v", patience)
	}
}

// hear is called by the script, or by whoever else is on the bus. The script numbers its calls. When another
// window becomes active it calls three times within microseconds, first with none, and here each call has a
// goroutine of its own ([dbus.Conn.Export]): they may come in another order.
func (w *Windows) hear(sender dbus.Sender, number, active, all string) *dbus.Error {
	n, numberErr := strconv.Atoi(number)
	pid, activeErr := strconv.Atoi(active)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.kwin == "" || string(sender) != w.kwin || numberErr != nil || activeErr != nil {
		return dbus.MakeFailedError(errors.New("only KWin's script may call this"))
	}
	if n > w.told {
		w.known, w.told, w.active = true, n, pid
	}
	for field := range strings.FieldsSeq(all) {
		if pid, err := strconv.Atoi(field); err == nil && pid > 0 {
			w.clients[pid] = true
		}
	}
	wake(w.said)
	wake(w.changed)
	return nil
}

// wake puts a value where one is waited for, unless it is there already.
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// follow has a KWin that was started anew run the script, until the connection ends.
func (w *Windows) follow(signals <-chan *dbus.Signal) {
	for s := range signals {
		var name, before, owner string
		if dbus.Store(s.Body, &name, &before, &owner) != nil || name != service {
			continue
		}
		w.mu.Lock()
		w.kwin, w.known = "", false
		w.mu.Unlock()
		wake(w.changed)
		if owner == "" {
			continue
		}
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		if w.install(ctx, owner) != nil {
			w.conn.Close() // whoever asks dials anew
		}
		cancel()
	}
	close(w.changed)
}

// Changed has a value whenever another window may be the active one, and is closed when the
// connection ends.
func (w *Windows) Changed() <-chan struct{} { return w.changed }

// ActivePID is the process whose window is the active one, 0 if none is.
func (w *Windows) ActivePID() (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.known {
		return 0, errSilent
	}
	return w.active, nil
}

// Clients are the processes that have had a window since KWin is asked, as far as they still run:
// that of an app which has gone into the tray has none now.
func (w *Windows) Clients() ([]int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.known {
		return nil, errSilent
	}
	maps.DeleteFunc(w.clients, func(pid int, _ bool) bool { return syscall.Kill(pid, 0) == syscall.ESRCH })
	return slices.Sorted(maps.Keys(w.clients)), nil
}

// Close has KWin end the script, and ends the connection.
func (w *Windows) Close() {
	w.mu.Lock()
	owner := w.kwin
	w.mu.Unlock()
	if owner != "" {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		_ = w.conn.Object(owner, "/Scripting").CallWithContext(ctx, scripting+".unloadScript", 0, plugin).Err // it calls nobody, then
	}
	w.conn.Close()
}
