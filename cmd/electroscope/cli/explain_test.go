package cli

import (
	"testing"

	"electroscope/tests/tree"
)

func TestSlowMoves(t *testing.T) {
	const options = "rw,nosuid,nodev,noexec,relatime,nsdelegate,memory_recursiveprot"
	for _, tt := range []struct {
		mounts string
		want   bool
	}{
		{"proc /proc proc rw 0 0\ncgroup2 /sys/fs/cgroup cgroup2 " + options + " 0 0\n", true},
		{"cgroup2 /sys/fs/cgroup cgroup2 " + options + ",favordynmods 0 0\n", false},
		{"cgroup /sys/fs/cgroup/cpu cgroup rw 0 0\n", false},
		{"", false},
	} {
		root := tree.Make(t, map[string]string{"self/mounts": "0644 " + tt.mounts})
		if got := slowMoves(root); got != tt.want {
			t.Errorf("%q: %v, want %v", tt.mounts, got, tt.want)
		}
	}
	if slowMoves(t.TempDir()) {
		t.Error("says so of mounts that it cannot read")
	}
}
