package dbus

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
)

var ErrNoSocket = errors.New("the bus address names no Unix socket")

// SessionAddress is that of the session's message bus, by default the one in the runtime folder of
// the user's (sd_bus_open_user(3)).
func SessionAddress(getenv func(name string) string, runtimeDir string) string {
	return cmp.Or(getenv("DBUS_SESSION_BUS_ADDRESS"), "unix:path="+runtimeDir+"/bus")
}

// Sockets are those that an address names, as paths for [Dial]:
// "unix:path=/run/user/1000/bus;unix:abstract=/tmp/dbus-x,guid=…" (D-Bus
// specification, "Server Addresses"). Other transports are passed over.
func Sockets(address string) []string {
	var list []string
	for entry := range strings.SplitSeq(address, ";") {
		options, unix := strings.CutPrefix(entry, "unix:")
		if !unix {
			continue
		}
		for option := range strings.SplitSeq(options, ",") {
			key, value, _ := strings.Cut(option, "=")
			switch key {
			case "path":
				list = append(list, unescape(value))
			case "abstract":
				list = append(list, "@"+unescape(value))
			}
		}
	}
	return list
}

// unescape turns %xx into the byte.
func unescape(value string) string {
	before, after, found := strings.Cut(value, "%")
	if !found {
		return value
	}
	if len(after) >= 2 {
		if n, err := strconv.ParseUint(after[:2], 16, 8); err == nil {
			return before + string([]byte{byte(n)}) + unescape(after[2:])
		}
	}
	return before + "%" + unescape(after)
}
