package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
)

// samples are values of each kind, as a person writes them, as systemd's interface
// takes them, and as a unit file has them.
var samples = map[limit.Kind][]struct {
	written string
	number  float64 // as JSON has numbers
	setting string
}{
	limit.Memory: {{"3G", 3 << 30, "3G"}, {"2.5G", 2.5 * (1 << 30), "2560M"}},
	limit.Tasks:  {{"500", 500, "500"}},
	limit.Quota:  {{"150%", 1_500_000, "150%"}, {"12.5%", 125_000, "12.5%"}},
	limit.Weight: {{"50", 50, "50"}, {"10000", 10000, "10000"}},
}

// TestEveryLimitGoesAllTheWay takes each row of package limit from an option of run and a
// key of apps.toml to the property, the line for systemd-run, the text of a drop-in, JSON
// and what is said of a controller that is not there.
func TestEveryLimitGoesAllTheWay(t *testing.T) {
	for _, l := range limit.All() {
		cases := samples[l.Kind]
		if l.Idle {
			cases = append(slices.Clip(cases), struct {
				written string
				number  float64
				setting string
			}{"idle", 0, "idle"})
		}
		for _, c := range cases {
			t.Run(l.Name+"="+c.written, func(t *testing.T) {
				m := newLimited(t, l.Name, c.written)
				setting := l.Name + "=" + c.setting

				var plan render.PlanJSON
				m.json(&plan, "run", "-n", "--json", "chat")
				if got := plan.Properties[l.Property]; got != c.number {
					t.Errorf("JSON has %s = %v, want %v", l.Property, got, c.number)
				}
				m.json(&plan, "run", "-n", "--json", "--memory=infinity", "--"+l.Name+"="+c.written, "true")
				if got := plan.Properties[l.Property]; got != c.number {
					t.Errorf("with the option, JSON has %s = %v, want %v", l.Property, got, c.number)
				}
				if out := m.run("run", "-n", "chat"); !strings.Contains(out, " -p "+setting+" ") {
					t.Errorf("no -p %s in:\n%s", setting, out)
				}
				m.run("install", "--flatpak", "chat")
				if text := m.dropIn(); !strings.Contains(text, "\n"+setting+"\n") {
					t.Errorf("no line %s in the drop-in:\n%s", setting, text)
				}
			})
		}
		for _, delegated := range [][]string{nil, {l.Controller}} {
			state, why := launcher.Delegation{Controllers: delegated}.Enforces(l.Property)
			named := strings.HasSuffix(why.Text, "the cgroup controller "+l.Controller)
			if want := delegated != nil; (state == launcher.Enforced) != want || named == want {
				t.Errorf("%s with controllers %q: %s, %q", l.Name, delegated, state, why.Text)
			}
		}
		if !slices.ContainsFunc(catalog.Keys(), func(k catalog.Key) bool {
			late := fmt.Sprintf(" (systemd %d)", l.Since)
			return k.Name == l.Name && strings.HasPrefix(k.Doc, l.Doc) && strings.HasSuffix(k.Doc, late) == (l.Since > limit.OldestSystemd)
		}) {
			t.Errorf("no key of apps.toml is %s: %s", l.Name, l.Doc)
		}
	}
}

// A limited is a home with an app "chat" under one limit.
type limited struct {
	t    *testing.T
	home string
}

func newLimited(t *testing.T, name, value string) limited {
	home := t.TempDir()
	write(t, home+"/bin/chat", "#!/bin/sh\n", 0o755)
	write(t, home+"/.config/electroscope/apps.toml",
		"[apps.chat]\nflatpak = \"org.example.Chat\"\nmemory-high-without-swap = \"keep\"\n[apps.chat.limits]\nMemoryMax = \"infinity\"\n", 0o644)
	write(t, home+"/.config/electroscope/apps.d/limit.toml", fmt.Sprintf("[apps.chat.limits]\n%s = %q\n", name, value), 0o644)
	return limited{t, home}
}

// run runs electroscope, which TestMain has put on PATH.
func (m limited) run(args ...string) string {
	m.t.Helper()
	c := exec.Command("electroscope", args...)
	c.Env = []string{"HOME=" + m.home, "XDG_CONFIG_DIRS=" + m.home + "/etc", "XDG_RUNTIME_DIR=" + m.home + "/run", "PATH=" + m.home + "/bin:/usr/bin:/bin"}
	var errs strings.Builder
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		m.t.Fatalf("electroscope %q: %v\n%s", args, err, errs.String())
	}
	return string(out)
}

func (m limited) json(into any, args ...string) {
	m.t.Helper()
	if err := json.Unmarshal([]byte(m.run(args...)), into); err != nil {
		m.t.Fatal(err)
	}
}

func (m limited) dropIn() string {
	m.t.Helper()
	files, _ := filepath.Glob(m.home + "/.config/systemd/user/app-flatpak-*.d/*.conf")
	if len(files) != 1 {
		m.t.Fatalf("drop-ins: %q", files)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		m.t.Fatal(err)
	}
	return string(text)
}
