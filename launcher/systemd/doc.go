// Package systemd asks the user's systemd for a transient scope and waits
// until this process is in it.
//
// One conversation over the user's message bus, $XDG_RUNTIME_DIR/bus, or where
// that does not lead to the manager over its private socket,
// $XDG_RUNTIME_DIR/systemd/private. The calls are those of
// org.freedesktop.systemd1(5).
//
// The bus comes first because it is faster, by 1.5 to 1.9 ms on systemd 257 and
// 262 (make bench): for every new private connection the manager sets up its
// whole interface, to the bus it is connected already. The bus at that path is
// systemd's own dbus.socket; DBUS_SESSION_BUS_ADDRESS may name another, which no
// manager is on.
//
//	Dial    connect, say AUTH and BEGIN       nothing is awaited
//	Start   StartTransientUnit, and the       nothing is awaited, unless the
//	        slices' present limits            call carries a file descriptor
//	Wait    replies, then JobRemoved          the only place that waits
//
// Between Dial and Start, and between Start and Wait, the caller does the work
// that needs no answer, while the manager does its own.
//
// # What can go wrong
//
// Every wait ends at the deadline given to Dial; a bus that is silent costs half
// of it, then the private socket is tried. On a machine with more to run than it has
// processors the deadline moves, in proportion (wait.go). A manager that hangs up is called
// again for half a second, and for as long as all may take if its process still lives: it
// executes itself anew. Every failure is an error value: the caller decides whether the
// app runs without its limits. A property that the manager refuses costs that property
// alone (see Wait).
package systemd
