//go:build rig

// Package files launches an app where files do not answer. It runs as root in mount
// and PID namespaces of its own (tests/session/run.sh), and needs no manager.
package files

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	bin := os.Getenv("ELECTROSCOPE_BIN")
	switch {
	case os.Getppid() > 1 || os.Geteuid() != 0:
		fmt.Fprintln(os.Stderr, "files: not root in namespaces of its own (remedy: tests/session/run.sh)")
		os.Exit(99)
	case !filepath.IsAbs(bin):
		fmt.Fprintf(os.Stderr, "files: ELECTROSCOPE_BIN is %q, not the path of the binary under test\n", bin)
		os.Exit(99)
	}
	os.Exit(m.Run())
}

// TestDeadFiles: whatever folder of the environment lies on a file system that does
// not answer, the app runs, with its arguments and environment, and one line says what
// it runs without. The status of the app is that of the launch, once the kernel lets go
// of the thread that asked.
func TestDeadFiles(t *testing.T) {
	for name, env := range map[string]func(dead, dir string) []string{
		"XDG_CONFIG_HOME": func(dead, dir string) []string { return []string{"XDG_CONFIG_HOME=" + dead + "/config"} },
		"XDG_CONFIG_DIRS": func(dead, dir string) []string { return []string{"XDG_CONFIG_DIRS=/etc/xdg:" + dead} },
		"XDG_RUNTIME_DIR": func(dead, dir string) []string { return []string{"XDG_RUNTIME_DIR=" + dead} },
		"HOME":            func(dead, dir string) []string { return []string{"HOME=" + dead} },
		"PATH":            func(dead, dir string) []string { return []string{"PATH=" + dead + "/bin:" + dir + ":/usr/bin:/bin"} },
		"a link to it": func(dead, dir string) []string {
			config := filepath.Dir(dead) + "/config"
			must(t, os.MkdirAll(config+"/electroscope", 0o755))
			must(t, os.Symlink(dead+"/apps.toml", config+"/electroscope/apps.toml"))
			return []string{"XDG_CONFIG_HOME=" + config}
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := deadMount(t)
			l := newLaunch(t)
			l.cmd.Env = append(l.cmd.Env, env(m.dir, l.dir)...)
			l.start()
			l.says("a b|kept|\n")
			m.abort()
			if status, said := l.status(), l.stderr(); status != 7 || !strings.Contains(said, "does not answer") || strings.Count(said, "\n") != 1 {
				t.Errorf("status %d, stderr: %q", status, said)
			}
		})
	}
}

// TestDeadFolder: from a folder that does not answer, with PWD set as shells do. The
// app is none that looks at its folder.
func TestDeadFolder(t *testing.T) {
	m := newMount(t)
	l := newLaunch(t)
	l.cmd.Args[2] = "/usr/bin/printenv"
	l.cmd.Args[3] = "KEPT"
	l.throughShell(`cd "$dir" && echo there && read -r go && exec "$@"`)
	l.cmd.Env = append(l.cmd.Env, "dir="+m.dir, "PWD="+m.dir)
	goOn := l.stdin()
	l.start()
	l.says("there\n")
	m.dead.Store(true)
	goOn()
	l.says("there\nkept\n")
	if status, said := l.status(), l.stderr(); status != 0 || strings.Contains(said, "does not answer") {
		t.Errorf("status %d, stderr: %q", status, said)
	}
}

// TestDeadStderr: a line for a file that does not answer is lost, and the app starts.
func TestDeadStderr(t *testing.T) {
	m := newMount(t)
	l := newLaunch(t)
	l.throughShell(`exec 2>>"$dir/log" && echo ready && read -r go && exec "$@"`)
	l.cmd.Env = append(l.cmd.Env, "dir="+m.dir)
	goOn := l.stdin()
	l.start()
	l.says("ready\n")
	m.dead.Store(true)
	goOn()
	l.says("ready\na b|kept|\n")
	m.abort()
	if status := l.status(); status != 7 {
		t.Errorf("status %d", status)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
