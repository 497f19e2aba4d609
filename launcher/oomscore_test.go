package launcher

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAdjustOOMScore(t *testing.T) {
	for _, test := range []struct {
		present    string
		wish, want int
	}{
		{"200\n", -100, -100}, // a plain file refuses nothing
		{"0\n", 300, 300},
		{"-100\n", -100, -100},
	} {
		file := filepath.Join(t.TempDir(), "oom_score_adj")
		if err := os.WriteFile(file, []byte(test.present), 0o644); err != nil {
			t.Fatal(err)
		}
		if got, err := adjustOOMScore(file, test.wish); err != nil || got != test.want {
			t.Errorf("from %q, wish %d: %d, %v; want %d", test.present, test.wish, got, err, test.want)
		}
	}
	if _, err := adjustOOMScore(filepath.Join(t.TempDir(), "none"), 0); err == nil {
		t.Error("no file, no error")
	}
}
