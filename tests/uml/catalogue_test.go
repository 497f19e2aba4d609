//go:build rig

package uml

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// every has an app with each limit that the rig's controllers can hold, and one with shares.
const every = `
[defaults]
memory-high-without-swap = "keep"

[apps.every.limits]
MemoryMin     = "4M"
MemoryLow     = "8M"
MemoryHigh    = "96M"
MemoryMax     = "0.125G"
MemorySwapMax = "32M"
CPUQuota      = "25%"
CPUWeight     = 50
TasksMax      = 77

[apps.shares.limits]
MemoryHigh = "20%"
MemoryMax  = "25%"
CPUQuota   = "50%"
`

// TestCatalogue: what `electroscope apps` tells of each app is what the kernel's files say.
func TestCatalogue(t *testing.T) {
	var apps []struct {
		App    string
		Limits map[string]string
	}
	s := newStage(t, every)
	if err := json.Unmarshal([]byte(s.tool(electroscope(), "apps", "--json")), &apps); err != nil {
		t.Fatal(err)
	}
	catalogue := every
	for _, app := range apps {
		catalogue += fmt.Sprintf("[apps.%s]\nexec = [\"stand-in\"]\n", app.App)
	}
	s = newStage(t, catalogue)
	tasks := strings.TrimSpace(s.tool("systemctl", "--user", "show", "--value", "--property", "DefaultTasksMax"))
	const shipped = 8
	if len(apps) < shipped+2 {
		t.Errorf("only %d apps", len(apps))
	}
	for _, app := range apps {
		t.Run(app.App, func(t *testing.T) {
			want := map[string]string{
				"memory.low": "0", "memory.high": "max", "memory.max": "max", "memory.swap.max": "max", "memory.oom.group": "0", "pids.max": tasks,
			}
			for name, text := range app.Limits {
				file, value := kernelForm(t, name, text)
				want[file] = value
			}
			files := make([]string, 0, len(want))
			for file := range want {
				files = append(files, file)
			}
			p := s.start(electroscope(), "run", app.App)
			p.t = t
			if diff := cmp.Diff(want, p.scope(idOf(t, s, app.App)).readAll(t, files...)); diff != "" {
				t.Errorf("%s\nstderr: %s", diff, p.said())
			}
			if said := p.said(); said != "" {
				t.Errorf("it says %q", said)
			}
			p.kill()
		})
	}
}

// idOf is the app's part of its scope's name.
func idOf(t *testing.T, s *stage, app string) string {
	t.Helper()
	var plan struct{ Unit string }
	if err := json.Unmarshal([]byte(s.tool(electroscope(), "run", "-n", "--json", app)), &plan); err != nil {
		t.Fatal(err)
	}
	id := strings.TrimPrefix(plan.Unit, "app-")
	return id[:strings.LastIndex(id, "-")]
}

// kernelForm is a limit's file and its value there, by systemd.resource-control(5).
func kernelForm(t *testing.T, name, text string) (file, value string) {
	t.Helper()
	file = map[string]string{
		"MemoryMin": "memory.min", "MemoryLow": "memory.low", "MemoryHigh": "memory.high", "MemoryMax": "memory.max",
		"MemorySwapMax": "memory.swap.max", "CPUQuota": "cpu.max", "CPUWeight": "cpu.weight", "TasksMax": "pids.max",
	}[name]
	var amount float64
	var unit string
	if _, err := fmt.Sscanf(text+" .", "%g%s", &amount, &unit); err != nil || file == "" {
		t.Fatalf("%s = %s: %v", name, text, err)
	}
	bytes := map[string]float64{"M": 1 << 20, "G": 1 << 30, "%": float64(ram(t)) / 100}
	switch {
	case name == "CPUQuota":
		return file, fmt.Sprintf("%.0f 100000", amount*1000)
	case strings.HasPrefix(name, "Memory"):
		return file, fmt.Sprint(pages(uint64(amount * bytes[unit])))
	}
	return file, fmt.Sprint(amount)
}
