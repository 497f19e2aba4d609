//go:build rig

package desktops

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	userID  = 1000
	home    = "/home/rig"
	runtime = "/run/user/1000"
	path    = home + "/.local/bin:/usr/local/bin:/usr/bin:/bin"
)

// A machine is the container with its user, who may have logged in.
type machine struct{ *testing.T }

func (m machine) must(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}

// root gives the output of a command that must succeed.
func (m machine) root(name string, args ...string) string {
	m.Helper()
	return m.output(exec.Command(name, args...))
}

func (m machine) output(c *exec.Cmd) string {
	m.Helper()
	out, err := c.CombinedOutput()
	if err != nil {
		m.Fatalf("%s: %v\n%s", strings.Join(c.Args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// asUser is a command of the user's, outside any session of his.
func asUser(name string, args ...string) *exec.Cmd {
	c := exec.Command("/usr/bin/timeout", append([]string{"60", "env", name}, args...)...)
	c.Dir = home
	c.Env = []string{"HOME=" + home, "USER=rig", "LOGNAME=rig", "SHELL=/bin/bash", "LANG=C.UTF-8", "PATH=" + path,
		"XDG_RUNTIME_DIR=" + runtime, "DBUS_SESSION_BUS_ADDRESS=unix:path=" + runtime + "/bus"}
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: userID, Gid: userID}}
	return c
}

func (m machine) user(name string, args ...string) string {
	m.Helper()
	return m.output(asUser(name, args...))
}

// write makes a file of the user's.
func (m machine) write(name, text string) {
	m.Helper()
	name = filepath.Join(home, name)
	m.user("mkdir", "-p", filepath.Dir(name))
	m.must(os.WriteFile(name, []byte(text), 0o755))
	m.must(os.Chown(name, userID, userID))
}

// chromium is of no catalogue that is shipped.
const catalogue = `[apps.chromium]
names   = ["chromium"]
exec    = ["/usr/bin/chromium"]
runtime = "chromium"
id      = "chromium"

[apps.chromium.limits]
MemoryMax = "2G"
CPUQuota  = "120%"
`

// freshHome is an empty home into which electroscope has installed itself.
func freshHome(t *testing.T) machine {
	t.Helper()
	m := emptyHome(t)
	m.user(ownBinary, "install")
	return m
}

// emptyHome is one that electroscope is not yet installed into.
func emptyHome(t *testing.T) machine {
	t.Helper()
	m := machine{t}
	m.must(os.RemoveAll(home))
	m.root("cp", "-r", "/etc/skel", home)
	m.root("chown", "-R", "rig:rig", home)
	m.write(".config/electroscope/apps.toml", catalogue)
	m.write(".config/mimeapps.list", "[Default Applications]\nx-scheme-handler/https=chromium.desktop\nx-scheme-handler/discord=discord.desktop\n")
	return m
}

// autostartDiscord does what an app's own setting does, after which install is run anew.
func (m machine) autostartDiscord() {
	m.Helper()
	m.write(".config/autostart/discord.desktop", entry("Discord", catalogued, ""))
	m.user(ownBinary, "install")
}

func until(limit time.Duration, there func() bool) bool {
	for end := time.Now().Add(limit); ; time.Sleep(100 * time.Millisecond) {
		if there() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}
