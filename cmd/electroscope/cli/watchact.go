package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// act does what the user chose in a notification, by commands of this same program: what a person
// would type.
func act(app, action string) error {
	verb, size, _ := strings.Cut(action, " ")
	switch verb {
	case raise:
		return runTool("set", app, "memory="+size)
	case restart:
		if err := runTool("stop", app); err != nil {
			return err
		}
		return startApart(app)
	}
	return fmt.Errorf("unknown action %q", action)
}

// actTimeout bounds a command: stop waits for an app to end before it kills it.
const actTimeout = time.Minute

func runTool(words ...string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), actTimeout)
	defer cancel()
	if out, err := exec.CommandContext(ctx, self, words...).CombinedOutput(); err != nil {
		return fmt.Errorf("electroscope %s: %w\n%s", strings.Join(words, " "), err, strings.TrimSpace(string(out)))
	}
	return nil
}

// startApart runs an app in a session of its own (setsid(2)). It goes into its scope by itself, so it
// outlives this service.
func startApart(app string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.Command(self, "run", app)
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }() // so that it does not stay a zombie; how it ended is its own affair
	return nil
}
