//go:build rig

package nix

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// managers are the systemd --user of this machine (252), of trixie (257) and of sid (262): tests/rig/README.md.
var managers = []string{"host", "trixie", "sid"}

// session runs a script as an ordinary user beside a real systemd --user.
func session(t *testing.T, suite, script string) (stdout, stderr string, err error) {
	t.Helper()
	out, said, err := run(t, "bash", "../rig/session.sh", "--quiet", "--suite", suite, "--timeout", "60", "--", "bash", "-eu", "-c", script)
	return string(out), string(said), err
}

// TestSlice gives a real manager the drop-in that home-manager would put there. The slice has no unit file.
func TestSlice(t *testing.T) {
	const file = "app-electron.slice.d/10-electroscope.conf"
	text, err := os.ReadFile("golden/home/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for _, suite := range managers {
		t.Run(suite, func(t *testing.T) {
			out, said, err := session(t, suite, `
				mkdir -p ~/.config/systemd/user/app-electron.slice.d
				printf %s '`+string(text)+`' > ~/.config/systemd/user/`+file+`
				systemctl --user daemon-reload
				systemctl --user show app-electron.slice -p Description -p CPUQuotaPerSecUSec -p MemoryHigh
				sed -n 's/^MemTotal: *\([0-9]*\) kB/MemTotal=\1/p' /proc/meminfo
				! grep app-electron /run/rig/manager.log`)
			if err != nil {
				t.Fatalf("%v\n%s%s", err, out, said)
			}
			got := map[string]string{}
			for line := range strings.Lines(out) {
				name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
				got[name] = value
			}
			if got["Description"] != "Apps that electroscope starts" || got["CPUQuotaPerSecUSec"] != "4s" {
				t.Errorf("the manager has %q", got)
			}
			high, _ := strconv.ParseFloat(got["MemoryHigh"], 64)
			ram, _ := strconv.ParseFloat(got["MemTotal"], 64)
			if share := high / (ram * 1024); share < 0.5999 || share > 0.6001 {
				t.Errorf("MemoryHigh is %s of %s kB, %.4f of the RAM and not 0.6", got["MemoryHigh"], got["MemTotal"], share)
			}
		})
	}
}

// TestMistake1ScoreOfAScope: the command line of docs/plan.md, 3, starts nothing, since a scope takes no OOMScoreAdjust; ours does.
func TestMistake1ScoreOfAScope(t *testing.T) {
	for _, suite := range managers {
		t.Run(suite, func(t *testing.T) {
			const plan = "systemd-run --user --scope -p MemoryHigh=2G -p MemoryMax=3G -p CPUQuota=150% "
			out, said, err := session(t, suite, plan+"-p OOMScoreAdjust=-100 echo started")
			if err == nil || out != "" || !strings.Contains(said, "Unknown assignment: OOMScoreAdjust=-100") {
				t.Errorf("the plan's: %v\n%s%s", err, out, said)
			}
			if out, said, err := session(t, suite, plan+"echo started"); err != nil || out != "started\n" {
				t.Errorf("the plan's without it: %v\n%s%s", err, out, said)
			}
			out, said, err = session(t, suite, underTest(t)+" run --MemoryMax=3G --OOMScoreAdjust=-100 cat /proc/self/cgroup")
			if err != nil || !strings.Contains(out, "/app-electron.slice/app-cat-") {
				t.Errorf("ours: %v\n%s%s", err, out, said)
			}
		})
	}
}
