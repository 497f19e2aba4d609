//go:build rig

package chromium

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// itsOwn is Chromium's request, told by its mode from ours, which names the same unit
// as a guard.
var itsOwn = regexp.MustCompile(`STRING "app-org\.chromium\.Chromium-\d+\.scope";\s*STRING "replace"`)

// requests watches the session bus for those to make a transient unit. What it gives
// is what was seen so far.
func requests(t *testing.T) (seen func() string) {
	t.Helper()
	file := t.TempDir() + "/bus"
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	ctx, cancel := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, "busctl", "--user", "monitor", "--match=member=StartTransientUnit")
	c.Stdout, c.Stderr = out, out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		c.Wait()
	})
	read := func() string {
		text, _ := os.ReadFile(file)
		return string(text)
	}
	if !until(long, func() bool { return strings.Contains(read(), "onitoring") }) {
		t.Fatalf("busctl does not watch: %s", read())
	}
	return read
}
