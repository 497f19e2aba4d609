package launcher

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func TestOOMScores(t *testing.T) {
	for _, test := range []struct {
		present, wish int
		want          []int
	}{
		{200, -100, []int{-100, 0, 100}},
		{200, 0, []int{0, 100}},
		{200, 50, []int{50, 100}},
		{200, 100, []int{100}},
		{200, 150, []int{150}},
		{100, -100, []int{-100, 0}}, // 100 is no gain
		{100, 0, []int{0}},
		{0, -100, []int{-100}},
		{-50, -100, []int{-100}},
		{0, 300, []int{300}},
		{100, 300, []int{300}},
		{-100, 50, []int{50}}, // raising is never refused
		{100, 100, nil},
		{-100, -100, nil},
	} {
		if got := oomScores(test.present, test.wish); !slices.Equal(got, test.want) {
			t.Errorf("from %d to %d: %d, want %d", test.present, test.wish, got, test.want)
		}
	}
}

// TestAdjustOOMScore adjusts a process's score in the kernel. A wish that the kernel
// refuses to everybody stands for one below the floor.
func TestAdjustOOMScore(t *testing.T) {
	const tooLow = -2000 // OOM_SCORE_ADJ_MIN is -1000 (include/uapi/linux/oom.h)
	for _, test := range []struct{ present, wish, want int }{
		{500, 700, 700},
		{500, 500, 500},
		{500, 1001, 500}, // refused, and nothing else is tried
		{500, tooLow, 0}, // refused, so the next is tried
	} {
		sleep := exec.Command("sleep", "60")
		sleep.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
		if err := sleep.Start(); err != nil {
			t.Fatal(err)
		}
		file := fmt.Sprintf("/proc/%d/oom_score_adj", sleep.Process.Pid)
		err := os.WriteFile(file, fmt.Append(nil, test.present), 0)
		adjustOOMScore(file, test.wish)
		got, _ := os.ReadFile(file)
		_ = sleep.Process.Kill()
		_ = sleep.Wait()
		want := fmt.Sprintln(test.want)
		if os.Geteuid() != 0 && test.wish == tooLow && string(got) == "100\n" {
			want = "100\n" // the floor of a user's process
		}
		if string(got) != want || err != nil {
			t.Errorf("from %d to %d: %q, want %q (%v)", test.present, test.wish, got, want, err)
		}
	}
	file := filepath.Join(t.TempDir(), "oom_score_adj")
	adjustOOMScore(file, 0)
	if _, err := os.Stat(file); err == nil {
		t.Error("a file was made")
	}
	if err := os.WriteFile(file, []byte("what?"), 0o644); err != nil {
		t.Fatal(err)
	}
	adjustOOMScore(file, 0)
	if text, _ := os.ReadFile(file); !strings.HasPrefix(string(text), "what?") {
		t.Errorf("what is no score was replaced by %q", text)
	}
}
