package procstat

import (
	"os"
	"testing"
)

func TestStat(t *testing.T) {
	dir := t.TempDir()
	if s := Read(dir); s.Name() != "" || s.Field(4) != "" {
		t.Errorf("of nothing: %q, parent %q", s.Name(), s.Field(4))
	}
	if err := os.WriteFile(dir+"/stat", []byte("42 (a) b (c) S 7 42 42 0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := Read(dir)
	if s.Name() != "a) b (c" {
		t.Errorf("name %q", s.Name())
	}
	for n, want := range map[int]string{3: "S", 4: "7", 7: "0", 8: "", 22: ""} {
		if got := s.Field(n); got != want {
			t.Errorf("field %d is %q, want %q", n, got, want)
		}
	}
	for _, text := range []string{"42", "42 )(", "42 (a", ")"} {
		if got := Parse(text).Name(); got != "" {
			t.Errorf("%q has the name %q", text, got)
		}
	}
}
