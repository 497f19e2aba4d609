package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTable(t *testing.T) {
	launches, err := read(strings.NewReader("=== RUN TestX\n" +
		"desktops\tPlasma 6.3\tkstart\tdiscord\tapp-discord@UUID.service\ta.slice/b.scope\ttrue\t4\t0\tTOKEN\ttaken\n" +
		"desktops\tPlasma 6.3\tgtk-launch\tdiscord\t\tsession-1.scope\tfalse\t3\t1\t\tlost\nPASS\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := `| desktop | launched by | app | the desktop's own unit | unit | limits | processes inside | token | notice |
|---|---|---|---|---|---|---|---|---|
| Plasma 6.3 | kstart | discord | ` + "`app-discord@UUID.service` | `a.slice/b.scope`" + ` | yes | all 4 | TOKEN | taken |
|  | gtk-launch | discord | none | ` + "`session-1.scope`" + ` | **no** | **3, 1 outside** |  | lost |
`
	if diff := cmp.Diff(want, render(launches)); diff != "" {
		t.Error(diff)
	}
}

func TestRefused(t *testing.T) {
	if _, err := read(strings.NewReader("desktops\tx\ty\n")); err == nil {
		t.Error("three fields: no error")
	}
}
