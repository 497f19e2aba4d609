//go:build rig

package chromium

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"electroscope/launcher/procstat"
)

// long is far above what a browser takes to come up here.
const long = 60 * time.Second

// A browser is one that a test started. The rig is a PID namespace: each Chromium
// in it is this one.
type browser struct {
	t      *testing.T
	cmd    *exec.Cmd
	stderr bytes.Buffer
	ended  chan struct{}
}

// switches are for a machine without network and user namespaces.
func switches(t *testing.T) []string {
	return []string{
		"--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--user-data-dir=" + t.TempDir(), "about:blank",
	}
}

// start runs a command that ends in Chromium without a GPU; catalogue is the user's
// apps.toml.
func start(t *testing.T, catalogue string, command ...string) *browser {
	t.Helper()
	return run(t, config(t, catalogue), append(command, "--disable-gpu"))
}

// config makes a folder for XDG_CONFIG_HOME with that apps.toml.
func config(t *testing.T, catalogue string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir+"/electroscope/apps.toml", catalogue, 0o644)
	return dir
}

func write(t *testing.T, file, text string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// run starts a command that ends in Chromium. It has the files as 3 and following.
func run(t *testing.T, config string, command []string, files ...*os.File) *browser {
	t.Helper()
	b := &browser{t: t, ended: make(chan struct{})}
	b.cmd = exec.Command(command[0], append(command[1:len(command):len(command)], switches(t)...)...)
	// A child of the zygote writes its arguments over its first ones and the environment
	// behind them: where that is short, /proc shows them cut off.
	room := "ROOM_FOR_ARGUMENTS=" + strings.Repeat("x", 16<<10)
	b.cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+config, room)
	b.cmd.Stderr = &b.stderr
	b.cmd.ExtraFiles = files
	if err := b.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		b.cmd.Wait()
		close(b.ended)
	}()
	t.Cleanup(b.end)
	return b
}

// end kills every process of the browser, whatever scope it is in, by its PID.
func (b *browser) end() {
	if !until(long, func() bool {
		tree := processes()
		for _, p := range tree {
			syscall.Kill(p.pid, syscall.SIGKILL)
		}
		return len(tree) == 0
	}) {
		b.t.Error("Chromium cannot be ended")
	}
	b.cmd.Process.Kill()
	<-b.ended
	if b.t.Failed() {
		b.t.Logf("stderr: %.2000s", b.stderr.String())
	}
}

// A process is one of a browser's.
type process struct {
	pid   int
	ppid  int
	kind  string // of --type=, "browser" for the main one
	group string
	argv  string // each argument with a blank before and behind it
}

func (p process) String() string { return fmt.Sprintf("%s %d in %s", p.kind, p.pid, p.group) }

// value is that of the process's one switch of that name, up to a blank.
func (p process) value(name string) (string, bool) {
	_, rest, ok := strings.Cut(p.argv, " "+name+"=")
	value, _, _ := strings.Cut(rest, " ")
	return value, ok
}

// processes are those of Chromium, crash handlers included.
func processes() []process {
	var list []process
	files, _ := filepath.Glob("/proc/[0-9]*/comm")
	for _, file := range files {
		comm, err := os.ReadFile(file)
		name := strings.TrimSpace(string(comm))
		if err != nil || name != "chromium" && !strings.HasPrefix(name, "chrome_crashpad") {
			continue
		}
		dir := filepath.Dir(file)
		p := process{kind: "browser", ppid: parent(dir), group: group(dir)}
		p.pid, _ = strconv.Atoi(filepath.Base(dir))
		cmdline, _ := os.ReadFile(dir + "/cmdline")
		p.argv = " " + strings.ReplaceAll(string(cmdline), "\x00", " ") + " " // as the children of the zygote join theirs themselves
		if name != "chromium" {
			p.kind = "crashpad"
		} else if kind, ok := p.value("--type"); ok {
			p.kind = kind
		}
		if p.group != "" && len(cmdline) > 0 { // else it is ending
			list = append(list, p)
		}
	}
	return list
}

// parent is the PID of a process's parent; 0 if the process has ended.
func parent(dir string) int {
	ppid, _ := strconv.Atoi(procstat.Read(dir).Field(4))
	return ppid
}

// group is the place of a process in the unified hierarchy.
func group(dir string) string {
	text, _ := os.ReadFile(dir + "/cgroup")
	for line := range strings.SplitSeq(string(text), "\n") {
		if g, ok := strings.CutPrefix(line, "0::"); ok {
			return g
		}
	}
	return ""
}

// main is the browser process, once all kinds of processes are there.
func (b *browser) main() process {
	b.t.Helper()
	var main process
	if !until(long, func() bool {
		kinds := map[string]bool{}
		for _, p := range processes() {
			kinds[p.kind] = true
			if p.kind == "browser" && (main.pid == 0 || p.pid == main.pid) {
				main = p
			}
		}
		return kinds["browser"] && kinds["renderer"] && kinds["zygote"] && (kinds["utility"] || kinds["gpu-process"])
	}) {
		b.t.Fatalf("Chromium does not come up: %v", processes())
	}
	return main
}

func until(limit time.Duration, there func() bool) bool {
	for end := time.Now().Add(limit); ; time.Sleep(50 * time.Millisecond) {
		if there() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}
