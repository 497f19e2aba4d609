package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher"
	"electroscope/launcher/plan"
)

func TestEnforcementText(t *testing.T) {
	names := []string{"MemoryHigh", "MemoryMax", "CPUQuotaPerSecUSec", "IOWeight", "MemoryHigh"}
	for _, test := range []struct {
		name string
		d    launcher.Delegation
		want string
		tone Tone
	}{
		{"all", launcher.Delegation{Controllers: []string{"cpu", "io", "memory"}}, "limits are enforced here", Plain},
		{"as systemd 252 delegates", launcher.Delegation{Controllers: []string{"cpu", "memory", "pids"}},
			"NOT enforced here: IOWeight: this user's manager is not given the cgroup controller io (see Delegate= of user@.service)", Failure},
		{"as systemd 238", launcher.Delegation{Controllers: []string{"memory", "pids"}},
			"NOT enforced here: CPUQuota, IOWeight: this user's manager is not given the cgroup controller cpu, io (see Delegate= of user@.service)", Failure},
		{"no manager", launcher.Delegation{Nothing: &plan.Note{Text: "there is no user manager"}},
			"NOT enforced here: MemoryHigh, MemoryMax, CPUQuota, IOWeight: there is no user manager", Failure},
		{"not to be seen", launcher.Delegation{Unknown: &plan.Note{Text: "permission denied"}},
			"enforced or not is unknown of MemoryHigh, MemoryMax, CPUQuota, IOWeight: permission denied", Warning},
	} {
		if text, tone := enforcementText(names, test.d); text != test.want || tone != test.tone {
			t.Errorf("%s: %q, tone %d", test.name, text, tone)
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
