// Package control acts on apps that run: it changes their limits, freezes and thaws them,
// takes memory from them, brings back what has left its scope, and ends them.
//
// Whatever is done is read back from the kernel's files before it is called done: a call
// that the manager answers well says only that it was taken.
package control

import (
	"fmt"
	"os"
	"strings"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/systemd"
	"electroscope/monitor"
)

// A Control acts through the user's manager and the kernel's files.
type Control struct {
	Manager Manager
	Reader  monitor.Reader
}

// write puts text into one of a group's files, which must be there. The error is that of
// the system, without the path.
func (c Control) write(g cgroup.Group, file, text string) error {
	f, err := os.OpenFile(c.Reader.Cgroup+string(g)+"/"+file, os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteString(text)
		f.Close() // a kernel file takes what is written at once
	}
	if e, ok := err.(*os.PathError); ok {
		return e.Err
	}
	return err
}

// has reports whether a flat keyed file of the group has that line, such as "frozen 1".
func (c Control) has(g cgroup.Group, file, line string) bool {
	text, err := g.Read(c.Reader.Cgroup, file)
	return err == nil && strings.Contains("\n"+text+"\n", "\n"+line+"\n")
}

// within polls until it is as wanted, and reports whether it came to that. A busy machine
// gets more time.
func within(patience time.Duration, asWanted func() bool) bool {
	const pause = 5 * time.Millisecond
	for end := time.Now().Add(systemd.Stretched(patience)); !asWanted(); time.Sleep(pause) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// ownUnit is an error if the app shares its unit with others, so that acting on the unit
// would act on these.
func ownUnit(a monitor.App, verb string) error {
	if a.Kind != monitor.Outside {
		return nil
	}
	if a.Unit == "" {
		return fmt.Errorf("%s was not started through electroscope and has no unit of its own to %s", a.Name, verb)
	}
	return fmt.Errorf("%s was not started through electroscope and is in %q, with others: there is nothing to %s by itself", a.Name, a.Unit, verb)
}
