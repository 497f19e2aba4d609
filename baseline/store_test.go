package baseline

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/xdg"
	"electroscope/monitor"
	"electroscope/monitor/budget"
)

func TestCheckName(t *testing.T) {
	for _, name := range []string{"before", "2026-11-26_04-07-09", "vorher-größe", "a.b_c+d", "1", strings.Repeat("a", longest)} {
		if err := CheckName(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{
		"", ".", "..", "../x", "a/b", "/etc/passwd", "-x", ".x", "a b", "a\nb", "a\x00b", "a\\b", "a:b", "\xff", "\u202ex", "a\u200bb", "a\x1b[2J",
		"*", "~", "$HOME", strings.Repeat("a", longest+1), strings.Repeat("ä", longest),
	} {
		if err := CheckName(name); err == nil {
			t.Errorf("%q may be a name", name)
		}
	}
	if name := DefaultName(time.Now()); CheckName(name) != nil {
		t.Errorf("%q: %v", name, CheckName(name))
	}
}

func TestStoreOf(t *testing.T) {
	for _, test := range []struct{ state, home, want string }{
		{"/s", "/h", "/s/electroscope/baseline"}, {"", "/h", "/h/.local/state/electroscope/baseline"}, {"", "", ""}, {"not/absolute", "", ""},
	} {
		env := xdg.Env(func(name string) string {
			return map[string]string{"XDG_STATE_HOME": test.state, "HOME": test.home}[name]
		})
		if got := StoreOf(env).Dir; got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
}

// small is a record with something of all kinds, and something unknown of most.
func small() Record {
	return Record{
		Version: Version, Name: "small", Time: time.Date(2026, 11, 26, 4, 0, 0, 0, time.UTC), Electroscope: "0.1.0",
		Host: Host{Kernel: "6.12.1", Threads: 8}, RAM: monitor.Known(16 << 30), Used: monitor.Known(3 << 30), CPU: CPU{monitor.Percent(97.5), 1},
		Pressure: monitor.Pressure{MemorySome: monitor.Percent(0)}, Zram: &Zram{Size: monitor.Known(12 << 30)},
		Categories: []Category{{Name: budget.Kernel}, {Name: budget.Apps, Memory: monitor.Known(1 << 30), Swapped: 5, Processes: 7, Resident: 1}},
		Programs:   []budget.Program{{Name: "discord", Category: budget.Apps, Memory: 1 << 30, Processes: 7, Shared: 1}},
		Resident:   1, Processes: 7,
	}
}

func TestSaveAndLoad(t *testing.T) {
	s := Store{t.TempDir() + "/state/electroscope/baseline"}
	if names, err := s.List(); err != nil || names != nil {
		t.Errorf("before any: %q, %v", names, err)
	}
	if _, err := s.Load("small"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before any: %v", err)
	}
	r := small()
	if err := s.Save(r, false); err != nil {
		t.Fatal(err)
	}
	got, err := s.Load("small")
	if diff := cmp.Diff(asJSON(t, r), asJSON(t, got)); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	r.Resident = 2
	if err := s.Save(r, false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second time: %v", err)
	}
	if got, _ := s.Load("small"); got.Resident != 1 {
		t.Error("it was replaced without force")
	}
	if err := s.Save(r, true); err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Load("small"); got.Resident != 2 {
		t.Error("it was not replaced with force")
	}
	write(t, s.Dir+"/not a name.json", "{}")
	write(t, s.Dir+"/note.txt", "")
	if err := os.Rename(s.Path("small"), s.Path("kept")); err != nil {
		t.Fatal(err)
	}
	if names, err := s.List(); err != nil || !slices.Equal(names, []string{"kept"}) {
		t.Errorf("%q, %v", names, err)
	}
	if got, err := s.Load("kept"); err != nil || got.Name != "kept" {
		t.Errorf("a renamed file: %q, %v", got.Name, err)
	}
	items, _ := os.ReadDir(s.Dir)
	if len(items) != 3 {
		t.Errorf("something was left aside: %v", items)
	}
}

// TestSaveFails: what cannot be written leaves nothing behind.
func TestSaveFails(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/file", "")
	if err := (Store{dir + "/file/baseline"}).Save(small(), true); err == nil {
		t.Error("a file is a folder")
	}
	s := Store{dir + "/baseline"}
	large := small()
	large.Programs[0].Memory = most + 1
	if err := s.Save(large, true); err == nil || !strings.Contains(err.Error(), `program "discord" is out of range`) {
		t.Errorf("what could not be read again: %v", err)
	}
	if err := os.MkdirAll(s.Path("small")+"/x", 0o700); err != nil {
		t.Fatal(err)
	}
	for _, force := range []bool{false, true} {
		if err := s.Save(small(), force); err == nil {
			t.Error("a folder was replaced")
		}
	}
	if items, _ := os.ReadDir(s.Dir); len(items) != 1 {
		t.Errorf("something was left aside: %v", items)
	}
}

// smallWith is the text of the small record with another value for a key.
func smallWith(t *testing.T, key, value string) string {
	t.Helper()
	var m map[string]json.RawMessage
	if err := json.Unmarshal([]byte(asJSON(t, small())), &m); err != nil {
		t.Fatal(err)
	}
	m[key] = json.RawMessage(value)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestHostileFiles: each is refused with what is wrong with it, and none ends the program.
func TestHostileFiles(t *testing.T) {
	with := func(key, value string) string { return smallWith(t, key, value) }
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", "is damaged: it is empty"},
		{"blank", " \n", "is damaged: it is empty"},
		{"cut off", asJSON(t, small())[:200], "is damaged: unexpected end"},
		{"binary", "\x7fELF\x02\x01", "is damaged: invalid character"},
		{"a list", "[1, 2]", "is damaged: json: cannot unmarshal array"},
		{"null", "null", "is not a baseline: it has no version"},
		{"another's", `{"name": "x"}`, "is not a baseline: it has no version"},
		{"two texts", asJSON(t, small()) + "{}", "is damaged: invalid character"},
		{"newer", with("version", "2"), "is of a newer electroscope: its form is version 2, and this one reads up to 1"},
		{"newer, with other forms", `{"version": 9, "categories": "none"}`, "is of a newer electroscope: its form is version 9"},
		{"version 0", with("version", "0"), "is not a baseline"},
		{"version in words", with("version", `"one"`), "is damaged"},
		{"huge version", with("version", "99999999999999999999"), "is damaged"},
		{"no time", with("time", `"0001-01-01T00:00:00Z"`), "it has no time"},
		{"no categories", with("categories", "[]"), "it has no categories"},
		{"a category twice", with("categories", `[{"name": "apps"}, {"name": "apps"}]`), `it has category "apps" twice`},
		{"a category of no name", with("categories", `[{"memory": 1}]`), "a category has no name"},
		{"negative memory", with("used", "-1"), "is damaged: -1 is not a figure"},
		{"fraction", with("used", "1.5"), "is damaged: 1.5 is not a figure"},
		{"text", with("used", `"a lot"`), "is damaged"},
		{"infinity", with("used", `"max"`), "used is too large"},
		{"overflow", with("ram", "18446744073709551615"), "ram is too large"},
		{"age", with("up_seconds", "9007199254740993"), "a time is out of range"},
		{"a negative time", with("cpu", `{"seconds": -1}`), "a time is out of range"},
		{"a long time", with("cpu", `{"seconds": 1e300}`), "a time is out of range"},
		{"zram", with("zram", `{"used": "max"}`), "zram is too large"},
		{"percentage", with("cpu", `{"idle": 1e300}`), "1e+300 is not a percentage"},
		{"negative percentage", with("pressure", `{"io_some": -1}`), "-1 is not a percentage"},
		{"negative count", with("unread", "-5"), "a count is negative"},
		{"category out of range", with("categories", `[{"name": "apps", "memory": "max"}]`), `category "apps" is out of range`},
		{"program out of range", with("programs", `[{"name": "x", "memory": 18446744073709551615}]`), `program "x" is out of range`},
		{"deep", strings.Repeat("[", 100_000), "is damaged"},
		{"large", asJSON(t, small()) + strings.Repeat(" ", maxFile), "it is larger than 4 MiB"},
	} {
		s := Store{t.TempDir()}
		write(t, s.Path("x"), test.text)
		_, err := s.Load("x")
		if err == nil || !strings.HasPrefix(err.Error(), `"`+s.Path("x")+`" is `) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v; want %q", test.name, err, test.want)
		}
	}
	if _, err := parse([]byte(with("future", `{"a": 1}`))); err != nil {
		t.Errorf("a key of a later version of the same form: %v", err)
	}
}

// TestOtherFiles: what is not a regular file is not waited for.
func TestOtherFiles(t *testing.T) {
	s := Store{t.TempDir()}
	if err := os.Symlink("/dev/zero", s.Path("zero")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(s.Path("loop"), s.Path("loop")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(s.Path("folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"zero": "not a regular file", "loop": "too many levels", "folder": "is a directory"} {
		if _, err := s.Load(name); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), s.Path(name)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	text, err := json.Marshal(small())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(text))
	f.Add(`{"version":1,"time":"2026-01-01T00:00:00Z","categories":[{"name":"apps","memory":null}],"zram":null}`)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := parse([]byte(text))
		if err != nil {
			return
		}
		for _, c := range Compare(r, small(), budget.Targets{}).Categories { // whatever is read can be compared
			if saved, known := c.Saved(); known != (c.Before.IsKnown() && c.Now.IsKnown()) || saved > most || saved < -most {
				t.Errorf("%+v: %d, %v", c, saved, known)
			}
		}
	})
}

func asJSON(t *testing.T, r Record) string {
	t.Helper()
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
