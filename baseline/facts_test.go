package baseline

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"electroscope/monitor"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, to, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(to, path); err != nil {
		t.Fatal(err)
	}
}

// emptySource is a machine of which nothing is known yet.
func emptySource(t *testing.T) Source {
	t.Helper()
	root := t.TempDir()
	return Source{Reader: monitor.Reader{Proc: root + "/proc", Cgroup: root + "/sys/fs/cgroup", UID: os.Getuid()}, Root: root, PID: 40}
}

func TestIdleBetween(t *testing.T) {
	for _, test := range []struct {
		before, after string
		want          monitor.Percentage
	}{
		{"cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 1\n", "cpu  10 0 10 70 10 0 0 0 0 0\n", monitor.Percent(80)},
		{"cpu  0 0 0 0 0 0 0 0 0 0", "cpu  10 0 0 70 0 0 0 20 10 0", monitor.Percent(70)}, // guest time is in the first
		{"cpu  5 0 0 5 9", "cpu  10 0 0 10 8", monitor.Percent(50)},                       // iowait went back
		{"cpu  1 1 1 1 1", "cpu  1 1 1 1 1", monitor.Percentage{}},                        // no time has passed
		{"cpu  1 1 1", "cpu  2 2 2", monitor.Percentage{}},
		{"cpu  1 x 1 1 1", "cpu  2 2 2 2 2", monitor.Percentage{}},
		{"cpu  -1 1 1 1 1", "cpu  2 2 2 2 2", monitor.Percentage{}},
		{"intr 1 2 3 4 5", "intr 2 3 4 5 6", monitor.Percentage{}},
		{"", "", monitor.Percentage{}},
	} {
		if got := idleBetween(test.before, test.after); got != test.want {
			t.Errorf("%q, %q: %v", test.before, test.after, got)
		}
	}
}

func TestHost(t *testing.T) {
	for text, want := range map[string]Host{
		"processor\t: 0\nmodel name\t: Intel(R)  Core(TM) i7-6700K CPU\n\nprocessor\t: 1\nmodel name\t: Intel(R)  Core(TM) i7-6700K CPU\n": {"k", "Intel(R) Core(TM) i7-6700K CPU", 2},
		"processor\t: 0\nBogoMIPS\t: 50.00\n": {"k", "", 1}, // arm64 names no model
		"":                                    {"k", "", 0},
	} {
		if got := (Host{Kernel: "k"}).with(text); got != want {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestZram(t *testing.T) {
	s := emptySource(t)
	if z := s.zram(); z != nil {
		t.Errorf("without a device: %+v", z)
	}
	write(t, s.Root+"/sys/block/zram0/disksize", "0\n") // made, and not set up
	write(t, s.Root+"/sys/block/zram0/mm_stat", "0 0 0 0 0 0 0 0\n")
	if z := s.zram(); z != nil {
		t.Errorf("without a size: %+v", z)
	}
	write(t, s.Root+"/sys/block/zram1/disksize", "1000\n")
	write(t, s.Root+"/sys/block/zram1/mm_stat", "     300  100  120  0  130  5 0 0 0\n")
	if z, want := s.zram(), (Zram{monitor.Known(1000), monitor.Known(300), monitor.Known(100), monitor.Known(120)}); z == nil || *z != want {
		t.Errorf("%+v", z)
	}
	write(t, s.Root+"/sys/block/zram2/disksize", "500\n")
	write(t, s.Root+"/sys/block/zram2/mm_stat", "10 20\n") // of another kernel
	if z := s.zram(); z == nil || z.Size != monitor.Known(1500) || z.Used.IsKnown() || z.Original.IsKnown() {
		t.Errorf("one that is not known: %+v", z)
	}
}

// run adds a process that began at that second.
func (s Source) run(t *testing.T, pid, parent, second int, group string) {
	t.Helper()
	fields := make([]string, 22)
	for i := range fields {
		fields[i] = "0"
	}
	fields[0], fields[1], fields[19], fields[21] = "S", strconv.Itoa(parent), strconv.Itoa(second*100), "10"
	write(t, s.Proc+"/"+strconv.Itoa(pid)+"/stat", strconv.Itoa(pid)+" (a) "+strings.Join(fields, " "))
	write(t, s.Proc+"/"+strconv.Itoa(pid)+"/cgroup", "0::"+group+"\n")
}

func TestSession(t *testing.T) {
	const user = "/user.slice/user-1000.slice"
	s := emptySource(t)
	expect := func(what string, want monitor.Figure) {
		t.Helper()
		if got := s.session(1000 * time.Second); got != want {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	expect("nothing", monitor.Figure{})
	s.run(t, 40, 30, 990, user+"/user@1000.service/app.slice/app-konsole-30.scope")
	s.run(t, 30, 20, 500, user+"/user@1000.service/app.slice/app-konsole-30.scope")
	expect("its parent is hidden", monitor.Known(500))
	s.run(t, 20, 1, 100, user+"/user@1000.service/init.scope")
	s.run(t, 1, 0, 0, "/init.scope")
	expect("a terminal of the desktop", monitor.Known(900))
	s.run(t, 20, 1, 100, "/system.slice/cron.service")
	s.run(t, 30, 20, 500, "/system.slice/cron.service")
	s.run(t, 40, 30, 990, "/system.slice/cron.service")
	expect("a service of the system", monitor.Figure{})
	s.run(t, 40, 30, 990, user+"/session-3.scope")
	s.run(t, 30, 40, 500, user+"/session-3.scope")
	expect("ancestors in a circle", monitor.Known(500))
	s.run(t, 30, 20, 5000, user+"/session-3.scope")
	expect("one that began after now", monitor.Known(10))
	s.UID++
	expect("another's", monitor.Figure{})
}

func TestParseClient(t *testing.T) {
	const head = "pos:\t0\nflags:\t02\ndrm-driver:\tamdgpu\ndrm-client-id:\t7\ndrm-pdev:\t0000:03:00.0\n"
	for text, want := range map[string]monitor.Figure{
		head + "drm-memory-vram:\t100 KiB\ndrm-memory-gtt:\t2 MiB\ndrm-engine-gfx:\t5 ns\n":                               monitor.Known(100<<10 + 2<<20),
		head + "drm-memory-vram:\t100 KiB\ndrm-resident-vram:\t90 KiB\ndrm-total-vram:\t200 KiB\ndrm-resident-gtt:\t4096": monitor.Known(90<<10 + 4096),
		head: {}, // NVIDIA's driver
		head + "drm-memory-vram:\tmany\ndrm-memory-gtt:\t-1 KiB\ndrm-memory-cpu:\t1 GiB\n": {},
		head + "drm-memory-vram:\t99999999999999999999 KiB\n":                              {},
		"": {},
	} {
		if _, got := parseClient(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// TestGPU: a client counts once, however many descriptors lead to it.
func TestGPU(t *testing.T) {
	s := emptySource(t)
	open := func(pid, fd, file, text string) {
		link(t, file, s.Proc+"/"+pid+"/fd/"+fd)
		write(t, s.Proc+"/"+pid+"/fdinfo/"+fd, text)
	}
	client := func(id string) string {
		return "drm-driver:\ti915\ndrm-pdev:\t0\ndrm-client-id:\t" + id + "\ndrm-resident-system0:\t10 KiB\n"
	}
	open("7", "3", "/dev/null", client("9")) // not a card
	if got := s.gpu(); got.IsKnown() {
		t.Errorf("without a card: %v", got)
	}
	open("7", "4", "/dev/dri/renderD128", client("1"))
	open("7", "5", "/dev/dri/renderD128", client("1"))
	open("7", "6", "/dev/dri/renderD128", client("2"))
	open("8", "4", "/dev/dri/renderD128", client("1")) // handed on
	open("8", "5", "/dev/dri/card0", client("3"))
	if got := s.gpu(); got != monitor.Known(30<<10) {
		t.Errorf("%v", got)
	}
	s.UID++
	if got := s.gpu(); got.IsKnown() {
		t.Errorf("another's: %v", got)
	}
}
