package notify

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

var shown = Shown{ID: 12, Daemon: ":1.34"}

// TestTurnOfMany: of many at a time one shows the notice; those that come later, too,
// find it shown.
func TestTurnOfMany(t *testing.T) {
	for _, wait := range []bool{false, true} {
		file := filepath.Join(t.TempDir(), "electroscope", "notice-x")
		var taken atomic.Int32
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				turn, err := Take(file, wait)
				if err != nil {
					return
				}
				defer turn.Release()
				taken.Add(1)
				if err := turn.Told(shown); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := taken.Load(); n != 1 {
			t.Errorf("waiting %v: %d of 50 had the turn", wait, n)
		}
		other, err := Take(filepath.Join(filepath.Dir(file), "notice-y"), wait)
		if err != nil {
			t.Fatalf("about another thing: %v", err)
		}
		other.Release()
	}
}

// TestTurnUntold: a notice that no daemon has taken does not count.
func TestTurnUntold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "electroscope", "notice-x")
	first, err := Take(file, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Take(file, false); !errors.Is(err, ErrNotNow) {
		t.Errorf("while another has it: %v", err)
	}
	first.Release()
	second, err := Take(file, false)
	if err != nil {
		t.Fatalf("after one that was not told: %v", err)
	}
	if second.Last != (Shown{}) {
		t.Errorf("shown last: %v", second.Last)
	}
	second.Release()
}

// TestTurnWaits: who waits has it when the one before gives it up, without a word.
func TestTurnWaits(t *testing.T) {
	file := filepath.Join(t.TempDir(), "electroscope", "notice-x")
	first, err := Take(file, false)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan error)
	go func() {
		second, err := Take(file, true)
		if err == nil {
			second.Release()
		}
		got <- err
	}()
	first.Release()
	select {
	case err := <-got:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("still waiting")
	}
}

func TestTurnInterval(t *testing.T) {
	file := filepath.Join(t.TempDir(), "electroscope", "notice-x")
	for _, test := range []struct {
		age  time.Duration
		want error
	}{{minInterval - 5*time.Second, ErrNotNow}, {minInterval + time.Second, nil}, {-time.Hour, nil}} {
		write(t, file, "12 :1.34\n", time.Now().Add(-test.age))
		turn, err := Take(file, false)
		if err != test.want {
			t.Errorf("%v later: %v, want %v", test.age, err, test.want)
		}
		if err == nil {
			if turn.Last != shown {
				t.Errorf("shown last: %v", turn.Last)
			}
			turn.Release()
		}
	}
}

// TestTurnFile: what the file may have had written into it, and what Told leaves.
func TestTurnFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "electroscope", "notice-x")
	for text, want := range map[string]Shown{
		"":                            {},
		"\n":                          {}, // of an earlier version
		"12 :1.34\n":                  shown,
		"12 :1.34":                    shown,
		"4294967295 :1.34\n":          {4294967295, ":1.34"},
		"4294967296 :1.34\n":          {},
		"-1 :1.34\n":                  {},
		"12\n":                        {},
		":1.34 12\n":                  {},
		"12 :1.34567890123456789\n\n": {12, ":1.34567890123456789"},
	} {
		write(t, file, text, time.Now().Add(-time.Hour))
		turn, err := Take(file, false)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if turn.Last != want {
			t.Errorf("%q: %v, want %v", text, turn.Last, want)
		}
		if err := turn.Told(shown); err != nil {
			t.Error(err)
		}
		turn.Release()
		if got, err := os.ReadFile(file); string(got) != "12 :1.34\n" || err != nil {
			t.Errorf("after %q the file has %q, %v", text, got, err)
		}
	}
}

func TestTurnNowhere(t *testing.T) {
	if _, err := Take("/nonexistent/electroscope/notice-x", false); err == nil {
		t.Error("may without a place to remember it")
	}
	link := filepath.Join(t.TempDir(), "electroscope", "notice-link")
	if err := os.Mkdir(filepath.Dir(link), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/null", link); err != nil {
		t.Fatal(err)
	}
	if _, err := Take(link, false); !errors.Is(err, syscall.ELOOP) {
		t.Errorf("goes through a link: %v", err)
	}
}

func write(t *testing.T, file, text string, when time.Time) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, when, when); err != nil {
		t.Fatal(err)
	}
}
