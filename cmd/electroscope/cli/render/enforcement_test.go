package render

import (
	"testing"

	"electroscope/launcher"
	"electroscope/launcher/plan"

	"github.com/google/go-cmp/cmp"
)

func TestUnenforced(t *testing.T) {
	names := []string{"MemoryHigh", "MemoryMax", "CPUQuotaPerSecUSec", "IOWeight", "MemoryHigh"}
	for _, test := range []struct {
		name string
		d    launcher.Delegation
		want string
	}{
		{"all", launcher.Delegation{Controllers: []string{"cpu", "io", "memory"}}, ""},
		{"as systemd 252 delegates", launcher.Delegation{Controllers: []string{"cpu", "memory", "pids"}},
			"NOT enforced here: IOWeight: this user's manager is not given the cgroup controller io (see Delegate= of user@.service)"},
		{"as systemd 238", launcher.Delegation{Controllers: []string{"memory", "pids"}},
			"NOT enforced here: CPUQuota, IOWeight: this user's manager is not given the cgroup controller cpu, io (see Delegate= of user@.service)"},
		{"no manager", launcher.Delegation{Nothing: &plan.Note{Text: "there is no user manager"}},
			"NOT enforced here: MemoryHigh, MemoryMax, CPUQuota, IOWeight: there is no user manager"},
		{"not to be seen", launcher.Delegation{Unknown: &plan.Note{Text: "permission denied"}},
			"enforced or not is unknown of MemoryHigh, MemoryMax, CPUQuota, IOWeight: permission denied"},
	} {
		if diff := cmp.Diff(test.want, Unenforced(names, test.d)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	got := enforcementOf([]string{"MemoryMax", "IOWeight"}, launcher.Delegation{Controllers: []string{"memory"}})
	want := map[string]enforcementJSON{
		"MemoryMax": {State: launcher.Enforced},
		"IOWeight":  {State: launcher.NotEnforced, Reason: "this user's manager is not given the cgroup controller io"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("as JSON (-want +got):\n%s", diff)
	}
}
