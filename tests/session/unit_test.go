//go:build rig

package session

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// tool runs a program of the machine's as the user, and gives what it wrote.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := try(name, args...)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return out
}

func try(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*soon)
	defer cancel()
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	return string(out), err
}

func systemctl(t *testing.T, args ...string) string {
	t.Helper()
	return tool(t, "systemctl", append([]string{"--user"}, args...)...)
}

// show reads properties of a unit back from the manager.
func show(t *testing.T, unit string, names ...string) map[string]string {
	t.Helper()
	values := map[string]string{}
	for line := range strings.SplitSeq(systemctl(t, "show", "-p", strings.Join(names, ","), unit), "\n") {
		if name, value, ok := strings.Cut(line, "="); ok {
			values[name] = value
		}
	}
	return values
}

func has(list, word string) bool { return strings.Contains(" "+list+" ", " "+word+" ") }

// unitOf is the innermost unit of a group.
func unitOf(group string) string { return group[strings.LastIndexByte(group, '/')+1:] }

// in tells whether a group is that of a unit or slice, or below it.
func in(group, unit string) bool { return strings.Contains(group+"/", "/"+unit+"/") }

// userUnit writes a unit file for the manager and takes it away again.
func userUnit(t *testing.T, name, text string) {
	t.Helper()
	file := os.Getenv("XDG_RUNTIME_DIR") + "/systemd/user/" + name
	s := &stage{t: t}
	s.write(file, text)
	t.Cleanup(func() {
		os.Remove(file)
		systemctl(t, "daemon-reload")
	})
}
