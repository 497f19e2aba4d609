package runner

import (
	"slices"
	"strings"
	"testing"
)

// command is what follows the runner's own words; "" if it runs nothing.
func command(t *testing.T, own []Runner, line string) string {
	t.Helper()
	words := strings.Fields(line)
	r, ok := Find(words[0], own)
	if !ok {
		t.Fatalf("%q is not known", words[0])
	}
	w := r.Words()
	words = words[1:]
	for len(words) > 0 {
		n := w.Takes(words[0])
		if n == 0 {
			break
		}
		words = words[min(n, len(words)):]
	}
	if !w.Runs() {
		return ""
	}
	return strings.Join(words, " ")
}

func TestTakes(t *testing.T) {
	own := []Runner{{Name: "my-wrapper", Execs: true, Values: []string{"--gpu"}, Operands: 1}, {Name: "with-*"}}
	for line, want := range map[string]string{
		"nice app -x":                                 "app -x",
		"nice -n 10 app":                              "app",
		"nice -n10 app":                               "app",
		"nice --adjustment=10 app":                    "app",
		"nice --adjustment 10 app":                    "app",
		"nice -n":                                     "",
		"ionice -c 3 -t app":                          "app",
		"ionice -c3 -- app -- x":                      "app -- x",
		"chrt -f 50 app":                              "app",
		"chrt -T 1000 -d 0 app":                       "app",
		"taskset -c 0-3 app 5":                        "app 5",
		"env -u NAME app":                             "app",
		"stdbuf -o L -eL app":                         "app",
		"timeout -k 5 -s INT 1h app 7":                "app 7",
		"timeout -- 1h app":                           "app",
		"systemd-inhibit --what idle --why x app":     "app",
		"systemd-run --user --scope -p CPUQuota=1 ap": "ap",
		"systemd-run --user --unit x -- ap":           "ap",
		"dbus-run-session -- app":                     "app",
		"gamescope -W 1920 -f -- app -- y":            "app -- y",
		"gamescope app":                               "",
		"uwsm app -- app":                             "app",
		"uwsm app -s b app x":                         "app x",
		"uwsm stop":                                   "",
		"uwsm-app -- app":                             "app",
		"switcherooctl launch -g 1 app":               "app",
		"switcherooctl list":                          "",
		"proxychains4 -q -f /etc/x app":               "app",
		"nixGLNvidia-570.1 app":                       "app",
		"nixVulkanIntel app":                          "app",
		"nvidia-offload app":                          "app",
		"torsocks -P 9050 app":                        "app",
		"my-wrapper --gpu 1 fast app":                 "app",
		"with-vpn app":                                "app",
	} {
		if got := command(t, own, line); got != want {
			t.Errorf("%q: runs %q, want %q", line, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	for name, execs := range map[string]bool{
		"nixGLIntel": true, "nixGLNvidiaBumblebee-470": false, "setsid": false, "mangohud": true,
	} {
		if r, ok := Find(name, nil); !ok || r.Execs != execs {
			t.Errorf("%s: %+v, %v", name, r, ok)
		}
	}
	if r, _ := Find("nice", []Runner{{Name: "nice"}}); r.Execs {
		t.Error("the user's own does not win")
	}
	for _, name := range []string{"", "grep", "nixG", "nice2"} {
		if _, ok := Find(name, nil); ok {
			t.Errorf("%q is a runner", name)
		}
	}
}

// A name stands once, and none is hidden by a pattern before it.
func TestTable(t *testing.T) {
	for _, r := range table {
		if found, _ := Find(strings.TrimSuffix(r.Name, "*"), nil); found.Name != r.Name {
			t.Errorf("%q is found as %q", r.Name, found.Name)
		}
		if r.Execs && (r.Unit || r.Sandbox) {
			t.Errorf("%q: whoever keeps the PID makes no unit", r.Name)
		}
		if slices.ContainsFunc(r.Values, func(v string) bool { return !strings.HasPrefix(v, "-") || strings.Contains(v, "=") }) {
			t.Errorf("%q: %q", r.Name, r.Values)
		}
	}
}
