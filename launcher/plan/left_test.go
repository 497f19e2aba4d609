package plan

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/limit"
	"electroscope/launcher/systemd"
)

func TestLeaving(t *testing.T) {
	const user = "/user.slice/user-1000.slice"
	const own = user + "/user@1000.service/app.slice"
	for _, c := range []struct {
		name  string
		group cgroup.Group
		slice string
		want  []cgroup.Group
	}{
		{"a terminal", own + "/app-konsole-3.scope", AppsSlice, []cgroup.Group{own + "/app-konsole-3.scope"}},
		{"a slice of the user's", own + "/app-games.slice/run-1.scope", AppsSlice,
			[]cgroup.Group{own + "/app-games.slice", own + "/app-games.slice/run-1.scope"}},
		{"a slice beside app.slice", user + "/user@1000.service/games.slice/run-1.scope", AppsSlice,
			[]cgroup.Group{user + "/user@1000.service/games.slice", user + "/user@1000.service/games.slice/run-1.scope"}},
		{"a login", user + "/session-2.scope", AppsSlice, []cgroup.Group{user + "/session-2.scope"}},
		{"cron", "/system.slice/cron.service", AppsSlice, []cgroup.Group{"/system.slice", "/system.slice/cron.service"}},
		{"another app of ours", own + "/app-electron.slice/app-codium-3.scope", AppsSlice, nil},
		{"another of ours, all of whose launches share a cap", own + "/app-electron.slice/app-electron-codium.slice/app-codium-3.scope", AppsSlice, nil},
		{"another app of ours, to a slice of its own", own + "/app-electron.slice/app-codium-3.scope", "app-work.slice", nil},
		{"another app of ours, out of the budget", own + "/app-electron.slice/app-codium-3.scope", "app.slice", nil},
		{"another app of ours in the background, to a slice of its own", user + "/user@1000.service/background.slice/background-electron.slice/app-codium-3.scope", "app-work.slice", nil},
		{"another's in our slice", own + "/app-electron.slice/run-p5-i5.scope", AppsSlice, []cgroup.Group{own + "/app-electron.slice/run-p5-i5.scope"}},
		{"another's below our slice", own + "/app-electron.slice/app-electron-games.slice/run-1.scope", AppsSlice,
			[]cgroup.Group{own + "/app-electron.slice/app-electron-games.slice", own + "/app-electron.slice/app-electron-games.slice/run-1.scope"}},
		{"a service in our slice", own + "/app-electron.slice/chat.service", AppsSlice, []cgroup.Group{own + "/app-electron.slice/chat.service"}},
		{"in the background", user + "/user@1000.service/background.slice/x.service", "background-electron.slice",
			[]cgroup.Group{user + "/user@1000.service/background.slice/x.service"}},
		{"to a slice of its own", own + "/app-konsole-3.scope", "app-work-chat.slice", []cgroup.Group{own + "/app-konsole-3.scope"}},
		{"the root", "/", AppsSlice, nil},
		{"not known", "", AppsSlice, nil},
	} {
		if diff := cmp.Diff(c.want, leaving(c.group, c.slice)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// TestTighten: of two limits the tighter holds, whoever set it; and none is invented.
func TestTighten(t *testing.T) {
	var left []LeftLimit
	for name, value := range map[string]uint64{"MemoryMax": 64 << 20, "MemorySwapMax": 0, "CPUQuotaPerSecUSec": 4000000, "TasksMax": 4915} {
		l, _ := limit.ByProperty(name)
		left = append(left, LeftLimit{l, value, "run-1.scope"})
	}
	slices.SortFunc(left, func(a, b LeftLimit) int { return strings.Compare(a.Limit.Property, b.Limit.Property) })
	u := systemd.Unit{Slice: AppsSlice, Properties: []systemd.Property{
		{Name: "OOMPolicy", Value: "continue", Creation: true},
		{Name: "MemoryMax", Value: uint64(128 << 20)},
		{Name: "CPUQuotaPerSecUSec", Value: uint64(1500000)},
	}}
	notes := tighten(&u, left)
	want := []systemd.Property{
		{Name: "OOMPolicy", Value: "continue", Creation: true},
		{Name: "MemoryMax", Value: uint64(64 << 20)},         // tighter than ours
		{Name: "CPUQuotaPerSecUSec", Value: uint64(1500000)}, // ours is tighter
		{Name: "MemorySwapMax", Value: uint64(0)},            // we have none; TasksMax waits
	}
	if diff := cmp.Diff(want, u.Properties); diff != "" {
		t.Error(diff)
	}
	if len(notes) != 2 || notes[0].Text != "MemoryMax=64M of run-1.scope, which the launch leaves, is tighter and stays" {
		t.Errorf("notes: %v", notes)
	}
	for _, n := range notes {
		if n.Failure || n.Without != "" {
			t.Errorf("%v lacks nothing", n)
		}
	}
}

// TestTightenShared: the app's own slice has the limits, and the scope in it only
// what is tighter.
func TestTightenShared(t *testing.T) {
	max, _ := limit.ByProperty("MemoryMax")
	u := systemd.Unit{Slice: "app-electron-x.slice", Slices: []systemd.Slice{
		{Name: AppsSlice, Properties: []systemd.Property{{Name: "MemoryMax", Value: uint64(1)}}},
		{Name: "app-electron-x.slice", Properties: []systemd.Property{{Name: "MemoryMax", Value: uint64(2 << 30)}}},
	}}
	if tighten(&u, []LeftLimit{{max, 3 << 30, "a.scope"}}); u.Properties != nil {
		t.Errorf("looser: %v", u.Properties)
	}
	if tighten(&u, []LeftLimit{{max, 1 << 30, "a.scope"}}); len(u.Properties) != 1 {
		t.Errorf("tighter: %v", u.Properties)
	}
}
