//go:build rig

package session

import (
	"encoding/json"
	"strings"
	"testing"
)

// plainRow is what `electroscope apps --json` has of the plain app.
func (s *stage) plainRow() (row struct {
	App, Link, Target string
	Running           *int
}) {
	s.t.Helper()
	p := s.start(electroscope(), "apps", "--json")
	if status := p.status(); status != 0 {
		s.t.Fatalf("status %d, stderr: %s", status, p.stderr())
	}
	list := []struct {
		App, Link, Target string
		Running           *int
	}{}
	s.must(json.Unmarshal([]byte(p.stdout()), &list))
	for _, row := range list {
		if row.App == "plain" {
			return row
		}
	}
	s.t.Fatalf("there is no app plain: %s", p.stdout())
	return row
}

// TestApps: apps counts the scopes that are there, and names the link that was made.
func TestApps(t *testing.T) {
	s := plainStage(t)
	running := func(want int) {
		t.Helper()
		last := -1
		if !until(soon, func() bool {
			row := s.plainRow()
			if row.Running == nil {
				t.Fatal("how many run is not known")
			}
			last = *row.Running
			return last == want
		}) {
			t.Errorf("%d run, want %d", last, want)
		}
	}
	running(0)
	if row := s.plainRow(); row.Link != s.links+"/plain" || row.Target != s.bin+"/plain-app" {
		t.Errorf("%+v", row)
	}
	one, two := s.start("plain"), s.start("plain")
	one.report(s.bin + "/plain-app")
	two.report(s.bin + "/plain-app")
	running(2)
	one.kill()
	running(1)
	two.kill()
	running(0)
}

// TestExplain: the answer comes first, and is the rig's: no controller for memory.
func TestExplain(t *testing.T) {
	s := valuesStage(t, "[apps.plain]\nexec = [\"plain-app\"]\nmemory = \"5G\"\ncpus = 1\n")
	s.env = append(s.env, "COLUMNS=1000")
	p := s.start(electroscope(), "explain", "plain")
	if status := p.status(); status != 0 {
		t.Fatalf("status %d, stderr: %s", status, p.stderr())
	}
	for _, line := range []string{
		"limits    memory 5G, ",
		"\nenforced  NOT here: ",
		": this user's manager is not given the cgroup controller memory, cpu (",
		"\nkept in   nothing shows that it is built on Chromium",
		"\nprogram   " + s.bin + "/plain-app",
	} {
		if !strings.Contains(p.stdout(), line) {
			t.Errorf("explain lacks %q:\n%s", line, p.stdout())
		}
	}
}
