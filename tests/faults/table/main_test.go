package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTable(t *testing.T) {
	areas, _, err := read(strings.NewReader("--- PASS: TestCrowd\nfaults\tcrowd\t252\t100\t100\t0\t98\nfaults\tattributes\t252\t10\t6\t3\t0\nPASS\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := `| area | systemd | tried | held | outcome |
|---|---|---|---|---|
| crowd | 252 | 100 | 100 | 98 inside their scope, the others say that they are not |
| attributes | 252 | 10 | 6 | 3 cannot hold, for a reason below; **1 broken** |
`
	if diff := cmp.Diff(want, render(areas)); diff != "" {
		t.Error(diff)
	}
}

func TestRefused(t *testing.T) {
	for _, line := range []string{
		"faults\tx\n", "faults\tx\t252\t1\t2\t3\tfour\n", "fault\tx\ty\t252\t1\t2\t3\n", "fault\tx\ty\t252\t1\t2\tthree\t4\t5\tz\n",
	} {
		if _, _, err := read(strings.NewReader(line)); err == nil {
			t.Errorf("%q: no error", line)
		}
	}
}

func TestRows(t *testing.T) {
	_, rows, err := read(strings.NewReader("fault\topenat\tEMFILE\t252\t2\t1\t0\t4\t60\tnote: " + strings.Repeat("é", 200) + "\nfault\tthe file\tgone\t252\t0\t0\t1\t0\t0\t\nfault\tx\ty\t257\t0\t0\t0\t9\t9\t\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := `| where | fault | systemd | what came of it | added ms | what is said of it, beside the usual |
|---|---|---|---|---|---|
| openat | EMFILE | 252 | 2 started in its scope, 1 started without limits, said so | 4, at worst 60 | note: ` + strings.Repeat("é", 154) + `… |
| the file | gone | 252 | refused, said why |  |  |
| x | y | 257 | **not started** | 9 |  |
`
	if diff := cmp.Diff(want, renderRows(rows)); diff != "" {
		t.Error(diff)
	}
}
