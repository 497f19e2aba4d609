//go:build rig

package session

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A foretold launch is what run -n --json says of it.
type foretold struct {
	Target     string
	Argv       []string
	EnvAdded   []string `json:"env_added"`
	EnvRemoved []string `json:"env_removed"`
	Unit       string
	Slice      string
	Properties map[string]any
	Slices     map[string]map[string]any
	Refused    bool
}

// foretell asks what a launch would come to.
func (s *stage) foretell(words ...string) foretold {
	s.t.Helper()
	p := s.start(electroscope(), append([]string{"run", "-n", "--json"}, words...)...)
	if status := p.status(); status != 0 {
		s.t.Fatalf("run -n %v: status %d, stderr: %s", words, status, p.stderr())
	}
	var f foretold
	d := json.NewDecoder(strings.NewReader(p.stdout()))
	d.UseNumber()
	s.must(d.Decode(&f))
	return f
}

// text is a property's value as systemctl show has it.
func text(name string, value any) string {
	n, isNumber := value.(json.Number)
	if name != "CPUQuotaPerSecUSec" || !isNumber {
		return fmt.Sprint(value)
	}
	return map[string]string{"500000": "500ms", "1500000": "1.500000s", "2000000": "2s"}[n.String()]
}

// same compares what was said of a unit's properties with what the manager has.
func same(t *testing.T, unit string, properties map[string]any) {
	t.Helper()
	want, names := map[string]string{}, []string{}
	for name, value := range properties {
		if name != "TasksMaxScale" { // which the manager turns into TasksMax
			want[name] = text(name, value)
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return
	}
	if diff := cmp.Diff(want, show(t, unit, names...)); diff != "" {
		t.Errorf("%s (-foretold +launched):\n%s", unit, diff)
	}
}

// TestForetold: a launch is what the dry run said of it, in arguments, environment, unit,
// slice and properties.
func TestForetold(t *testing.T) {
	const plain = "[apps.plain]\nexec = [\"plain-app\"]\n"
	const pair = plain + "[apps.plain.limits]\nMemoryHigh = \"2G\"\nMemoryMax = \"3G\"\nCPUQuota = \"50%\"\n"
	for _, test := range []struct {
		name, apps, set string
		words           []string
	}{
		{"bare", plain, "", []string{"plain", "--its", "own"}},
		{"limits in full", pair, "", []string{"plain"}},
		{"short keys", plain + "memory = \"5GiB\"\ncpus = 1.5\n", "", []string{"plain"}},
		{"a layer over it", pair, "apps.plain.limits.MemoryMax = \"5G\"", []string{"plain"}},
		{"the command line over that", pair, "apps.plain.memory = \"5G\"", []string{"--memory=1G", "--cpus=2", "plain", "--memory=3G"}},
		{"a mistake", pair, "apps.plain.limits.MemoryMax = 3", []string{"plain"}},
		{"a share of the RAM", plain + "memory = \"30%\"\n", "", []string{"plain"}},
		{"the cap of [defaults]", plain, "defaults.memory = \"2G\"", []string{"plain"}},
		{"taken off", pair, "apps.plain.memory = \"infinity\"", []string{"plain"}},
		{"a count of tasks", plain + "limits = { TasksMax = 600 }\n", "", []string{"plain"}},
		{"another slice", plain + "slice = \"app-mine\"\nmemory = \"1G\"\n", "", []string{"plain"}},
		{"environment", plain + "env = { GREETING = \"hello\", LANG = \"C\" }\n", "", []string{"plain"}},
		{"environment in place of the session's", plain + "env = { GREETING = \"hello\", GONE = false, NEVER = false }\n", "", []string{"plain"}},
		{"Electron's", plain + "runtime = \"electron\"\nheap = \"512M\"\n", "", []string{"plain", "--enable-features=A,B"}},
		{"a heap above MemoryMax", plain + "runtime = \"electron\"\nheap = \"2G\"\nmemory = \"512M\"\n", "", []string{"plain"}},
		{"shared", plain + "instances = \"shared\"\nmemory = \"4G\"\ncpus = 2\n", "", []string{"plain"}},
		{"a program", plain, "", []string{"--MemoryMax=1G", "--", "plain-app", "-n"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.name == "shared" {
				freshGroup(t, "app-electron-plain.slice")
			}
			s := valuesStage(t, test.apps)
			if test.set != "" {
				s.env = append(s.env, "ELECTROSCOPE_SET="+test.set)
			}
			s.env = append(s.env, "GREETING=inherited", "GONE=inherited")
			f := s.foretell(test.words...)
			p := s.start(electroscope(), append([]string{"run"}, test.words...)...)
			r := p.report(s.bin + "/plain-app")
			f.launched(t, s, p.pid(), r)
		})
	}
}

// TestForetoldRefusal: the dry run says that on-failure will refuse, for the rig's manager has
// no controller for a limit of memory, and that it will not where no limit is asked for.
func TestForetoldRefusal(t *testing.T) {
	for name, test := range map[string]struct {
		memory  string
		refused bool
	}{
		"limited": {"1G", true}, "unlimited": {"infinity", false},
	} {
		t.Run(name, func(t *testing.T) {
			s := valuesStage(t, "[apps.plain]\nexec = [\"plain-app\"]\non-failure = \"refuse\"\nmemory = \""+test.memory+"\"\n")
			if f := s.foretell("plain"); f.Refused != test.refused {
				t.Errorf("foretold: refused %v", f.Refused)
			}
			p := s.start(electroscope(), "run", "plain")
			if !test.refused {
				p.report(s.bin + "/plain-app")
				return
			}
			if status := p.status(); status != 125 {
				t.Errorf("status %d, stderr: %s", status, p.stderr())
			}
		})
	}
}

// launched compares a launch with what was said of it.
func (f foretold) launched(t *testing.T, s *stage, pid int, r report) {
	t.Helper()
	var argv []string
	for _, a := range r.Args {
		argv = append(argv, string(a))
	}
	if diff := cmp.Diff(f.Argv, argv); diff != "" || f.Target != s.bin+"/plain-app" {
		t.Errorf("%s (-foretold +launched):\n%s", f.Target, diff)
	}
	added := []string{}
	for _, v := range r.Env {
		if !slices.Contains(s.env, string(v)) {
			added = append(added, string(v))
		}
	}
	for _, v := range s.env {
		name, _, _ := strings.Cut(v, "=")
		has := slices.ContainsFunc(r.Env, func(e []byte) bool { return strings.HasPrefix(string(e), name+"=") })
		if has == slices.Contains(f.EnvRemoved, name) {
			t.Errorf("%s: in the environment %v, foretold as removed %v", name, has, f.EnvRemoved)
		}
	}
	slices.Sort(added)
	slices.Sort(f.EnvAdded)
	if diff := cmp.Diff(f.EnvAdded, added); diff != "" {
		t.Errorf("environment (-foretold +launched):\n%s", diff)
	}
	unit := unitOf(r.Group)
	if name, _, _ := strings.Cut(unit, fmt.Sprint("-", pid, ".scope")); !strings.HasPrefix(f.Unit, name+"-") {
		t.Errorf("unit %q, foretold %q", unit, f.Unit)
	}
	if !strings.HasSuffix(r.Group, "/"+f.Slice+"/"+unit) {
		t.Errorf("%q is not in %q, as foretold", r.Group, f.Slice)
	}
	same(t, unit, f.Properties)
	for slice, properties := range f.Slices {
		same(t, slice, properties)
	}
}
