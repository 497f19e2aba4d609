package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestContract runs the real binary, for it is the process whose exit status and streams a
// script sees. Nothing is launched: no user manager is there to be asked, and what is run is
// refused or run as if electroscope were not there.
func TestContract(t *testing.T) {
	dir := contractFolder(t)
	const (
		nothing = "^$"
		failure = "^electroscope: error: "
		note    = "^electroscope: note: "
	)
	tests := []struct {
		command string // of a shell
		status  int
		stdout  string // a pattern
		stderr  string // likewise
	}{
		{"electroscope version", 0, "^electroscope ", nothing},
		{"electroscope help", 0, "^electroscope starts", nothing},
		{"electroscope run -h", 0, "^usage: electroscope run", nothing},
		{"electroscope run -n ours", 0, "^exec ", nothing},
		{"electroscope apps --json", 0, `^\[`, note}, // the key that is not known
		{"ELECTROSCOPE_DRY_RUN=1 ./ours", 0, "^exec ", nothing},
		{"electroscope config check", 1, "", failure},
		{"electroscope explain nowhere-to-be-found", 1, nothing, failure},
		{"electroscope install --check nowhere", 2, nothing, failure},
		{"electroscope link --dir=bin/program/x ours", 1, nothing, failure},
		{"electroscope help >/dev/full", 1, nothing, failure},
		{"electroscope apps --json >/dev/full", 1, nothing, note},
		{"electroscope", 2, nothing, "^electroscope starts"},
		{"electroscope no-such-command", 2, nothing, failure},
		{"electroscope run --no-such-option ours", 2, nothing, failure},
		{"electroscope run --memory=lots ours", 2, nothing, failure},
		{"electroscope apps ours", 2, nothing, failure},
		{"electroscope shell --dir", 2, nothing, failure},
		{"HOME=nowhere electroscope install", 2, nothing, failure},
		{"ELECTROSCOPE_DISABLE=1 electroscope run ours -n", 7, "^ran -n\n$", nothing},
		{"ELECTROSCOPE_DISABLE=1 ./ours --help", 7, "^ran --help\n$", nothing},
		{"electroscope run --on-failure=refuse ours", 125, nothing, failure},
		{`ELECTROSCOPE_SET='apps.ours.on-failure = "refuse"' ./ours`, 125, nothing, failure},
		{"electroscope run bin/text", 126, nothing, failure},
		{"electroscope shell bin/text", 126, nothing, failure},
		{"electroscope run nowhere-to-be-found", 127, nothing, failure},
		{"electroscope shell nowhere-to-be-found", 127, nothing, failure},
		{"./ghost", 127, nothing, failure},
		{"./unheard-of", 127, nothing, failure},
	}
	message := regexp.MustCompile(`^(electroscope: (error|note): |  )\S`)
	seen := make(map[int]bool)
	for _, test := range tests {
		seen[test.status] = true
		status, stdout, stderr := shellIn(t, dir, test.command)
		if status != test.status {
			t.Errorf("%s: status %d, want %d; stderr: %s", test.command, status, test.status, stderr)
		}
		if !regexp.MustCompile(test.stdout).MatchString(stdout) {
			t.Errorf("%s: stdout is %q, want %s", test.command, stdout, test.stdout)
		}
		if !regexp.MustCompile(test.stderr).MatchString(stderr) {
			t.Errorf("%s: stderr is %q, want %s", test.command, stderr, test.stderr)
		}
		for line := range strings.Lines(stderr) {
			if strings.HasPrefix(stderr, "electroscope: ") && !message.MatchString(line) {
				t.Errorf("%s: a line of stderr is no part of a message: %q", test.command, line)
			}
		}
	}
	for _, documented := range slices.Concat(launchStatuses, commandStatuses) {
		if !seen[documented.status] {
			t.Errorf("status %d is in the man page, and no command here ends with it", documented.status)
		}
	}
}

// contractFolder has the binary, a home with apps.toml, and programs for it.
func contractFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	binary := filepath.Join(dir, "electroscope")
	if out, err := exec.Command("go", "build", "-o", binary, "electroscope/cmd/electroscope").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for name, text := range map[string]string{
		"home/.config/electroscope/apps.toml": "[apps.discord]\nheep = 1\n[apps.ours]\nexec = [\"program\"]\n[apps.ghost]\nexec = [\"nowhere-to-be-found\"]\n",
		"bin/program":                         "#!/bin/sh\necho ran \"$@\"\nexit 7\n",
		"bin/text":                            "no program\n",
		"run/nothing":                         "",
	} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "bin/program"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ours", "ghost", "unheard-of"} {
		if err := os.Symlink(binary, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// shellIn runs a shell's command in that folder.
func shellIn(t *testing.T, dir, command string) (status int, stdout, stderr string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, "/bin/sh", "-c", command)
	c.Dir = dir
	c.Env = []string{"PATH=" + dir + ":" + dir + "/bin:/usr/bin:/bin", "HOME=" + dir + "/home", "XDG_RUNTIME_DIR=" + dir + "/run",
		"XDG_CONFIG_DIRS=" + dir + "/none", "SHELL=/bin/sh"}
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	var exit *exec.ExitError
	if err := c.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: %v", command, err)
	}
	return c.ProcessState.ExitCode(), out.String(), errs.String()
}
