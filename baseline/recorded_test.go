package baseline

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"electroscope/launcher/catalog"
	"electroscope/monitor"
	"electroscope/monitor/budget"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRecordedMachines: what a record of each has. Those of doctor show little of their processes,
// which is then not counted; what they do not show at all is unknown.
func TestRecordedMachines(t *testing.T) {
	files, _ := filepath.Glob("../doctor/testdata/*.txtar")
	if len(files) < 5 {
		t.Fatalf("machines: %q", files)
	}
	for _, file := range append(files, "testdata/chat.txtar") {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			r := recordOf(t, unpack(t, file))
			r.Name, r.Time, r.Electroscope = name, time.Date(2026, 11, 26, 4, 0, 0, 0, time.UTC), "0.1.0"
			got := asJSON(t, r) + "\n"
			golden := "testdata/" + name + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if diff := cmp.Diff(string(want), got); diff != "" || err != nil {
				t.Errorf("%v; go test ./baseline -update writes it anew (-want +got):\n%s", err, diff)
			}
			if read, err := parse([]byte(got)); err != nil || read.Used != r.Used {
				t.Errorf("it cannot be read: %v", err)
			}
		})
	}
}

// TestChat: what must be true of the machine with a real Chromium, whatever the golden file says.
func TestChat(t *testing.T) {
	r := recordOf(t, unpack(t, "testdata/chat.txtar"))
	apps := r.category(budget.Apps)
	if n, _ := apps.Memory.Get(); n < 200*mebi || n > 700*mebi || apps.Processes < 8 || apps.Resident != 0 || apps.Swapped < 100*mebi {
		t.Errorf("apps: %+v", apps)
	}
	if services := r.category(budget.Services); services.Resident == 0 || services.Resident > r.Resident {
		t.Errorf("others' processes: %+v, of %d", services, r.Resident)
	}
	if r.Programs[0].Name != "chat" || r.Programs[0].Category != budget.Apps {
		t.Errorf("the largest program: %+v", r.Programs[0])
	}
	if n, known := r.Session.Get(); !known || n == 0 || n > r.Up.Or(0) {
		t.Errorf("the session is %v old, the machine %v", r.Session, r.Up)
	}
	if z := r.Zram; z == nil || z.Original.Or(0) < z.Used.Or(0) || z.Size.Or(0) != 1536*mebi {
		t.Errorf("zram: %+v", z)
	}
}

// recordOf records a machine that was unpacked. Its /proc/stat stands still.
func recordOf(t *testing.T, s Source) Record {
	t.Helper()
	apps := []monitor.Candidate{
		{App: catalog.App{Key: "chat", ID: "chat"}, Programs: []string{"/usr/lib/chromium/chromium"}},
		{App: catalog.App{Key: "discord", ID: "discord"}},
	}
	sample, err := s.Sample(apps)
	if err != nil && !os.IsNotExist(err) {
		t.Log(err) // a machine without a /proc
	}
	names := map[int]string{}
	for _, a := range sample.Apps {
		for _, p := range a.Processes {
			names[p.PID] = a.Name
		}
	}
	u, err := budget.Read(s.Proc)
	if err != nil {
		t.Log(err)
	}
	report := budget.Of(u, names, budget.Targets{}, budget.Limits{})
	return Of(Reading{Machine: sample.Machine, Usage: u, Apps: names, Report: report, CPU: s.CPU(0).without(), Facts: s.Facts(sample.Machine.Up)})
}

// without is a reading of the CPU that took no time.
func (c CPU) without() CPU { return CPU{Idle: c.Idle} }

// unpack makes a machine of the files below proc and sys, and of the links.
func unpack(t *testing.T, file string) Source {
	t.Helper()
	s := emptySource(t)
	s.PID = 787 // the shell in chat.txtar
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	expand := strings.NewReplacer("$ROOT", s.Root, "$UID", strconv.Itoa(s.UID))
	for _, f := range archive.Files {
		switch first, _, _ := strings.Cut(f.Name, "/"); {
		case f.Name == "links":
			for line := range strings.Lines(string(f.Data)) {
				if path, to, ok := strings.Cut(strings.TrimSpace(line), " -> "); ok && strings.HasPrefix(path, "/proc/") {
					link(t, to, s.Root+path)
				}
			}
		case slices.Contains([]string{"proc", "sys"}, first):
			write(t, s.Root+"/"+expand.Replace(f.Name), expand.Replace(string(f.Data)))
		}
	}
	return s
}
