package systemd

import (
	"os"
	"path/filepath"
	"testing"
)

func TestLimitFamilies(t *testing.T) {
	dir := t.TempDir()
	u := Unit{
		Name: "app-chat-7.scope", PID: 7, Slice: "app-electron.slice", Families: []string{"app-org.chromium.Chromium-", `app-chat\x2dbox-`},
		Properties: []Property{{Name: "OOMPolicy", Value: "continue", Creation: true}, {Name: "MemoryMax", Value: uint64(1 << 30)}},
	}
	const text = "[Scope]\nSlice=app-electron.slice\nOOMPolicy=continue\nMemoryMax=1G\n"
	launch := func(want string, unheardOf int) {
		t.Helper()
		units, err := limitFamilies(dir, u)
		if err != nil || len(units) != unheardOf {
			t.Errorf("units to load: %q, %v; want %d", units, err, unheardOf)
		}
		for _, family := range u.Families {
			file := filepath.Join(dir, "systemd/user", family+".scope.d", DropInName)
			got, err := os.ReadFile(file)
			if err != nil || string(got[len("# By electroscope, for the scope that an app's own Chromium asks for.\n"):]) != want {
				t.Errorf("%s: %q, %v", file, got, err)
			}
			if entries, _ := os.ReadDir(filepath.Dir(file)); len(entries) != 1 {
				t.Errorf("beside it: %v", entries)
			}
		}
	}
	launch(text, 1)
	launch(text, 0) // as it should be already
	u.Properties = u.Properties[:1]
	launch("[Scope]\nSlice=app-electron.slice\nOOMPolicy=continue\n", 0) // the folders are known

	u.Families = []string{"app-chat-"}
	launch("[Scope]\nSlice=app-electron.slice\nOOMPolicy=continue\n", 1)
	file := filepath.Join(dir, "systemd/user/app-chat-.scope.d", DropInName)
	if _, err := limitFamilies(dir, Unit{Name: u.Name}); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("%s is still there for a unit that needs it no more: %v", file, err)
	}

	if units, err := limitFamilies("/proc/nowhere", Unit{Families: u.Families}); err == nil || units != nil {
		t.Errorf("where nothing can be written: %q, %v", units, err)
	}
	if units, err := limitFamilies("/proc/nowhere", Unit{}); err != nil || units != nil {
		t.Errorf("without families: %q, %v", units, err)
	}
}
