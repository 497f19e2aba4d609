package launcher

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/plan"
	"electroscope/launcher/regular"
)

// A Process is all that a launch reads of its surroundings.
type Process struct {
	Env    []string // as execve(2) passed it; the app gets the same
	Dir    string   // working folder, for relative paths and empty PATH elements
	PID    int
	UID    int    // the effective one, as whom files are opened and sockets are called
	Root   string // "/", below which the graphics cards and drivers are looked for
	Proc   string // "/proc"
	Cgroup string // "/sys/fs/cgroup"
	Stderr io.Writer

	// If a file system does not answer (unanswered.go):
	watch *watch
	waits func(path string) bool // what must not be looked at; nil in an ordinary launch
	seen  []string               // the environment that decides, if it is not Env
	notes []plan.Note            // what that costs
}

// ThisProcess is the world as it is.
func ThisProcess() Process {
	// Not os.Getwd, which looks at $PWD: from a folder of a dead network file system
	// it would not return. Gone: relative names are then not found, which their message says.
	dir, _ := syscall.Getwd()
	w := Process{
		Env: inheritedEnviron(), Dir: dir, PID: os.Getpid(), UID: os.Geteuid(),
		Root: "/", Proc: "/proc", Cgroup: "/sys/fs/cgroup", Stderr: Descriptor(syscall.Stderr),
	}
	if _, around := w.lookupEnv(unansweredVariable); around {
		return w.around()
	}
	return w
}

// Getenv is the value of a variable, empty if it is not set. Without HOME it is
// the user's in passwd(5).
func (w Process) Getenv(name string) string {
	v, _ := w.lookupEnv(name)
	if v == "" && name == "HOME" {
		text, _ := regular.Read(filepath.Join(w.Root, "etc/passwd"), maxPasswd)
		return homeOf(string(text), w.UID)
	}
	return v
}

const maxPasswd = 4 << 20

// homeOf finds the sixth field of a user's line in passwd(5).
func homeOf(passwd string, uid int) string {
	for line := range strings.SplitSeq(passwd, "\n") {
		if f := strings.Split(line, ":"); len(f) >= 7 && f[2] == strconv.Itoa(uid) {
			return f[5]
		}
	}
	return ""
}

func (w Process) lookupEnv(name string) (string, bool) {
	if w.seen != nil {
		return lookup(w.seen, name)
	}
	return lookup(w.Env, name)
}

// as is the process with the environment that the app gets from apps.toml: what its
// wrapper and its Chromium will see.
func (w Process) as(app catalog.App) Process {
	change := func(env []string) []string {
		for name, value := range app.Env {
			env = setVariable(env, name, value)
		}
		return slices.DeleteFunc(env, func(e string) bool {
			name, _, _ := strings.Cut(e, "=")
			return slices.Contains(app.Unset, name)
		})
	}
	if len(app.Env)+len(app.Unset) == 0 {
		return w
	}
	w.Env = change(slices.Clone(w.Env))
	if w.seen != nil {
		w.seen = change(slices.Clone(w.seen))
	}
	return w
}

func lookup(env []string, name string) (string, bool) {
	for _, entry := range env {
		if len(entry) > len(name) && entry[len(name)] == '=' && entry[:len(name)] == name {
			return entry[len(name)+1:], true
		}
	}
	return "", false
}

// group is where this process stands, empty if that is not known.
func (w Process) group() cgroup.Group {
	g, _ := cgroup.Own(w.Proc)
	return g
}

// groupOf is where a process stands, empty if that is not known.
func (w Process) groupOf(pid int) cgroup.Group {
	g, _ := cgroup.Process(w.Proc, strconv.Itoa(pid))
	return g
}

// runtimeDirs are where the manager's socket may lie: where the environment says,
// and where pam_systemd(8) puts it, for those who come by sudo or cron. The folder of
// another user, whose environment came along, is not used, nor one that everybody may
// write to, where anybody may listen (XDG Base Directory Specification: the folder "MUST
// be owned by the user, and he MUST be the only one having read and write access to it");
// the error says so.
func (w Process) runtimeDirs() ([]string, error) {
	usual := "/run/user/" + strconv.Itoa(w.UID)
	if w.waits != nil && w.waits(usual) {
		return nil, fmt.Errorf("the file system of %q does not answer", usual)
	}
	dir := strings.TrimRight(w.Getenv("XDG_RUNTIME_DIR"), "/")
	if !strings.HasPrefix(dir, "/") || dir == usual {
		return []string{usual}, nil
	}
	var st syscall.Stat_t
	switch err := syscall.Stat(dir, &st); {
	case err != nil: // which whoever opens something in it will say
	case int(st.Uid) != w.UID:
		return []string{usual}, fmt.Errorf("XDG_RUNTIME_DIR %q is another user's", dir)
	case st.Mode&syscall.S_IWOTH != 0:
		return []string{usual}, fmt.Errorf("everybody may write to XDG_RUNTIME_DIR %q", dir)
	}
	return []string{dir, usual}, nil
}
