package x11

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// An address is what DISPLAY says (X(7), "Display Names"): only of servers of this machine.
type address struct {
	number int
	screen int
}

func parseAddress(display string) (a address, err error) {
	host, rest, found := strings.Cut(display, ":")
	if !found || host != "" && host != "unix" {
		return a, fmt.Errorf("%q is not a display of this machine", display)
	}
	number, screen, dotted := strings.Cut(rest, ".")
	if a.number, err = strconv.Atoi(number); err == nil && dotted {
		a.screen, err = strconv.Atoi(screen)
	}
	if err != nil || a.number < 0 || a.screen < 0 {
		return a, fmt.Errorf("%q is not a display", display)
	}
	return a, nil
}

// sockets are the places where the server listens, an abstract one first (unix(7)): that is
// there in each mount namespace.
func (a address) sockets() []string {
	path := "/tmp/.X11-unix/X" + strconv.Itoa(a.number)
	return []string{"@" + path, path}
}

// The only way to identify oneself that is in use, and families of Xauth(3).
const (
	cookieName  = "MIT-MAGIC-COOKIE-1"
	familyLocal = 256
	familyWild  = 65535
)

// cookie finds the secret of a server in the text of an Xauthority file (Xauth(3)): each
// entry is a family in two bytes, then an address, a number, a name, and data, each with its
// length in two bytes before it. It is nil if there is none.
func cookie(text []byte, host string, number int) []byte {
	for len(text) >= 2 {
		family := binary.BigEndian.Uint16(text)
		text = text[2:]
		var field [4][]byte
		for i := range field {
			if len(text) < 2 || len(text)-2 < int(binary.BigEndian.Uint16(text)) {
				return nil
			}
			n := 2 + int(binary.BigEndian.Uint16(text))
			field[i], text = text[2:n], text[n:]
		}
		here := family == familyWild || family == familyLocal && bytes.Equal(field[0], []byte(host))
		this := len(field[1]) == 0 || string(field[1]) == strconv.Itoa(number)
		if here && this && string(field[2]) == cookieName {
			return field[3]
		}
	}
	return nil
}
