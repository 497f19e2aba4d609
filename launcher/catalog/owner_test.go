package catalog

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

func TestUntrusted(t *testing.T) {
	const regular = syscall.S_IFREG
	for _, test := range []struct {
		name   string
		uid    uint32
		mode   uint32
		euid   int
		mapped bool
		want   string
	}{
		{"his own", 1000, 0o644, 1000, true, ""},
		{"root's", 0, 0o644, 1000, true, ""},
		{"his own, which his group may write", 1000, 0o664, 1000, true, ""},
		{"a link's target in the Nix store", 0, 0o444, 1000, true, ""},
		{"another's", 1001, 0o644, 1000, true, "another user (uid 1001)"},
		{"a user's, for root", 1000, 0o644, 0, true, "another user (uid 1000)"},
		{"his own, which all may write", 1000, 0o666, 1000, true, "every user"},
		{"root's, which all may write", 0, 0o602, 1000, true, "every user"},
		{"nobody's", 65534, 0o644, 1000, true, "another user (uid 65534)"},
		{"of an owner that a sandbox does not know", 65534, 0o644, 1000, false, ""},
		{"of such an owner, which all may write", 65534, 0o646, 1000, false, "every user"},
		{"of another that it does know", 1001, 0o644, 1000, false, "another user (uid 1001)"},
	} {
		reason, remedy := untrusted(&syscall.Stat_t{Uid: test.uid, Mode: regular | test.mode}, test.euid, func() bool { return test.mapped })
		if !strings.Contains(reason, test.want) || (test.want == "") != (reason == "") || (reason == "") != (remedy == "") {
			t.Errorf("%s: %q, %q, want %q", test.name, reason, remedy, test.want)
		}
	}
}

// TestForeignLayers: of a file that is not to be trusted nothing counts, and it is named; the others
// count.
func TestForeignLayers(t *testing.T) {
	const other = 54321
	for name, spoil := range map[string]func(path string) error{
		"belongs to another user":      func(path string) error { return os.Chown(path, other, other) },
		"may be written by every user": func(path string) error { return os.Chmod(path, 0o666) },
	} {
		t.Run(name, func(t *testing.T) {
			if strings.Contains(name, "another") && os.Geteuid() != 0 {
				t.Skip("only root can give a file to another user")
			}
			home := t.TempDir()
			if err := os.MkdirAll(home+"/electroscope/apps.d", 0o755); err != nil {
				t.Fatal(err)
			}
			files := []string{home + "/electroscope/apps.toml", home + "/electroscope/apps.d/a.toml", home + "/electroscope/apps.d/b.toml"}
			for i, text := range []string{"[apps.x]\nexec = ['/tmp/evil']\n", "[apps.x]\nexec = ['/tmp/worse']\n", "[apps.x]\nheap = '1G'\n"} {
				if err := os.WriteFile(files[i], []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			for _, path := range files[:2] {
				if err := spoil(path); err != nil {
					t.Fatal(err)
				}
			}
			env := map[string]string{"XDG_CONFIG_HOME": home, "XDG_CONFIG_DIRS": "/none"}
			s, mistakes, _ := ReadLayers(func(name string) string { return env[name] }, "[apps.x]\nexec = ['x']\n").App("x")
			if len(s.App.Exec) != 1 || s.App.Exec[0] != "x" || s.App.Heap != 1<<30 {
				t.Errorf("exec is %q, heap %d", s.App.Exec, s.App.Heap)
			}
			if len(mistakes) != 2 {
				t.Fatalf("%d mistakes: %v", len(mistakes), mistakes)
			}
			for i, m := range mistakes {
				if !strings.HasPrefix(m.Error(), files[i]+": "+name) || m.Remedy == "" {
					t.Errorf("%v, remedy %q", m, m.Remedy)
				}
			}
		})
	}
}

func TestAllMapped(t *testing.T) {
	text, err := os.ReadFile("/proc/self/uid_map")
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Join(strings.Fields(string(text)), " ") == "0 0 4294967295"; allMapped() != want {
		t.Errorf("of %q: %v", text, allMapped())
	}
}
