package chromium

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHeap(t *testing.T) {
	for _, tt := range []struct {
		bytes uint64
		want  string // of --max-old-space-size, in MiB
		note  string // before the one on what leaves
	}{
		{bytes: 1024 * mib, want: "1024"},
		{bytes: 1024*mib - 1, want: "1024"},
		{bytes: 256 * mib, want: "256"},
		{bytes: 4096 * mib, want: "4096"},
		{4096*mib + 1, "4096", "--max-old-space-size=4097: from apps.toml, lowered to 4096: V8's heaps share a cage of 4 GB"},
		{math.MaxUint64, "4096", "--max-old-space-size=17592186044416: from apps.toml, lowered to 4096: V8's heaps share a cage of 4 GB"},
		{256*mib - 1, "256", "--max-old-space-size=256: from apps.toml, is little: a process that needs more than that crashes"},
		{1, "1", "--max-old-space-size=1: from apps.toml, is little: a process that needs more than that crashes"},
	} {
		got, notes := Merge(nil, Source{Origin: config, Heap: tt.bytes})
		if diff := cmp.Diff([]string{"--js-flags=--max-old-space-size=" + tt.want}, got); diff != "" {
			t.Errorf("heap of %d bytes (-want +got):\n%s", tt.bytes, diff)
		}
		first := ""
		if len(notes) == 2 {
			first = said(notes[0])
		}
		if first != tt.note {
			t.Errorf("heap of %d bytes: note %q, want %q", tt.bytes, first, tt.note)
		}
	}
}

func TestV8Name(t *testing.T) {
	for flag, want := range map[string]string{
		"--max-old-space-size=1":  "max-old-space-size",
		"-max_old_space_size=1":   "max-old-space-size",
		"--max_old-space_size 64": "max-old-space-size",
		"--no-opt":                "opt",
		"--noopt":                 "opt",
		"--no_opt":                "opt",
		"--opt":                   "opt",
	} {
		if got := v8Name(flag); got != want {
			t.Errorf("v8Name(%q) = %q, want %q", flag, got, want)
		}
	}
}
