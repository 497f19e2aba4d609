package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTable(t *testing.T) {
	areas, err := read(strings.NewReader("--- PASS: TestCrowd\nfaults\tcrowd\t252\t100\t100\t0\t98\nfaults\tattributes\t252\t10\t6\t3\t0\nPASS\n"))
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
	for _, line := range []string{"faults\tx\n", "faults\tx\t252\t1\t2\t3\tfour\n"} {
		if _, err := read(strings.NewReader(line)); err == nil {
			t.Errorf("%q: no error", line)
		}
	}
}
