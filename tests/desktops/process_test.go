//go:build rig

package desktops

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// A process is the number of one of the user's.
type process int

func (p process) file(name string) string {
	text, _ := os.ReadFile("/proc/" + strconv.Itoa(int(p)) + "/" + name)
	return string(text)
}

// group is its control group, below the user's manager if it is one of the manager's.
func (p process) group() string {
	_, group, _ := strings.Cut(strings.TrimSpace(p.file("cgroup")), "0::")
	return strings.TrimPrefix(group, "/user.slice/user-1000.slice/user@1000.service/")
}

// environ is the environment that its program was started with.
func (p process) environ() map[string]string {
	env := map[string]string{}
	for variable := range strings.SplitSeq(p.file("environ"), "\x00") {
		name, value, _ := strings.Cut(variable, "=")
		env[name] = value
	}
	return env
}

func (p process) kill() { syscall.Kill(int(p), syscall.SIGKILL) }

// processes gives those of the user whose program and arguments are of a kind.
func processes(of func(exe string, args []string) bool) []process {
	var found []process
	entries, _ := filepath.Glob("/proc/[1-9]*")
	for _, dir := range entries {
		info, err := os.Stat(dir)
		if err != nil || info.Sys().(*syscall.Stat_t).Uid != userID {
			continue
		}
		pid, _ := strconv.Atoi(filepath.Base(dir))
		exe, _ := os.Readlink(dir + "/exe")
		if of(exe, strings.Split(process(pid).file("cmdline"), "\x00")) {
			found = append(found, process(pid))
		}
	}
	return found
}

// programs are the files that the processes of an app run: Chromium's crash handler is
// its own program.
var programs = map[string][]string{
	"discord":  {catalogued},
	"flatpak":  {"/app/bin/Discord"}, // as it is called in its own sandbox
	"chromium": {"/usr/lib/chromium/chromium", "/usr/lib/chromium/chrome_crashpad_handler"},
}

func appProcesses(app string) []process {
	return processes(func(exe string, _ []string) bool { return slices.Contains(programs[app], exe) })
}

// mainProcesses are those of the app that it did not fork itself.
func mainProcesses(app string) []process {
	return processes(func(exe string, args []string) bool {
		return exe == programs[app][0] && !slices.ContainsFunc(args, func(arg string) bool { return strings.HasPrefix(arg, "--type=") })
	})
}
